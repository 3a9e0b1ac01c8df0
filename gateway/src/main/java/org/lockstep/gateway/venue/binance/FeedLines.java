package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;

/**
 * The groups of lines of a feed: puts each instrument on one that has room, opening another when all are full.
 * Threading: the feed's loop.
 */
final class FeedLines
{
    private final BinanceFeedConfig config;
    private final LineGroup.LineFactory factory;
    private final LineGroup.Owner owner;
    private final List<LineGroup> groups = new ArrayList<>();

    FeedLines(final BinanceFeedConfig config, final LineGroup.LineFactory factory, final LineGroup.Owner owner)
    {
        this.config = config;
        this.factory = factory;
        this.owner = owner;
    }

    void add(final List<InstrumentFeed> added)
    {
        final Map<LineGroup, List<InstrumentFeed>> perGroup = new HashMap<>();
        for (final InstrumentFeed feed : added)
        {
            perGroup.computeIfAbsent(groupWithRoom(perGroup), group -> new ArrayList<>()).add(feed);
        }
        for (final LineGroup group : groups)
        {
            group.add(perGroup.getOrDefault(group, List.of()));
        }
    }

    void remove(final InstrumentFeed removed)
    {
        for (final LineGroup group : groups)
        {
            if (group.feeds().contains(removed))
            {
                group.remove(removed);
                return;
            }
        }
    }

    void close()
    {
        groups.forEach(LineGroup::close);
    }

    List<LineGroup> groups()
    {
        return groups;
    }

    /** @return true when the streams of an instrument are confirmed on an open line. */
    boolean carries(final InstrumentFeed feed)
    {
        return groups.stream().anyMatch(group -> group.carries(feed));
    }

    /** Sums the states of groups up to the state of the session: the worst of them. */
    SessionState worst(final Set<LineGroup> polled, final Predicate<InstrumentFeed> isSynced)
    {
        return LineStates.worst(groups, polled, isSynced);
    }

    private LineGroup groupWithRoom(final Map<LineGroup, List<InstrumentFeed>> claimed)
    {
        final int perInstrument = config.streamsPerInstrument();
        for (final LineGroup group : groups)
        {
            final int count = group.feeds().size() + claimed.getOrDefault(group, List.of()).size();
            if ((count + 1) * perInstrument <= config.limits().streamsPerConnection())
            {
                return group;
            }
        }
        final LineGroup group = new LineGroup(groups.size(), config.linesPerInstrument(), factory, owner);
        groups.add(group);
        return group;
    }
}
