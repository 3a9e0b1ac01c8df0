package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.lockstep.gateway.venue.binance.ws.StreamConnection;
import org.lockstep.gateway.venue.binance.ws.StreamLine;
import org.lockstep.gateway.venue.binance.ws.StreamLineOwner;

/**
 * A set of instruments and the one or two lines that carry it. With two, each event is taken from whichever brings it
 * first, the other's is dropped by its id, and the group is down only when both are. Threading: the feed's loop.
 * Allocation: none to poll it and ask how it is.
 */
final class LineGroup implements StreamLineOwner
{
    /** Told what happens to a group; always on the feed's loop. */
    interface Owner
    {
        /** The streams of instruments are confirmed, and nothing carried them before: books have to sync. */
        void onSubscribed(List<InstrumentFeed> feeds);

        /** No line carries these removed instruments any more. */
        void onUnsubscribed(List<InstrumentFeed> feeds);

        /** No line carries these instruments at present; they will be confirmed anew. */
        void onLost(List<InstrumentFeed> feeds);

        /** A line is up; {@code isSeamless}: the group was already, or nothing was lost. */
        void onUp(LineGroup group, boolean isFirst, boolean isSeamless);

        /** The last line that was up is down, or an attempt failed while none was. */
        void onDown(LineGroup group, boolean wasUp, String reason);

        /** A handshake was refused. */
        void onRefused(int status, long retryAfterSeconds);

        /** For how long no socket may be opened. */
        long bannedForNs();

        /** What was ready on a socket has been read. */
        void onReadComplete();

        /** The pipeline takes no more frames. */
        void onHalted(PipelineHaltedException reason);
    }

    /** Makes the lines of a group. */
    @FunctionalInterface
    interface LineFactory
    {
        /** Makes a line. */
        StreamLine newLine(int index, StreamLineOwner owner);
    }

    private final int index;
    private final Owner owner;
    private final List<InstrumentFeed> feeds = new ArrayList<>();
    private final List<StreamLine> lines = new ArrayList<>();
    private final Map<InstrumentFeed, Integer> leaving = new HashMap<>();
    private boolean wasUp;

    LineGroup(final int index, final int lineCount, final LineFactory factory, final Owner owner)
    {
        this.index = index;
        this.owner = owner;
        for (int i = 0; i < lineCount; i++)
        {
            lines.add(factory.newLine(index * lineCount + i, this));
        }
    }

    // --------------------------------------------------------------------------------------------------- operations

    void add(final List<InstrumentFeed> added)
    {
        feeds.addAll(added);
        lines.forEach(line -> line.add(added));
    }

    void remove(final InstrumentFeed removed)
    {
        feeds.remove(removed);
        leaving.put(removed, lines.size());
        lines.forEach(line -> line.remove(removed));
    }

    void poll(final long nowNs)
    {
        for (int i = 0; i < lines.size(); i++)
        {
            lines.get(i).poll(nowNs);
        }
    }

    void close()
    {
        lines.forEach(StreamLine::close);
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    @Override
    public void onSubscribed(final StreamLine line, final List<InstrumentFeed> confirmed)
    {
        final List<InstrumentFeed> fresh = confirmed.stream().filter(feed -> !isCarriedBeside(line, feed)).toList();
        if (!fresh.isEmpty())
        {
            owner.onSubscribed(fresh);
        }
    }

    @Override
    public void onUnsubscribed(final StreamLine line, final List<InstrumentFeed> left)
    {
        final List<InstrumentFeed> gone = new ArrayList<>();
        for (final InstrumentFeed feed : left)
        {
            if (null == leaving.computeIfPresent(feed, (removed, count) -> 1 == count ? null : count - 1))
            {
                gone.add(feed);
            }
        }
        if (!gone.isEmpty())
        {
            owner.onUnsubscribed(gone);
        }
    }

    @Override
    public void onFeedsLost(final StreamLine line, final List<InstrumentFeed> lost)
    {
        final List<InstrumentFeed> dark = lost.stream().filter(feed -> !isCarriedBeside(line, feed)).toList();
        if (!dark.isEmpty())
        {
            owner.onLost(dark);
        }
    }

    @Override
    public void onLineUp(final StreamLine line, final boolean isFirst, final boolean isSeamless)
    {
        final boolean isFirstOfGroup = !wasUp;
        wasUp = true;
        if (!isUpBeside(line))
        {
            owner.onUp(this, isFirstOfGroup, isSeamless);
        }
    }

    @Override
    public void onLineDown(final StreamLine line, final boolean lineWasUp, final String reason)
    {
        onFeedsLost(line, feeds);
        if (!isUpBeside(line))
        {
            owner.onDown(this, lineWasUp, reason);
        }
    }

    @Override
    public void onRefused(final int status, final long retryAfterSeconds)
    {
        owner.onRefused(status, retryAfterSeconds);
    }

    @Override
    public long bannedForNs()
    {
        return owner.bannedForNs();
    }

    @Override
    public void onReadComplete()
    {
        owner.onReadComplete();
    }

    @Override
    public void onHalted(final PipelineHaltedException reason)
    {
        owner.onHalted(reason);
    }

    // ----------------------------------------------------------------------------------------------------- queries

    int index()
    {
        return index;
    }

    /** @return index of the first line, for the source id of frames about the group. */
    int firstLine()
    {
        return lines.get(0).index();
    }

    /** @return instruments of the group; its own list. */
    List<InstrumentFeed> feeds()
    {
        return feeds;
    }

    boolean isUp()
    {
        return isUpBeside(null);
    }

    boolean carries(final InstrumentFeed feed)
    {
        return lines.stream().anyMatch(line -> line.isUp() && line.carries(feed));
    }

    /** @return true when every line that is up is silent. */
    boolean isStale()
    {
        for (int i = 0; i < lines.size(); i++)
        {
            if (lines.get(i).isUp() && !lines.get(i).isStale())
            {
                return false;
            }
        }
        return true;
    }

    /** @return since when no line has carried anything, monotonic. */
    long downSinceNs()
    {
        long latestNs = lines.get(0).downSinceNs();
        for (final StreamLine line : lines)
        {
            latestNs = line.downSinceNs() - latestNs > 0 ? line.downSinceNs() : latestNs;
        }
        return latestNs;
    }

    /** @return how far the best line is, null = none has a connection. */
    StreamConnection.State state()
    {
        StreamConnection.State best = null;
        for (final StreamLine line : lines)
        {
            final StreamConnection.State state = line.state();
            best = null == best || null != state && state.compareTo(best) > 0 ? state : best;
        }
        return best;
    }

    private boolean isUpBeside(final StreamLine line)
    {
        for (int i = 0; i < lines.size(); i++)
        {
            if (lines.get(i) != line && lines.get(i).isUp())
            {
                return true;
            }
        }
        return false;
    }

    private boolean isCarriedBeside(final StreamLine line, final InstrumentFeed feed)
    {
        return lines.stream().anyMatch(other -> other != line && other.carries(feed));
    }
}
