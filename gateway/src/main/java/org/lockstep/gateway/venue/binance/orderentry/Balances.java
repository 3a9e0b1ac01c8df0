package org.lockstep.gateway.venue.binance.orderentry;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.SymbolTable;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Which assets the account was seen to hold, so that a snapshot, which leaves out what is zero, can say so of those
 * that are gone, and so that a snapshot does not overwrite an event that overtook it. The venue's times decide that
 * only for events that came after the question: what came before is in the answer, whatever its clock did meanwhile.
 * Threading: the session's loop. Allocation: when an asset is first met.
 */
final class Balances
{
    private static final int UPDATE_TIME = ObjectFields.NAMED;
    private static final int BALANCES = UPDATE_TIME + 1;
    private static final int ASSET = ObjectFields.NAMED;
    private static final int FREE = ASSET + 1;
    private static final int LOCKED = ASSET + 2;

    private final OrderEventPublisher publisher;
    private final ObjectFields account = new ObjectFields("updateTime", "balances");
    private final ObjectFields balance = new ObjectFields("asset", "free", "locked");
    private final List<Asset> assets = new ArrayList<>();
    private SymbolTable<Asset> byName = new SymbolTable<>();
    private long snapshotTimeNs;
    private long askedNs;

    Balances(final OrderEventPublisher publisher)
    {
        this.publisher = publisher;
    }

    /**
     * An event told a balance.
     *
     * @return false when it is older than what was told last, and so not told: what holds now has to be asked, since
     *     it may also be that the venue's clock was set back.
     */
    boolean onEvent(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long free,
        final long locked,
        final long updateTimeNs)
    {
        final Asset asset = asset(buffer, offset, length);
        if (asset.isTold && updateTimeNs < asset.updateTimeNs)
        {
            return false;
        }
        asset.isTold = true;
        asset.isHeld = 0 != free || 0 != locked;
        asset.updateTimeNs = updateTimeNs;
        asset.eventNs = System.nanoTime();
        asset.hasEvent = true;
        publisher.balance(buffer, offset, length, free, locked, updateTimeNs);
        return true;
    }

    /** Reads a snapshot of the account, asked for at a monotonic time, at the cursor; @return false when it is none. */
    boolean readSnapshot(final JsonCursor cursor, final long newAskedNs)
    {
        if (!account.read(cursor) || !account.has(BALANCES) || !account.at(cursor, BALANCES).accept('['))
        {
            return false;
        }
        askedNs = newAskedNs;
        beginSnapshot(account.timeNs(UPDATE_TIME));
        while (balance.read(cursor))
        {
            final long free = balance.decimal(FREE, Instrument.MONEY_SCALE);
            final long locked = balance.decimal(LOCKED, Instrument.MONEY_SCALE);
            if (!Decimals.isError(free) && !Decimals.isError(locked) && (0 != free || 0 != locked))
            {
                onSnapshot(balance.buffer(), balance.offset(ASSET), balance.length(ASSET), free, locked);
            }
            if (!cursor.accept(','))
            {
                break;
            }
        }
        endSnapshot();
        return true;
    }

    private void beginSnapshot(final long updateTimeNs)
    {
        snapshotTimeNs = updateTimeNs;
        for (final Asset asset : assets)
        {
            asset.isInSnapshot = false;
        }
    }

    private void onSnapshot(
        final DirectBuffer buffer, final int offset, final int length, final long free, final long locked)
    {
        final Asset asset = asset(buffer, offset, length);
        asset.isInSnapshot = true;
        if (!isOvertaken(asset))
        {
            asset.isHeld = 0 != free || 0 != locked;
            asset.told(snapshotTimeNs);
            publisher.balance(buffer, offset, length, free, locked, snapshotTimeNs);
        }
    }

    /** What was held and is not in the snapshot is gone. */
    private void endSnapshot()
    {
        for (final Asset asset : assets)
        {
            if (!asset.isInSnapshot && !isOvertaken(asset))
            {
                asset.told(snapshotTimeNs);
                if (asset.isHeld)
                {
                    asset.isHeld = false;
                    publisher.balance(asset.name, 0, asset.name.capacity(), 0, 0, snapshotTimeNs);
                }
            }
        }
    }

    private boolean isOvertaken(final Asset asset)
    {
        return asset.hasEvent && asset.eventNs - askedNs >= 0 && asset.updateTimeNs > snapshotTimeNs;
    }

    private Asset asset(final DirectBuffer buffer, final int offset, final int length)
    {
        final Asset known = byName.get(buffer, offset, length);
        if (null != known)
        {
            return known;
        }
        final byte[] name = new byte[length];
        buffer.getBytes(offset, name);
        final Asset asset = new Asset(new UnsafeBuffer(name));
        assets.add(asset);
        byName = byName.with(buffer.getStringWithoutLengthUtf8(offset, length), asset);
        return asset;
    }

    private static final class Asset
    {
        private final UnsafeBuffer name;
        private boolean isHeld;
        private boolean isInSnapshot;
        private boolean hasEvent;
        private boolean isTold;
        private long updateTimeNs;
        private long eventNs;

        Asset(final UnsafeBuffer name)
        {
            this.name = name;
        }

        private void told(final long timeNs)
        {
            isTold = true;
            hasEvent = false;
            updateTimeNs = timeNs;
        }
    }
}
