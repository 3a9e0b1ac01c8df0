package org.lockstep.gateway.venue;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.OrderListRequestedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/**
 * The bounded, lossless way of requests from the engine to a session's event loop. A request that finds it full is
 * remembered as refused, in a ring of its own, until the loop has reported it. The loop is woken once for all requests
 * that are waiting.
 * <p>
 * Threading: {@link #offer} by the engine's thread, {@link #drain} and {@link #drainRefusals} by the loop; under a plan
 * where these are one thread, that one. Allocation: none.
 */
public final class OrderRequestQueue
{
    /** Takes one request that was refused because the queue was full. */
    public interface RefusalHandler
    {
        /**
         * A request that never left.
         *
         * @param orderId      of the order.
         * @param botId        of the order.
         * @param instrumentId of the order.
         * @param request      what was asked for.
         */
        void onRefused(long orderId, int botId, int instrumentId, RequestKind request);
    }

    private static final int MESSAGE_TYPE = 1;
    private static final int BOT_OFFSET = Long.BYTES;
    private static final int INSTRUMENT_OFFSET = BOT_OFFSET + Integer.BYTES;
    private static final int KIND_OFFSET = INSTRUMENT_OFFSET + Integer.BYTES;
    private static final int REFUSAL_LENGTH = KIND_OFFSET + Integer.BYTES;
    private static final int REFUSALS_PER_REQUEST_BYTE = 4;

    private final OneToOneRingBuffer requests;
    private final OneToOneRingBuffer refusals;
    private final UnsafeBuffer refusal = new UnsafeBuffer(ByteBuffer.allocateDirect(REFUSAL_LENGTH));
    private final OrderSessionCounters counters;
    private final Executor loop;
    private final Runnable wake;
    private final AtomicBoolean isWakePending = new AtomicBoolean();
    private final OrderRequestedDecoder order = new OrderRequestedDecoder();
    private final CancelRequestedDecoder cancel = new CancelRequestedDecoder();
    private final ReplaceRequestedDecoder replace = new ReplaceRequestedDecoder();
    private final OrderListRequestedDecoder list = new OrderListRequestedDecoder();
    private final FrameTaker taker = new FrameTaker();
    private final RefusalTaker refusalTaker = new RefusalTaker();

    /**
     * Constructs an empty queue.
     *
     * @param capacityBytes of the requests, a power of two from 4096; a request takes some 160 bytes.
     * @param counters      of the session.
     * @param loop          the session's.
     * @param onWake        run on the loop when requests wait; calls {@link #drain}.
     */
    public OrderRequestQueue(
        final int capacityBytes, final OrderSessionCounters counters, final Executor loop, final Runnable onWake)
    {
        requests = ring(capacityBytes);
        refusals = ring(capacityBytes * REFUSALS_PER_REQUEST_BYTE);
        this.counters = counters;
        this.loop = loop;
        this.wake = () ->
        {
            isWakePending.set(false);
            onWake.run();
        };
    }

    /**
     * Takes a request.
     *
     * @param buffer holds the frame; copied.
     * @param offset of the frame.
     * @param length of the frame, bytes.
     */
    public void offer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!requests.write(MESSAGE_TYPE, buffer, offset, length))
        {
            counters.increment(Counter.PORT_FULL);
            refuse(buffer, offset);
        }
        if (!isWakePending.get() && isWakePending.compareAndSet(false, true))
        {
            loop.execute(wake);
        }
    }

    /**
     * Hands on what waits.
     *
     * @param handler takes each frame, valid during the call.
     * @param limit   most requests.
     * @return how many.
     */
    public int drain(final FrameHandler handler, final int limit)
    {
        taker.handler = handler;
        return drain(requests, taker, limit);
    }

    /**
     * Hands on what was refused.
     *
     * @param handler takes each.
     * @return how many.
     */
    public int drainRefusals(final RefusalHandler handler)
    {
        refusalTaker.handler = handler;
        return drain(refusals, refusalTaker, Integer.MAX_VALUE);
    }

    /** @return true when nothing waits. */
    public boolean isEmpty()
    {
        return requests.consumerPosition() == requests.producerPosition();
    }

    private void refuse(final DirectBuffer buffer, final int offset)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        final int instrumentId = Frame.instrumentId(buffer, offset);
        switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
            {
                order.wrap(buffer, body, blockLength, version);
                if (0 == order.listId())
                {
                    refuse(order.orderId(), order.botId(), instrumentId, RequestKind.PLACE);
                }
            }
            case CancelRequestedDecoder.TEMPLATE_ID ->
            {
                cancel.wrap(buffer, body, blockLength, version);
                refuse(cancel.orderId(), cancel.botId(), instrumentId, RequestKind.CANCEL);
            }
            case ReplaceRequestedDecoder.TEMPLATE_ID ->
            {
                replace.wrap(buffer, body, blockLength, version);
                refuse(replace.orderId(), replace.botId(), instrumentId, RequestKind.REPLACE);
            }
            case OrderListRequestedDecoder.TEMPLATE_ID ->
            {
                list.wrap(buffer, body, blockLength, version);
                refuse(list.firstOrderId(), list.botId(), instrumentId, RequestKind.PLACE);
                refuse(list.secondOrderId(), list.botId(), instrumentId, RequestKind.PLACE);
            }
            default ->
            {
                // A query: the engine asks again.
            }
        }
    }

    private void refuse(final long orderId, final int botId, final int instrumentId, final RequestKind kind)
    {
        refusal.putLong(0, orderId);
        refusal.putInt(BOT_OFFSET, botId);
        refusal.putInt(INSTRUMENT_OFFSET, instrumentId);
        refusal.putInt(KIND_OFFSET, kind.value());
        if (!refusals.write(MESSAGE_TYPE, refusal, 0, REFUSAL_LENGTH))
        {
            counters.increment(Counter.REQUESTS_LOST);
        }
    }

    /** One read of the ring ends where its memory does, whatever follows at its beginning. */
    private static int drain(final OneToOneRingBuffer ring, final MessageHandler handler, final int limit)
    {
        int count = 0;
        int vainReads = 0;
        while (count < limit && vainReads < 2)
        {
            final int read = ring.read(handler, limit - count);
            count += read;
            vainReads = read > 0 ? 0 : vainReads + 1;
        }
        return count;
    }

    private static OneToOneRingBuffer ring(final int capacityBytes)
    {
        return new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacityBytes + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    private static final class FrameTaker implements MessageHandler
    {
        private FrameHandler handler;

        @Override
        public void onMessage(
            final int type, final MutableDirectBuffer buffer, final int index, final int length)
        {
            handler.onFrame(buffer, index, length);
        }
    }

    private static final class RefusalTaker implements MessageHandler
    {
        private RefusalHandler handler;

        @Override
        public void onMessage(
            final int type, final MutableDirectBuffer buffer, final int index, final int length)
        {
            handler.onRefused(buffer.getLong(index), buffer.getInt(index + BOT_OFFSET),
                buffer.getInt(index + INSTRUMENT_OFFSET),
                RequestKind.get((short)buffer.getInt(index + KIND_OFFSET)));
        }
    }
}
