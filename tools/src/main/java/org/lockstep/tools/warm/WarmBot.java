package org.lockstep.tools.warm;

import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** Answers marked quotes (the ask's quantity is odd) with an order that must not rest. */
final class WarmBot implements Strategy
{
    static final String NAME = "warm-up";

    private static final long QUANTITY = 100_000;

    @Override
    public void onStart(final StrategyContext context)
    {
        // Waits for quotes.
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        if (0 != (top.askQuantity() & 1))
        {
            context.submit(instrumentId, Side.BUY, OrderType.LIMIT, TimeInForce.IOC, top.bidPrice(), QUANTITY);
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("stateless", true);
    }

    /** Those of the class path, and this one, which nobody else can name. */
    static Strategies strategies()
    {
        final List<StrategyFactory> all = new ArrayList<>(Strategies.load().all());
        all.add(new Factory());
        return new Strategies(all);
    }

    private static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public String summary()
        {
            return "Answers marked quotes.";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return new WarmBot();
        }
    }
}
