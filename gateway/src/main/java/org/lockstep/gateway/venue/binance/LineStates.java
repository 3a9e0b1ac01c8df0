package org.lockstep.gateway.venue.binance;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.lockstep.gateway.venue.binance.ws.StreamConnection;
import org.lockstep.gateway.venue.binance.ws.StreamLine;

/** Sums the states of lines up to the state of the session: the worst of them. Stateless. */
final class LineStates
{
    private LineStates()
    {
    }

    static SessionState worst(
        final List<StreamLine> lines, final Set<StreamLine> polled, final Predicate<InstrumentFeed> isSynced)
    {
        SessionState worst = SessionState.LIVE;
        for (final StreamLine line : lines)
        {
            final SessionState state = of(line, polled.contains(line), isSynced);
            if (severity(state) > severity(worst))
            {
                worst = state;
            }
        }
        return worst;
    }

    private static SessionState of(
        final StreamLine line, final boolean isPolled, final Predicate<InstrumentFeed> isSynced)
    {
        if (line.feeds().isEmpty())
        {
            return SessionState.LIVE;
        }
        if (line.isUp())
        {
            final boolean areSynced = line.feeds().stream().allMatch(isSynced);
            return !areSynced ? SessionState.SYNCING : line.isStale() ? SessionState.STALE : SessionState.LIVE;
        }
        if (isPolled)
        {
            return SessionState.POLLING;
        }
        return null == line.state() ? SessionState.BACKING_OFF :
            StreamConnection.State.SUBSCRIBING == line.state() ? SessionState.SUBSCRIBING : SessionState.CONNECTING;
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
