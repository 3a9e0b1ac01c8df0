package org.lockstep.engine.pipeline;

import java.nio.ByteBuffer;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;

/**
 * The lossy way out: every journaled frame is copied into an Agrona broadcast buffer that any number of readers follow.
 * A slow reader is lapped; the engine never waits.
 * <p>
 * Threading: {@link #onFrame} by the engine thread only; {@link #subscribe()} by any thread, each feed then by one.
 */
public final class FrameBroadcast implements FrameHandler
{
    /** Default bytes of the buffer: more than a second of a busy feed. */
    public static final int DEFAULT_LENGTH = 16 * 1024 * 1024;

    private static final int FRAME_TYPE = 1;

    private final UnsafeBuffer buffer;
    private final BroadcastTransmitter transmitter;

    /**
     * Allocates the buffer.
     *
     * @param length bytes, a power of two from 64 KiB.
     */
    public FrameBroadcast(final int length)
    {
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(length + BroadcastBufferDescriptor.TRAILER_LENGTH));
        transmitter = new BroadcastTransmitter(buffer);
    }

    @Override
    public void onFrame(final DirectBuffer source, final int offset, final int length)
    {
        transmitter.transmit(FRAME_TYPE, source, offset, length);
    }

    /** @return a new reader that begins with the next frame. */
    public FrameFeed subscribe()
    {
        return new Feed(new BroadcastReceiver(buffer));
    }

    private static final class Feed implements FrameFeed
    {
        private final BroadcastReceiver receiver;
        private final UnsafeBuffer copy = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        private long torn;

        private Feed(final BroadcastReceiver receiver)
        {
            this.receiver = receiver;
        }

        @Override
        public int poll(final FrameHandler handler, final int maxCount)
        {
            int count = 0;
            while (count < maxCount && receiver.receiveNext())
            {
                final int length = Math.min(receiver.length(), Frame.MAX_LENGTH);
                copy.putBytes(0, receiver.buffer(), receiver.offset(), length);
                if (receiver.validate())
                {
                    handler.onFrame(copy, 0, length);
                    count++;
                }
                else
                {
                    torn++;
                }
            }
            return count;
        }

        @Override
        public long lappedCount()
        {
            return receiver.lappedCount() + torn;
        }
    }
}
