package org.lockstep.benchmarks.latency.feed;

import java.util.List;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** Notes when what has reached it; a trade's quantity, in its last digits, is its id. */
final class ArrivalBot implements Strategy
{
    static final String NAME = "arrivals";

    private final Arrivals arrivals;

    private ArrivalBot(final Arrivals arrivals)
    {
        this.arrivals = arrivals;
    }

    static Strategies strategies(final Arrivals arrivals)
    {
        return new Strategies(List.of(new Factory(arrivals)));
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        // Waits for the market.
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        arrivals.onQuote();
    }

    @Override
    public void onTrade(
        final int instrumentId,
        final long price,
        final long quantity,
        final Side aggressor,
        final StrategyContext context)
    {
        arrivals.onTrade(quantity % FeedKind.MODULUS);
    }

    @Override
    public void onBook(final int instrumentId, final OrderBook book, final StrategyContext context)
    {
        arrivals.onBook();
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("stateless", true);
    }

    private static final class Factory implements StrategyFactory
    {
        private final Arrivals arrivals;

        Factory(final Arrivals arrivals)
        {
            this.arrivals = arrivals;
        }

        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public String summary()
        {
            return "Notes arrivals.";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return new ArrivalBot(arrivals);
        }
    }
}
