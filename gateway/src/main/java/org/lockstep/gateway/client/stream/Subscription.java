package org.lockstep.gateway.client.stream;

import java.util.function.IntConsumer;

import org.agrona.collections.Int2IntHashMap;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.DataChannel;

/**
 * What one session wants of one channel: everything, less what it has taken back since, or some instruments. Of each
 * it wants some intervals of bars; where there are none, all of them or nothing.
 */
final class Subscription
{
    private static final int NOT_NAMED = -1;

    final ClientSession session;
    final DataChannel channel;
    int conflateMs;
    int depth;
    long skipped;
    private final Int2IntHashMap named = new Int2IntHashMap(NOT_NAMED);
    private int ofAll;

    Subscription(final ClientSession session, final DataChannel channel)
    {
        this.session = session;
        this.channel = channel;
    }

    /** Begins where another of the same session and channel ends. */
    void goOnFrom(final Subscription other)
    {
        conflateMs = other.conflateMs;
        depth = other.depth;
        skipped = other.skipped;
        ofAll = other.ofAll;
        other.named.forEachInt((id, intervals) ->
        {
            if (0 != (intervals | ofAll))
            {
                named.put(id, intervals);
            }
        });
    }

    void add(final SubscribeWish wish)
    {
        wish.instrumentIds().forEachInt(id -> named.put(id, intervalsOf(id) | wish.intervals()));
        if (wish.isWide())
        {
            ofAll |= wish.intervals();
            named.replaceAllInt((id, intervals) -> intervals | wish.intervals());
        }
    }

    /** Takes back what a wish names: an instrument also when it came with all others. */
    void remove(final SubscribeWish wish)
    {
        wish.instrumentIds().forEachInt(id -> named.put(id, intervalsOf(id) & ~wish.intervals()));
        if (wish.isWide())
        {
            ofAll &= ~wish.intervals();
            named.replaceAllInt((id, intervals) -> intervals & ~wish.intervals());
        }
    }

    /** True when it wants instruments that it need not have named. */
    boolean isWide()
    {
        return 0 != ofAll;
    }

    boolean isEmpty()
    {
        return 0 == ofAll && named.values().stream().allMatch(intervals -> 0 == intervals);
    }

    /** Tells of each instrument that it wants by name. */
    void forEachNamed(final IntConsumer consumer)
    {
        named.forEachInt((id, intervals) ->
        {
            if (0 != intervals)
            {
                consumer.accept(id);
            }
        });
    }

    boolean wants(final int instrumentId)
    {
        return 0 != intervalsOf(instrumentId);
    }

    boolean wantsKey(final long key)
    {
        final int intervals = intervalsOf(ClientView.instrumentOf(channel, key));
        return DataChannel.KLINES == channel ? 0 != (intervals & 1 << (int)(key & 7)) : 0 != intervals;
    }

    private int intervalsOf(final int instrumentId)
    {
        final int intervals = named.get(instrumentId);
        return NOT_NAMED == intervals ? ofAll : intervals;
    }
}
