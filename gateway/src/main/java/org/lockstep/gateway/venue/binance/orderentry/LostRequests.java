package org.lockstep.gateway.venue.binance.orderentry;

import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once when requests found no room, not even to be refused. They certainly never left, but nobody knows any
 * more which they were; the engine asks about each when its answer is overdue. Threading: the session's loop.
 */
final class LostRequests
{
    private static final Logger LOG = LoggerFactory.getLogger(LostRequests.class);

    private final AccountContext context;
    private long told;

    LostRequests(final AccountContext context)
    {
        this.context = context;
    }

    void poll(final AccountState state)
    {
        final long lost = context.counters().get(Counter.REQUESTS_LOST);
        if (lost != told)
        {
            final String reason = lost - told + " requests found no room, not even to be refused; they never left";
            told = lost;
            LOG.error("binance account {}: {}", context.config().accountId(), reason);
            context.publisher().status(state, reason);
        }
    }
}
