package org.lockstep.tools.warm;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * The threads of the warm-up, and a filter that keeps what they log to themselves: a feed that says it is live, or a
 * bot that fails in a made-up market, would look like the real one.
 */
public final class WarmThreads extends Filter<ILoggingEvent>
{
    static final ThreadGroup GROUP = new ThreadGroup("warm-up");

    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

    /** Lets this through. */
    static void tell(final Runnable log)
    {
        TELLING.set(true);
        log.run();
        TELLING.set(false);
    }

    @Override
    public FilterReply decide(final ILoggingEvent event)
    {
        return GROUP == Thread.currentThread().getThreadGroup() && !TELLING.get() ?
            FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
