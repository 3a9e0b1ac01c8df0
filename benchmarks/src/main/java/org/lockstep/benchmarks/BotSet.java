package org.lockstep.benchmarks;

import java.util.List;

import org.lockstep.engine.Engine;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.strategy.Strategies;

/** The bots of a recording. */
public enum BotSet
{
    /** One bot that looks at everything and does nothing. */
    TRIVIAL
    {
        @Override
        public Strategies strategies()
        {
            return TrivialBot.strategies();
        }

        @Override
        void setUp(final FrameHandler target)
        {
            SetupFrames.forEach(target);
        }

        @Override
        public void check(final Engine engine)
        {
            Working.check(engine);
        }
    },
    /** The three strategies that ship, on the same instrument with its book, trading on paper. */
    REAL
    {
        @Override
        public Strategies strategies()
        {
            return Strategies.load();
        }

        @Override
        void setUp(final FrameHandler target)
        {
            final String symbol = SampleMarket.INSTRUMENT.symbol();
            SetupFrames.trading(List.of(SampleMarket.INSTRUMENT), List.of(
                List.of(
                    "cross", "crossover", "symbols", symbol, "barInterval", "100ms", "fast", "3", "slow", "9"),
                List.of("maker", "market-maker", "symbols", symbol),
                List.of("grid", "grid", "symbols", symbol, "stepBps", "2")), target);
        }

        @Override
        public void check(final Engine engine)
        {
            for (final String name : new String[]{"cross", "maker", "grid"})
            {
                Working.check(engine, name);
                if (0 == engine.bots().byName(name).ordersRequested())
                {
                    throw new IllegalStateException(name + " never sent an order");
                }
            }
        }
    };

    /** @return strategies for the engine that runs them. */
    public abstract Strategies strategies();

    abstract void setUp(FrameHandler target);

    /**
     * Checks after a run that the bots worked.
     *
     * @param engine that ran them.
     */
    public abstract void check(Engine engine);
}
