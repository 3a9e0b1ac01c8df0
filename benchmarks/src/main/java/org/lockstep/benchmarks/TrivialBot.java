package org.lockstep.benchmarks;

import java.util.List;
import java.util.function.LongConsumer;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** The least a bot can do: looks at every quote, trade and book, and counts. */
public final class TrivialBot implements Strategy
{
    /** Name of the strategy. */
    public static final String NAME = "trivial";

    private final LongConsumer onQuoteTimeNs;
    private long count;
    private long sum;

    private TrivialBot(final LongConsumer onQuoteTimeNs)
    {
        this.onQuoteTimeNs = onQuoteTimeNs;
    }

    /** @return strategies of which this is the only one. */
    public static Strategies strategies()
    {
        return strategies(timeNs -> { });
    }

    /**
     * Strategies of which this is the only one.
     *
     * @param onQuoteTimeNs told of every quote its ingress time, when the bot sees it.
     * @return the strategies.
     */
    public static Strategies strategies(final LongConsumer onQuoteTimeNs)
    {
        return new Strategies(List.of(new Factory(onQuoteTimeNs)));
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        count = 0;
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        count++;
        sum += top.bidPrice() + top.askPrice();
        onQuoteTimeNs.accept(context.timeNs());
    }

    @Override
    public void onTrade(
        final int instrumentId,
        final long price,
        final long quantity,
        final Side aggressor,
        final StrategyContext context)
    {
        count++;
        sum += quantity;
    }

    @Override
    public void onBook(final int instrumentId, final OrderBook book, final StrategyContext context)
    {
        count++;
        sum += book.bestBid();
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("count", count);
        out.field("sum", sum);
    }

    /**
     * Makes it; a process that is given this jar finds it by the service loader.
     *
     * @param onQuoteTimeNs told of every quote.
     */
    public record Factory(LongConsumer onQuoteTimeNs) implements StrategyFactory
    {
        /** Tells nobody. */
        public Factory()
        {
            this(timeNs -> { });
        }

        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public String summary()
        {
            return "Counts what it sees.";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return new TrivialBot(onQuoteTimeNs);
        }
    }
}
