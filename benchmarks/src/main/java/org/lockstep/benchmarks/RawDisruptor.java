package org.lockstep.benchmarks;

import java.nio.ByteBuffer;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.pipeline.InputRing;

/** The limit below the input ring: a Disruptor with many producers whose events hold a frame's bytes. */
public final class RawDisruptor
{
    private final RingBuffer<UnsafeBuffer> ring = RingBuffer.createMultiProducer(
        () -> new UnsafeBuffer(ByteBuffer.allocateDirect(Frame.MAX_LENGTH)), InputRing.DEFAULT_CAPACITY,
        new BusySpinWaitStrategy());
    private final EventPoller<UnsafeBuffer> poller = ring.newPoller();
    private final EventPoller.Handler<UnsafeBuffer> handler;
    private int count;

    /**
     * A ring with one consumer.
     *
     * @param target takes each frame.
     */
    public RawDisruptor(final FrameHandler target)
    {
        ring.addGatingSequences(poller.getSequence());
        handler = (event, sequence, endOfBatch) ->
        {
            target.onFrame(event, 0, Frame.length(event, 0));
            count++;
            return true;
        };
    }

    /**
     * Publishes a copy of a frame.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length of it, bytes.
     */
    public void send(final DirectBuffer buffer, final int offset, final int length)
    {
        final long sequence = ring.next();
        ring.get(sequence).putBytes(0, buffer, offset, length);
        ring.publish(sequence);
    }

    /** @return frames handed over. */
    public int poll()
    {
        count = 0;
        try
        {
            poller.poll(handler);
        }
        catch (final RuntimeException ex)
        {
            throw ex;
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException(ex);
        }
        return count;
    }
}
