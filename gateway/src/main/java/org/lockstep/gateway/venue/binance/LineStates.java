package org.lockstep.gateway.venue.binance;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.lockstep.gateway.venue.binance.ws.StreamConnection;

/** Sums the states of groups up to the state of the session: the worst of them. Stateless, no allocation. */
final class LineStates
{
    private LineStates()
    {
    }

    static SessionState worst(
        final List<LineGroup> groups, final Set<LineGroup> polled, final Predicate<InstrumentFeed> isSynced)
    {
        SessionState worst = SessionState.LIVE;
        for (int i = 0; i < groups.size(); i++)
        {
            final LineGroup group = groups.get(i);
            final SessionState state = of(group, polled.contains(group), isSynced);
            if (severity(state) > severity(worst))
            {
                worst = state;
            }
        }
        return worst;
    }

    private static SessionState of(
        final LineGroup group, final boolean isPolled, final Predicate<InstrumentFeed> isSynced)
    {
        if (group.feeds().isEmpty())
        {
            return SessionState.LIVE;
        }
        if (group.isUp())
        {
            return !areSynced(group.feeds(), isSynced) ? SessionState.SYNCING :
                group.isStale() ? SessionState.STALE : SessionState.LIVE;
        }
        if (isPolled)
        {
            return SessionState.POLLING;
        }
        return null == group.state() ? SessionState.BACKING_OFF :
            StreamConnection.State.SUBSCRIBING == group.state() ? SessionState.SUBSCRIBING : SessionState.CONNECTING;
    }

    private static boolean areSynced(final List<InstrumentFeed> feeds, final Predicate<InstrumentFeed> isSynced)
    {
        for (int i = 0; i < feeds.size(); i++)
        {
            if (!isSynced.test(feeds.get(i)))
            {
                return false;
            }
        }
        return true;
    }

    private static int severity(final SessionState state)
    {
        return switch (state)
        {
            case LIVE -> 0;
            case STALE -> 1;
            case SYNCING -> 2;
            case SUBSCRIBING -> 3;
            case CONNECTING -> 4;
            case BACKING_OFF -> 5;
            default -> 6;
        };
    }
}
