package org.lockstep.engine.book;

import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.state.StateWriter;

/**
 * A level-2 order book of one instrument. Prices are mantissas at the instrument's price scale, quantities at its
 * quantity scale. Level 0 is the best. A side holds up to 8,192 levels; beyond that the worst are pruned and counted.
 * <p>
 * The book is <em>ready</em> when a whole snapshot and every delta since have been applied and the feed is alive. It
 * is not
 * ready before the first snapshot, inside a chunked snapshot or delta, after a gap, resync or loss of the connection
 * (until
 * the next snapshot), nor while the feed is stale (until the next delta, snapshot or {@code CONNECTED}). A book that
 * is not
 * ready still shows its last levels.
 * <p>
 * Threading: the engine thread only. Allocates nothing once its arrays have grown.
 */
public final class OrderBook
{
    /** Most levels kept per side. */
    public static final int MAX_LEVELS = BookSide.MAX_LEVELS;

    /** There is no such price: the side is empty. */
    public static final long NO_PRICE = Long.MIN_VALUE;

    private static final short BUY = Side.BUY.value();

    private final int instrumentId;
    private final BookSide bids = new BookSide(true);
    private final BookSide asks = new BookSide(false);
    private final LevelChanges changes = new LevelChanges();
    private long lastUpdateId;
    private long gapCount;
    private boolean isSynced;
    private boolean isStale;
    private boolean isInSnapshot;
    private boolean isInDelta;

    /**
     * An empty book.
     *
     * @param instrumentId dense id.
     */
    public OrderBook(final int instrumentId)
    {
        this.instrumentId = instrumentId;
    }

    /** Removes every level; the book is not ready until the next snapshot. */
    public void clear()
    {
        changes.onEverything();
        bids.clear();
        asks.clear();
        lastUpdateId = 0;
        loseSync();
    }

    /**
     * Sets a level.
     *
     * @param isBid    which side.
     * @param price    mantissa.
     * @param quantity absolute, mantissa; 0 or less removes the level, which need not be there.
     */
    public void set(final boolean isBid, final long price, final long quantity)
    {
        changes.onLevel(isBid, price);
        (isBid ? bids : asks).set(price, quantity);
    }

    /**
     * Sets a level.
     *
     * @param side     BUY = bid.
     * @param price    mantissa.
     * @param quantity absolute, mantissa; 0 or less removes the level, which need not be there.
     */
    public void set(final Side side, final long price, final long quantity)
    {
        set(Side.BUY == side, price, quantity);
    }

    /**
     * Applies one chunk of a snapshot. The first chunk clears the book, the last makes it ready. A chunk whose
     * beginning was missed is ignored.
     *
     * @param snapshot wrapped at the message; its levels are consumed.
     * @return true when this chunk completed the snapshot: now others may look.
     */
    public boolean onSnapshot(final BookSnapshotDecoder snapshot)
    {
        changes.onEverything();
        if (YesNo.YES == snapshot.first())
        {
            clear();
            isInSnapshot = true;
        }
        if (!isInSnapshot)
        {
            return false;
        }

        final BookSnapshotDecoder.LevelsDecoder levels = snapshot.levels();
        while (levels.hasNext())
        {
            levels.next();
            set(BUY == levels.sideRaw(), levels.price(), levels.quantity());
        }
        if (YesNo.YES != snapshot.last())
        {
            return false;
        }
        lastUpdateId = snapshot.updateId();
        isInSnapshot = false;
        isSynced = true;
        isStale = false;
        return true;
    }

    /**
     * Applies one chunk of a delta. Where the venue numbers its updates, one that was already applied is ignored, and
     * one
     * that leaves a gap makes the book not ready. Ignored as well until there was a whole snapshot.
     *
     * @param delta wrapped at the message; its levels are consumed.
     * @return true when this chunk completed a delta and the book is ready: now others may look.
     */
    public boolean onDelta(final BookDeltaDecoder delta)
    {
        if (!isSynced)
        {
            return false;
        }
        final boolean wasReady = isReady();
        final long newUpdateId = delta.lastUpdateId();
        if (0 != newUpdateId && newUpdateId <= lastUpdateId)
        {
            return false;
        }
        final long firstUpdateId = delta.firstUpdateId();
        if (0 != firstUpdateId && 0 != lastUpdateId && firstUpdateId > lastUpdateId + 1)
        {
            gapCount++;
            loseSync();
            return false;
        }

        final BookDeltaDecoder.LevelsDecoder levels = delta.levels();
        while (levels.hasNext())
        {
            levels.next();
            set(BUY == levels.sideRaw(), levels.price(), levels.quantity());
        }
        isInDelta = YesNo.YES != delta.last();
        if (!isInDelta)
        {
            lastUpdateId = newUpdateId;
            isStale = false;
        }
        if (wasReady != isReady())
        {
            changes.onEverything();
        }
        return !isInDelta;
    }

    /**
     * Takes note of the state of the feed this book comes from.
     *
     * @param state as reported for this instrument or its whole venue.
     */
    public void onFeedState(final FeedState state)
    {
        changes.onEverything();
        switch (state)
        {
            case STALE -> isStale = true;
            case CONNECTED -> isStale = false;
            case GAP, RESYNC, RECONNECTING, STOPPED -> loseSync();
            default ->
            {
                // POLLING: whole snapshots keep coming
            }
        }
    }

    /** @return dense id. */
    public int instrumentId()
    {
        return instrumentId;
    }

    /** @return true when prices and quantities can be relied upon. */
    public boolean isReady()
    {
        return isSynced && !isStale && !isInDelta;
    }

    /** @return true when the best bid is at or above the best ask. */
    public boolean isCrossed()
    {
        return bids.count() > 0 && asks.count() > 0 && bids.price(0) >= asks.price(0);
    }

    /** @return venue's id of the last snapshot or delta applied as a whole, 0 = none. */
    public long lastUpdateId()
    {
        return lastUpdateId;
    }

    /** @return a number that changes with every change of the levels and of whether they can be relied upon. */
    public long version()
    {
        return changes.version();
    }

    /**
     * Is it known of each change since a version what it was? Then the versions after it, up to now, have their
     * {@link #changedPrice}.
     *
     * @param since what {@link #version} was.
     * @return false when that is too long ago, or more changed than levels.
     */
    public boolean isKnownSince(final long since)
    {
        return changes.isKnownSince(since);
    }

    /**
     * Which side a change concerned.
     *
     * @param changeVersion its version.
     * @return true when it was a bid.
     */
    public boolean isChangedBid(final long changeVersion)
    {
        return changes.isBid(changeVersion);
    }

    /**
     * Which price a change concerned.
     *
     * @param changeVersion its version.
     * @return mantissa.
     */
    public long changedPrice(final long changeVersion)
    {
        return changes.price(changeVersion);
    }

    /** @return deltas that did not follow on the one before. */
    public long gapCount()
    {
        return gapCount;
    }

    /** @return levels dropped because a side was full. */
    public long prunedCount()
    {
        return bids.prunedCount() + asks.prunedCount();
    }

    /** @return number of bid levels. */
    public int bidCount()
    {
        return bids.count();
    }

    /** @return number of ask levels. */
    public int askCount()
    {
        return asks.count();
    }

    /**
     * Price of a bid.
     *
     * @param level [0, bidCount), 0 = best.
     * @return mantissa.
     */
    public long bidPrice(final int level)
    {
        return bids.price(level);
    }

    /**
     * Quantity of a bid.
     *
     * @param level [0, bidCount), 0 = best.
     * @return mantissa.
     */
    public long bidQuantity(final int level)
    {
        return bids.quantity(level);
    }

    /**
     * Price of an ask.
     *
     * @param level [0, askCount), 0 = best.
     * @return mantissa.
     */
    public long askPrice(final int level)
    {
        return asks.price(level);
    }

    /**
     * Quantity of an ask.
     *
     * @param level [0, askCount), 0 = best.
     * @return mantissa.
     */
    public long askQuantity(final int level)
    {
        return asks.quantity(level);
    }

    /** @return best bid, mantissa, or {@link #NO_PRICE}. */
    public long bestBid()
    {
        return bids.count() > 0 ? bids.price(0) : NO_PRICE;
    }

    /** @return best ask, mantissa, or {@link #NO_PRICE}. */
    public long bestAsk()
    {
        return asks.count() > 0 ? asks.price(0) : NO_PRICE;
    }

    /** @return quantity at the best bid, mantissa, 0 when there is none. */
    public long bestBidQuantity()
    {
        return bids.count() > 0 ? bids.quantity(0) : 0;
    }

    /** @return quantity at the best ask, mantissa, 0 when there is none. */
    public long bestAskQuantity()
    {
        return asks.count() > 0 ? asks.quantity(0) : 0;
    }

    /**
     * Quantity at a price.
     *
     * @param isBid which side.
     * @param price mantissa.
     * @return mantissa, 0 when there is no such level.
     */
    public long quantityAt(final boolean isBid, final long price)
    {
        return (isBid ? bids : asks).quantityAt(price);
    }

    /**
     * How many levels are at a price or better.
     *
     * @param isBid which side.
     * @param price mantissa; there need not be a level there.
     * @return [0, bidCount or askCount].
     */
    public int countFrom(final boolean isBid, final long price)
    {
        return (isBid ? bids : asks).countFrom(price);
    }

    /** @return hash over all levels, whatever the order in which they came; kept up with each change. */
    public long hash()
    {
        return bids.hash() + asks.hash();
    }

    /**
     * Describes the book: its bookkeeping, its best levels, and the hash over all of them.
     *
     * @param writer takes the description.
     */
    public void describe(final StateWriter writer)
    {
        writer.field("lastUpdateId", lastUpdateId);
        writer.field("isSynced", isSynced);
        writer.field("isStale", isStale);
        writer.field("isInSnapshot", isInSnapshot);
        writer.field("isInDelta", isInDelta);
        writer.field("gapCount", gapCount);
        writer.field("prunedCount", prunedCount());
        writer.field("bidCount", bidCount());
        writer.field("askCount", askCount());
        writer.field("bestBid", bestBid());
        writer.field("bestBidQuantity", bestBidQuantity());
        writer.field("bestAsk", bestAsk());
        writer.field("bestAskQuantity", bestAskQuantity());
        writer.field("levelsHash", hash());
    }

    private void loseSync()
    {
        changes.onEverything();
        isSynced = false;
        isInSnapshot = false;
        isInDelta = false;
    }
}
