package org.lockstep.gateway.client.stream;

import org.agrona.collections.IntHashSet;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.DataChannel;

/** What one session wants of one channel. */
final class Subscription
{
    static final int ALL_INTERVALS = -1;

    final ClientSession session;
    final DataChannel channel;
    final IntHashSet instrumentIds = new IntHashSet();
    boolean isWide;
    int intervals;
    int conflateMs;
    int depth;
    /** False while missed events are being recovered: what comes live then is recovered too, in its place. */
    boolean isLive = true;
    long skipped;

    Subscription(final ClientSession session, final DataChannel channel)
    {
        this.session = session;
        this.channel = channel;
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
