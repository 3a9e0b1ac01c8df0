package org.lockstep.gateway.client.stream;

import org.agrona.collections.Long2LongHashMap;

/**
 * What one subscription missed and still has to be sent before it goes live. Instruments that were asked for one after
 * the other have missed more or less.
 */
final class Recovery
{
    private static final long NOT_NAMED = -1;

    final Subscription subscription;
    long nextSequence = Long.MAX_VALUE;
    private final Long2LongHashMap named = new Long2LongHashMap(NOT_NAMED);
    private long fromOfAll;

    /**
     * Begins.
     *
     * @param subscription whose events.
     * @param unfinished   of the subscription that this one goes on from, or null.
     * @param past         whose past was asked for, or null.
     * @param pastFrom     first sequence to send of that.
     * @param liveFrom     first sequence that has not been sent to anybody.
     */
    Recovery(
        final Subscription subscription,
        final Recovery unfinished,
        final SubscribeWish past,
        final long pastFrom,
        final long liveFrom)
    {
        this.subscription = subscription;
        fromOfAll = null != past && past.isWide() ? pastFrom :
            null == unfinished || !unfinished.subscription.isWide() ? liveFrom :
            Math.max(unfinished.fromOfAll, unfinished.nextSequence);
        if (subscription.isWide())
        {
            nextSequence = fromOfAll;
        }
        subscription.forEachNamed(id ->
        {
            final long from = null != past && past.wants(id) ? pastFrom :
                null == unfinished || !unfinished.subscription.wants(id) ? liveFrom :
                Math.max(unfinished.from(id), unfinished.nextSequence);
            named.put(id, from);
            nextSequence = Math.min(nextSequence, from);
        });
    }

    boolean wants(final int instrumentId, final long sequence)
    {
        return subscription.wants(instrumentId) && sequence >= from(instrumentId);
    }

    private long from(final int instrumentId)
    {
        final long from = named.get(instrumentId);
        return NOT_NAMED == from ? fromOfAll : from;
    }
}
