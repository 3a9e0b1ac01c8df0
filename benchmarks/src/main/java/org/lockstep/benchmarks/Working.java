package org.lockstep.benchmarks;

import org.lockstep.engine.Engine;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.codec.BotState;

/** Says whether an engine really did the work that was timed: one that ignores frames is very fast. */
public final class Working
{
    private Working()
    {
    }

    /**
     * Checks after a run that the bot runs and that the book took every delta.
     *
     * @param engine that was run.
     * @throws IllegalStateException if not: the figures are worth nothing then.
     */
    public static void check(final Engine engine)
    {
        check(engine, SetupFrames.BOT);
    }

    /**
     * Checks after a run that a bot runs and that the book of {@link SampleMarket} took every delta.
     *
     * @param engine that was run.
     * @param name   of the bot.
     * @throws IllegalStateException if not.
     */
    public static void check(final Engine engine, final String name)
    {
        final Bot bot = engine.bots().byName(name);
        final OrderBook book = engine.markets().find(SampleMarket.INSTRUMENT.id()).book();
        if (null == bot || BotState.RUNNING != bot.state())
        {
            throw new IllegalStateException(name + " does not run" + (null == bot ? "" : ": " + bot.reason()));
        }
        if (!book.isReady() || book.gapCount() > 0 || book.isCrossed())
        {
            throw new IllegalStateException("the book did not take every delta: ready " + book.isReady() + ", gaps " +
                book.gapCount() + ", crossed " + book.isCrossed() + ", last update " + book.lastUpdateId());
        }
    }
}
