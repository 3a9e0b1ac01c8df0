package org.lockstep.engine.pipeline;

import java.util.concurrent.locks.LockSupport;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;

/**
 * The input ring: a Disruptor with many producers and one consumer whose slots are {@link Frame#MAX_LENGTH} bytes of
 * one preallocated buffer. The Disruptor orders and publishes; the bytes lie outside the heap, so that a slot is one
 * cache-friendly frame and not an object graph.
 * <p>
 * Threading: {@link FramePublisher} methods from any thread; the consumer side belongs to {@link EngineProcessor}.
 * Allocation: none once constructed.
 */
public final class InputRing implements FramePublisher
{
    /** Default number of slots: 8 MiB, some 80 ms of the busiest burst recorded on one symbol. */
    public static final int DEFAULT_CAPACITY = 8192;

    private static final int SLOTS_AHEAD = 4;
    private static final int SPINS_BEFORE_PARK = 100;
    private static final long PARK_NS = 20_000;

    private final RingBuffer<Slot> ring;
    private final UnsafeBuffer buffer;
    private final Sequence consumed = new Sequence();
    private final int mask;
    private volatile Thread drainThread;
    private volatile Runnable drain;
    private volatile String haltReason;

    /**
     * Allocates all slots.
     *
     * @param capacity slots, a power of two from 16 to 2^20.
     */
    public InputRing(final int capacity)
    {
        if (!BitUtil.isPowerOfTwo(capacity) || capacity < 16 || capacity > 1 << 20)
        {
            throw new IllegalArgumentException(
                "ring capacity must be a power of two in [16, 1048576], found " + capacity);
        }
        ring = RingBuffer.createMultiProducer(Slot::new, capacity, new BusySpinWaitStrategy());
        ring.addGatingSequences(consumed);
        mask = capacity - 1;
        buffer = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacity * Frame.MAX_LENGTH, BitUtil.CACHE_LINE_LENGTH));
    }

    @Override
    public long claim()
    {
        int attempts = 0;
        while (true)
        {
            final long claim = tryClaim();
            if (FULL != claim)
            {
                return claim;
            }
            awaitRoom(attempts++);
        }
    }

    @Override
    public long tryClaim()
    {
        if (null != haltReason)
        {
            throw new PipelineHaltedException(haltReason);
        }
        try
        {
            return ring.tryNext();
        }
        catch (final InsufficientCapacityException ex)
        {
            return FULL;
        }
    }

    @Override
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    @Override
    public int offset(final long claim)
    {
        return ((int)claim & mask) * Frame.MAX_LENGTH;
    }

    @Override
    public void publish(final long claim)
    {
        ring.publish(claim);
        fetch(claim + SLOTS_AHEAD);
    }

    @Override
    public void abort(final long claim)
    {
        Frame.writeHeader(buffer, offset(claim), Frame.HEADER_LENGTH, 0, Frame.PADDING_TEMPLATE_ID, 0, 0, 0, 0,
            Frame.NULL_INSTRUMENT_ID);
        publish(claim);
    }

    /** @return number of slots. */
    public int capacity()
    {
        return ring.getBufferSize();
    }

    /** @return slots free now. */
    public long remaining()
    {
        return ring.remainingCapacity();
    }

    /**
     * For a plan in which a producer's own thread runs the engine: that thread drains the ring instead of waiting for
     * itself when it finds it full.
     *
     * @param thread the one that runs the engine.
     * @param poll   runs the engine once.
     */
    void drainOn(final Thread thread, final Runnable poll)
    {
        drain = poll;
        drainThread = thread;
    }

    /** Makes every waiting and later claim fail, so that no producer hangs on an engine that is gone. */
    void halt(final String reason)
    {
        haltReason = reason;
    }

    /** @return ring sequence up to which the engine is done. */
    long consumedSequence()
    {
        return consumed.get();
    }

    /** Gives the slots up to and including a ring sequence back to the producers. */
    void release(final long ringSequence)
    {
        consumed.set(ringSequence);
    }

    /**
     * End of the unbroken run of published slots.
     *
     * @param from  first ring sequence wanted.
     * @param limit most slots wanted.
     * @return last published ring sequence of the run, {@code from - 1} when nothing is there.
     */
    long published(final long from, final int limit)
    {
        final long last = Math.min(ring.getCursor(), from + limit - 1);
        long sequence = from;
        while (sequence <= last && ring.isAvailable(sequence))
        {
            sequence++;
        }
        return sequence - 1;
    }

    /**
     * Has the memory of a slot brought near that is claimed soon. The ring is larger than a core's cache, and the
     * engine copies a frame as soon as it is written, for which its memory must have come: some 100 ns of each event
     * at a moderate rate. What stands there does not matter; it is compared so that the compiler keeps the loads.
     */
    private void fetch(final long claim)
    {
        final int offset = offset(claim);
        if (buffer.getInt(offset) == ~buffer.getInt(offset + BitUtil.CACHE_LINE_LENGTH))
        {
            Thread.onSpinWait();
        }
    }

    private void awaitRoom(final int attempts)
    {
        if (Thread.currentThread() == drainThread)
        {
            drain.run();
        }
        else if (attempts < SPINS_BEFORE_PARK)
        {
            Thread.onSpinWait();
        }
        else
        {
            LockSupport.parkNanos(PARK_NS);
        }
    }

    /** What the Disruptor holds per slot; the frame's bytes are in {@link #buffer}. */
    private static final class Slot
    {
    }
}
