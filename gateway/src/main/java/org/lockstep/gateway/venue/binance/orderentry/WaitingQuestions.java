package org.lockstep.gateway.venue.binance.orderentry;

import java.util.ArrayDeque;

import org.agrona.collections.LongHashSet;

/**
 * Questions about orders that the rate budget has no room for yet, first come first served, one an order. What does not
 * fit in is forgotten: the engine asks again. Threading: the session's loop. Cold: allocates.
 */
final class WaitingQuestions
{
    static final int CAPACITY = 1024;

    private static final long MAX_WAIT_NS = 1_000_000_000L;

    private record Question(long orderId, long notBeforeNs, Runnable asking)
    {
    }

    private final ArrayDeque<Question> questions = new ArrayDeque<>();
    private final LongHashSet orderIds = new LongHashSet();

    /** Asks again later; a question that waits already makes another about the same order superfluous. */
    void add(final long orderId, final long waitNs, final Runnable asking)
    {
        if (questions.size() < CAPACITY && orderIds.add(orderId))
        {
            questions.add(new Question(orderId, System.nanoTime() + Math.min(MAX_WAIT_NS, waitNs), asking));
        }
    }

    /** Asks what is due. */
    void poll(final long nowNs)
    {
        for (int i = questions.size(); i > 0 && nowNs - questions.peek().notBeforeNs >= 0; i--)
        {
            final Question question = questions.poll();
            orderIds.remove(question.orderId);
            question.asking.run();
        }
    }
}
