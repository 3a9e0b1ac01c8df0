package org.lockstep.gateway.venue.binance.ws;

import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;

/**
 * Keeps one published book in step with the venue's: changes are buffered until a snapshot that they continue is there,
 * then each must continue the one before; one that does not is a gap, and everything starts over.
 * With {@code last} the update id of the published book, a change [U, u] is old up to u = last, continues the book up
 * to U = last + 1, and is a gap beyond. A snapshot older than U - 1 of the first buffered change is too old.
 * <p>
 * Threading: the feed's loop. Allocation: none, except when a gap is reported.
 */
public final class BookSync
{
    /** What became of a snapshot. */
    public enum Outcome
    {
        /** The book is in sync. */
        SYNCED,
        /** Ask again, the snapshot is older than the first buffered change. */
        TOO_OLD,
        /** Nobody waited for it. */
        NOT_WANTED
    }

    /** Where a book stands. */
    public enum State
    {
        /** Not subscribed, or its connection is down. */
        OFF,
        /** Waits for its turn to fetch a snapshot; changes are dropped. */
        WAITING,
        /** A snapshot is on its way; changes are buffered. */
        BUFFERING,
        /** In sync. */
        LIVE
    }

    private static final long RESET_AFTER_NS = 1_000_000_000L;
    private static final long UNKNOWN_TIME = Long.MIN_VALUE;

    /** A snapshot may be ahead of the stream by as much as the stream lags: until then old changes are expected. */
    private static final long SNAPSHOT_LEAD_NS = 9_000_000_000L;

    private final int instrumentId;
    private final MarketDataPublisher publisher;
    private final FeedCounters counters;
    private final LevelBuffer scratch = new LevelBuffer();

    private State state = State.OFF;
    private DiffBuffer buffer;
    private long lastUpdateId;
    private long lastVenueTimeNs;

    BookSync(final int instrumentId, final MarketDataPublisher publisher, final FeedCounters counters)
    {
        this.instrumentId = instrumentId;
        this.publisher = publisher;
        this.counters = counters;
    }

    // --------------------------------------------------------------------------------------------------- lifecycle

    /** Queues for a snapshot. */
    public void await()
    {
        state = State.WAITING;
    }

    /**
     * Begins to buffer; the snapshot is requested after this.
     *
     * @param newBuffer this book's until {@link #releaseBuffer()}.
     */
    void beginBuffering(final DiffBuffer newBuffer)
    {
        buffer = newBuffer;
        buffer.clear();
        state = State.BUFFERING;
    }

    /** Stops following the venue. */
    public void turnOff()
    {
        state = State.OFF;
    }

    /** @return the buffer, if this book holds one and needs it no more, else null. */
    DiffBuffer releaseBuffer()
    {
        final DiffBuffer released = State.BUFFERING == state ? null : buffer;
        if (null != released)
        {
            buffer = null;
        }
        return released;
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    /**
     * Takes a change.
     *
     * @return false when it left a gap: the book has to be synced again.
     */
    boolean onDiff(
        final long firstUpdateId, final long newUpdateId, final long venueTimeNs, final LevelBuffer levels)
    {
        return switch (state)
        {
            case LIVE -> apply(firstUpdateId, newUpdateId, venueTimeNs, levels);
            case BUFFERING ->
            {
                keep(firstUpdateId, newUpdateId, venueTimeNs, levels);
                yield true;
            }
            case OFF, WAITING -> true;
        };
    }

    /**
     * Takes a snapshot.
     *
     * @param snapshotUpdateId its update id.
     * @param levels           both sides.
     * @return what became of it; after SYNCED the state may be WAITING again if a buffered change left a gap.
     */
    public Outcome onSnapshot(final long snapshotUpdateId, final LevelBuffer levels)
    {
        if (State.BUFFERING != state)
        {
            return Outcome.NOT_WANTED;
        }
        if (buffer.size() > 0 && snapshotUpdateId + 1 < buffer.firstUpdateId(0))
        {
            return Outcome.TOO_OLD;
        }
        publisher.bookSnapshot(instrumentId, snapshotUpdateId, levels);
        counters.onSnapshot();
        state = State.LIVE;
        lastUpdateId = snapshotUpdateId;
        lastVenueTimeNs = UNKNOWN_TIME;
        for (int i = 0; i < buffer.size() && State.LIVE == state; i++)
        {
            if (buffer.lastUpdateId(i) > lastUpdateId)
            {
                buffer.copyLevels(i, scratch);
                apply(buffer.firstUpdateId(i), buffer.lastUpdateId(i), buffer.venueTimeNs(i), scratch);
            }
        }
        return Outcome.SYNCED;
    }

    /**
     * Declares the book broken for a reason outside of it.
     *
     * @param reason for people.
     */
    public void breakOff(final String reason)
    {
        counters.onGap();
        publisher.status(instrumentId, FeedState.GAP, lastUpdateId, reason);
        if (State.LIVE == state)
        {
            publisher.status(instrumentId, FeedState.RESYNC, lastUpdateId, "fetching a new snapshot");
            state = State.WAITING;
        }
    }

    // ----------------------------------------------------------------------------------------------------- queries

    /** @return where the book stands. */
    public State state()
    {
        return state;
    }

    /** @return update id of the published book. */
    public long lastUpdateId()
    {
        return lastUpdateId;
    }

    // ----------------------------------------------------------------------------------------------------- private

    private boolean apply(
        final long firstUpdateId, final long newUpdateId, final long venueTimeNs, final LevelBuffer levels)
    {
        if (newUpdateId <= lastUpdateId)
        {
            if (UNKNOWN_TIME == lastVenueTimeNs)
            {
                lastVenueTimeNs = venueTimeNs + SNAPSHOT_LEAD_NS;
            }
            if (venueTimeNs - RESET_AFTER_NS > lastVenueTimeNs)
            {
                breakOff("update ids went back from " + lastUpdateId + " to " + newUpdateId);
                return false;
            }
            counters.onDuplicate();
            return true;
        }
        if (firstUpdateId > lastUpdateId + 1)
        {
            breakOff("update ids " + (lastUpdateId + 1) + " to " + (firstUpdateId - 1) + " are missing");
            return false;
        }
        publisher.bookDelta(instrumentId, firstUpdateId, newUpdateId, venueTimeNs, levels);
        lastUpdateId = newUpdateId;
        lastVenueTimeNs = venueTimeNs;
        return true;
    }

    /** A break inside the buffer, or no room in it, makes what was buffered useless: keep from here on. */
    private void keep(
        final long firstUpdateId, final long newUpdateId, final long venueTimeNs, final LevelBuffer levels)
    {
        final int size = buffer.size();
        if (size > 0)
        {
            final long newestUpdateId = buffer.lastUpdateId(size - 1);
            if (newUpdateId <= newestUpdateId && venueTimeNs - RESET_AFTER_NS <= buffer.venueTimeNs(size - 1))
            {
                counters.onDuplicate();
                return;
            }
            if (firstUpdateId > newestUpdateId + 1 || newUpdateId <= newestUpdateId)
            {
                buffer.clear();
            }
        }
        if (!buffer.add(firstUpdateId, newUpdateId, venueTimeNs, levels))
        {
            buffer.clear();
            buffer.add(firstUpdateId, newUpdateId, venueTimeNs, levels);
        }
    }
}
