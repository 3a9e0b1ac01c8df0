package org.lockstep.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.CancelRequestedEncoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/** The way of requests from the engine to a session's loop. */
class OrderRequestQueueTest
{
    private final OrderSessionCounters counters = new OrderSessionCounters();
    private final List<Runnable> wakes = new ArrayList<>();
    private final List<Long> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final OrderRequestedDecoder decoder = new OrderRequestedDecoder();
    private final OrderRequestQueue queue = new OrderRequestQueue(4096, counters, wakes::add, () -> { });

    private void offerOrder(final long orderId)
    {
        final OrderRequestedEncoder encoder = new OrderRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH).orderId(orderId).botId(7).accountId(3).listId(0);
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(frame, 0, length, OrderRequestedEncoder.BLOCK_LENGTH, OrderRequestedEncoder.TEMPLATE_ID, 0,
            Frame.FLAG_OUTPUT, 1, 0, 5);
        queue.offer(frame, 0, length);
    }

    private void offerCancel(final long orderId)
    {
        final CancelRequestedEncoder encoder = new CancelRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH).orderId(orderId).botId(7).accountId(3);
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(frame, 0, length, CancelRequestedEncoder.BLOCK_LENGTH, CancelRequestedEncoder.TEMPLATE_ID, 0,
            Frame.FLAG_OUTPUT, 1, 0, 5);
        queue.offer(frame, 0, length);
    }

    private void drain()
    {
        queue.drain((buffer, offset, length) -> taken.add(decoder.wrap(buffer, offset + Frame.HEADER_LENGTH,
            Frame.blockLength(buffer, offset), Frame.version(buffer, offset)).orderId()), Integer.MAX_VALUE);
        queue.drainRefusals((orderId, botId, instrumentId, request) ->
            refused.add(orderId + " " + botId + " " + instrumentId + " " + request));
    }

    @Test
    void shouldHandOnInOrderAndWakeOnce()
    {
        offerOrder(1);
        offerOrder(2);
        offerOrder(3);

        assertEquals(1, wakes.size());
        drain();
        assertEquals(List.of(1L, 2L, 3L), taken);
        assertTrue(queue.isEmpty());
        wakes.get(0).run();
        offerOrder(4);
        assertEquals(2, wakes.size());
    }

    @Test
    void shouldTellOfEveryRequestThatFoundItFull()
    {
        for (int i = 1; i <= 60; i++)
        {
            offerOrder(i);
        }
        offerCancel(61);

        drain();

        assertEquals(61, taken.size() + refused.size());
        assertEquals(refused.size(), counters.get(Counter.PORT_FULL));
        assertTrue(refused.size() > 10, "refused " + refused.size());
        assertEquals("61 7 5 " + RequestKind.CANCEL, refused.get(refused.size() - 1));
        assertEquals("60 7 5 " + RequestKind.PLACE, refused.get(refused.size() - 2));
        assertEquals(0, counters.get(Counter.REQUESTS_LOST));

        offerOrder(62);
        drain();
        assertEquals(62L, taken.get(taken.size() - 1));
    }

    @Test
    void shouldCountWhatCannotEvenBeNoted()
    {
        for (int i = 1; i <= 1000; i++)
        {
            offerOrder(i);
        }

        drain();

        assertEquals(1000, taken.size() + refused.size() + counters.get(Counter.REQUESTS_LOST));
        assertTrue(counters.get(Counter.REQUESTS_LOST) > 0);
    }
}
