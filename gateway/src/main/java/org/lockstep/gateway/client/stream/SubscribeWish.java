package org.lockstep.gateway.client.stream;

import java.util.List;
import java.util.Map;

import org.agrona.collections.IntHashSet;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.DataChannel;

/**
 * What a subscribe or unsubscribe asks for, checked.
 *
 * @param id            of the message, or null.
 * @param channel       of which channel.
 * @param symbols       as the client named them.
 * @param missing       those that are not there yet, with the field that names each.
 * @param isWide        everything on the channel, also what comes later.
 * @param instrumentIds otherwise of these.
 * @param intervals     bits of bar intervals.
 * @param conflateMs    least time between values of one key.
 * @param depth         levels a side of a book.
 * @param sinceEpoch    epoch of the last event seen, or null.
 * @param sinceOffset   offset of the last event seen.
 */
public record SubscribeWish(
    String id,
    DataChannel channel,
    List<String> symbols,
    Map<String, String> missing,
    boolean isWide,
    IntHashSet instrumentIds,
    int intervals,
    int conflateMs,
    int depth,
    String sinceEpoch,
    long sinceOffset)
{
    /** The same, once what was missing has come. */
    SubscribeWish resolved(final ClientView view)
    {
        final IntHashSet ids = new IntHashSet();
        instrumentIds.forEach(ids::add);
        missing.keySet().forEach(symbol -> view.resolve(symbol).forEachInt(ids::add));
        return new SubscribeWish(
            id, channel, symbols, Map.of(), isWide, ids, intervals, conflateMs, depth, sinceEpoch, sinceOffset);
    }

    boolean wants(final int instrumentId)
    {
        return isWide || instrumentIds.contains(instrumentId);
    }

    boolean wantsKey(final long key)
    {
        return wants(ClientView.instrumentOf(channel, key)) &&
            (DataChannel.KLINES != channel || 0 != (intervals & 1 << (int)(key & 7)));
    }
}
