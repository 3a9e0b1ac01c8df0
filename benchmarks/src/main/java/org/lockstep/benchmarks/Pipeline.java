package org.lockstep.benchmarks;

import java.nio.file.Path;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.pipeline.EngineProcessor;
import org.lockstep.engine.pipeline.FrameBroadcast;
import org.lockstep.engine.pipeline.FrameLog;
import org.lockstep.engine.pipeline.InputRing;
import org.lockstep.engine.pipeline.PipelineMeter;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.write.Journal;

/** Ring, journal and processor around a state machine, as production wires them, without sockets. */
public final class Pipeline implements AutoCloseable
{
    private final Journal journal;
    private final InputRing ring = new InputRing(InputRing.DEFAULT_CAPACITY);
    private final PipelineMeter meter;
    private final EngineProcessor processor;
    private volatile Throwable fault;

    /**
     * Opens a new journal with the defaults but for page touching.
     *
     * @param directory of the journal.
     * @param preTouch  whether a background thread touches pages ahead.
     * @param machine   to run.
     * @param clock     of the processor.
     */
    public Pipeline(
        final Path directory, final boolean preTouch, final StateMachine machine, final EpochNanoClock clock)
    {
        this(directory, preTouch, machine, clock, null);
    }

    /**
     * Opens a new journal whose frames are broadcast too.
     *
     * @param directory of the journal.
     * @param preTouch  whether a background thread touches pages ahead.
     * @param machine   to run.
     * @param clock     of the processor.
     * @param broadcast takes every journaled frame, or null.
     */
    public Pipeline(
        final Path directory,
        final boolean preTouch,
        final StateMachine machine,
        final EpochNanoClock clock,
        final FrameBroadcast broadcast)
    {
        journal = Journal.open(JournalConfig.of(directory).withPreTouch(preTouch));
        meter = new PipelineMeter(ring, ex -> fault = ex);
        final FrameHandler orderPort = (buffer, offset, length) -> { };
        processor = new EngineProcessor(
            ring, machine, journal.appender(), orderPort, broadcast, clock, meter, EngineProcessor.DEFAULT_MAX_BATCH);
    }

    /** @return the input ring. */
    public InputRing ring()
    {
        return ring;
    }

    /** @return a reader of the journal; the caller's to close. */
    public FrameLog reader()
    {
        return journal.reader();
    }

    /** @return figures. */
    public PipelineMeter meter()
    {
        return meter;
    }

    /**
     * Publishes a copy of a frame and runs the engine until the ring is empty.
     *
     * @param buffer holds the frame.
     * @param offset of it.
     * @param length of it, bytes.
     */
    public void run(final DirectBuffer buffer, final int offset, final int length)
    {
        final long claim = ring.claim();
        ring.buffer().putBytes(ring.offset(claim), buffer, offset, length);
        ring.publish(claim);
        poll();
    }

    /**
     * Publishes a copy of a frame for a thread that polls.
     *
     * @param buffer holds the frame.
     * @param offset of it.
     * @param length of it, bytes.
     * @return false when the ring is full: back-pressure.
     */
    public boolean publish(final DirectBuffer buffer, final int offset, final int length)
    {
        final long claim = ring.tryClaim();
        if (FramePublisher.FULL == claim)
        {
            return false;
        }
        ring.buffer().putBytes(ring.offset(claim), buffer, offset, length);
        ring.publish(claim);
        return true;
    }

    /**
     * Runs the engine once.
     *
     * @return frames run.
     * @throws IllegalStateException if the pipeline has halted: a benchmark of a halted engine would look very fast.
     */
    public int poll()
    {
        final int count = processor.poll();
        if (0 == count && null != fault)
        {
            throw new IllegalStateException("the pipeline halted", fault);
        }
        return count;
    }

    @Override
    public void close()
    {
        journal.close();
    }
}
