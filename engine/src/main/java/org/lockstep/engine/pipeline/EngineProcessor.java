package org.lockstep.engine.pipeline;

import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.TimerEncoder;

/**
 * The two-pass processor. Each {@link #poll()} takes what the ring has, up to a bound, and
 * <ol>
 *   <li>gives each frame its sequence, journals them all as one batch and commits (nothing acts on what is not
 *       journaled);</li>
 *   <li>runs the state machine on each;</li>
 *   <li>journals the outputs they caused, commits, and only then hands them on.</li>
 * </ol>
 * It also publishes a Timer frame when the state machine's earliest deadline has passed by the clock: the clock is read
 * here, outside the deterministic core, and enters it as an event like any other. Frames carry the time themselves, so
 * it looks when there is none, and now and then when they do not end.
 * <p>
 * Threading: {@link #poll()} by one thread at a time, which the {@link ThreadPlan} decides. Allocation: none once warm.
 * Faults: anything thrown here would fork history if it were skipped, so it halts the pipeline; producers then fail
 * instead of hanging.
 */
public final class EngineProcessor
{
    /** Default most frames of one batch: bounds how long the first waits for the last. */
    public static final int DEFAULT_MAX_BATCH = 256;

    private static final int CLOCK_STRIDE = 8;
    private static final int SMALL_BATCHES_MASK = 7;
    private static final int BUSY_POLLS_MASK = 15;

    private final InputRing ring;
    private final StateMachine stateMachine;
    private final JournalAppender journal;
    private final FrameHandler orderPort;
    private final FrameBroadcast broadcast;
    private final EpochNanoClock clock;
    private final PipelineMeter meter;
    private final int maxBatch;
    private final long[] doneNs;
    private final long[] ingressNs;
    private final TimerEncoder timerEncoder = new TimerEncoder();
    private final FrameHandler stageOutput = this::stageOutput;
    private final FrameHandler handOnOutput = this::handOnOutput;
    private long nextSequence;
    private long pendingTimer = -1;
    private long batchFirstSequence;
    private long batchBytes;
    private int smallBatches;
    private int busyPolls;

    /**
     * Wires a processor; nothing runs until somebody polls.
     *
     * @param ring         to consume.
     * @param stateMachine to run; already recovered.
     * @param journal      to append to; the next sequence is its last one + 1.
     * @param orderPort    takes every output once it is journaled, on the engine thread; must not block.
     * @param broadcast    to copy every frame to, or null.
     * @param clock        epoch ns, for timers and latency only.
     * @param meter        to count on.
     * @param maxBatch     most frames of one batch, [1, 65536].
     */
    public EngineProcessor(
        final InputRing ring,
        final StateMachine stateMachine,
        final JournalAppender journal,
        final FrameHandler orderPort,
        final FrameBroadcast broadcast,
        final EpochNanoClock clock,
        final PipelineMeter meter,
        final int maxBatch)
    {
        if (maxBatch < 1 || maxBatch > 65_536)
        {
            throw new IllegalArgumentException("batch must be in [1, 65536] frames, found " + maxBatch);
        }
        this.ring = ring;
        this.stateMachine = stateMachine;
        this.journal = journal;
        this.orderPort = orderPort;
        this.broadcast = broadcast;
        this.clock = clock;
        this.meter = meter;
        this.maxBatch = maxBatch;
        this.doneNs = new long[maxBatch];
        this.ingressNs = new long[maxBatch];
        this.nextSequence = journal.lastSequence() + 1;
    }

    /**
     * Runs one batch if there is one.
     *
     * @return frames run, 0 lets the caller idle.
     */
    public int poll()
    {
        if (meter.isHalted())
        {
            return 0;
        }
        try
        {
            final long first = ring.consumedSequence() + 1;
            long last = ring.published(first, maxBatch);
            if (last < first || 0 == (++busyPolls & BUSY_POLLS_MASK))
            {
                publishTimerWhenDue();
                last = ring.published(first, maxBatch);
            }
            return last < first ? 0 : runBatch(first, last);
        }
        catch (final Throwable ex)
        {
            halt(ex);
            return 0;
        }
    }

    /** @return true when the ring was empty at the last look. */
    public boolean isDrained()
    {
        return ring.remaining() == ring.capacity();
    }

    private int runBatch(final long first, final long last)
    {
        final UnsafeBuffer buffer = ring.buffer();
        journalInputs(buffer, first, last);
        final int commitWeight = commitWeight(last - first + 1);
        final long committedNs = 0 == commitWeight ? 0 : clock.nanoTime();

        final int count = runInputs(buffer, first, last, committedNs, commitWeight);

        final Outputs outputs = stateMachine.outputs();
        if (outputs.count() > 0)
        {
            journalOutputs(outputs);
        }
        if (null != broadcast)
        {
            broadcastInputs(buffer, first, last);
        }
        if (outputs.count() > 0)
        {
            handOnBroadcast(outputs);
            outputs.clear();
        }
        meter.onBatch(nextSequence - 1, batchBytes);
        ring.release(last);
        return count;
    }

    /**
     * Of batches so small that a reading of the clock is a good part of their cost, one in eight is timed, and stands
     * for all of them. Returns for how many a batch stands; 0 leaves it out.
     */
    private int commitWeight(final long slots)
    {
        if (slots >= CLOCK_STRIDE)
        {
            return 1;
        }
        return 0 == (smallBatches++ & SMALL_BATCHES_MASK) ? SMALL_BATCHES_MASK + 1 : 0;
    }

    private int runInputs(
        final UnsafeBuffer buffer,
        final long first,
        final long last,
        final long committedNs,
        final int commitWeight)
    {
        int count = 0;
        int unmeasured = 0;
        for (long slot = first; slot <= last; slot++)
        {
            final int offset = ring.offset(slot);
            if (Frame.PADDING_TEMPLATE_ID != Frame.templateId(buffer, offset))
            {
                stateMachine.onInput(buffer, offset, Frame.length(buffer, offset));
                ingressNs[count++] = Frame.ingressTimeNs(buffer, offset);
                if (count - unmeasured == CLOCK_STRIDE)
                {
                    unmeasured = measure(unmeasured, count, committedNs, commitWeight);
                }
            }
        }
        measure(unmeasured, count, committedNs, commitWeight);
        return count;
    }

    /** One reading of the clock serves a few frames: it overstates the earlier ones by the run time of the later. */
    private int measure(final int from, final int to, final long committedNs, final int commitWeight)
    {
        if (from < to)
        {
            final long ranNs = clock.nanoTime();
            Arrays.fill(doneNs, from, to, ranNs);
            meter.onInputs(ingressNs, from, to, committedNs, commitWeight, ranNs);
        }
        return to;
    }

    private void journalInputs(final UnsafeBuffer buffer, final long first, final long last)
    {
        batchBytes = 0;
        batchFirstSequence = nextSequence;
        for (long slot = first; slot <= last; slot++)
        {
            final int offset = ring.offset(slot);
            if (Frame.PADDING_TEMPLATE_ID != Frame.templateId(buffer, offset))
            {
                final int length = Frame.length(buffer, offset);
                Frame.sequence(buffer, offset, nextSequence++);
                journal.stage(buffer, offset, length);
                batchBytes += length;
            }
        }
        journal.commit();
    }

    private void journalOutputs(final Outputs outputs)
    {
        outputs.forEach(stageOutput);
        journal.commit();
        outputs.forEach(handOnOutput);
        meter.onOutputs(outputs.count());
    }

    private void stageOutput(final DirectBuffer buffer, final int offset, final int length)
    {
        Frame.sequence((MutableDirectBuffer)buffer, offset, nextSequence++);
        journal.stage(buffer, offset, length);
        batchBytes += length;
    }

    private void handOnOutput(final DirectBuffer buffer, final int offset, final int length)
    {
        orderPort.onFrame(buffer, offset, length);
        if (OrderRequestedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            final int index = (int)(Frame.causeSequence(buffer, offset) - batchFirstSequence);
            meter.onOrder(clock.nanoTime() - doneNs[index]);
        }
    }

    private void broadcastInputs(final UnsafeBuffer buffer, final long first, final long last)
    {
        for (long slot = first; slot <= last; slot++)
        {
            final int offset = ring.offset(slot);
            if (Frame.PADDING_TEMPLATE_ID != Frame.templateId(buffer, offset))
            {
                broadcast.onFrame(buffer, offset, Frame.length(buffer, offset));
            }
        }
    }

    private void handOnBroadcast(final Outputs outputs)
    {
        if (null != broadcast)
        {
            outputs.forEach(broadcast);
        }
    }

    private void publishTimerWhenDue()
    {
        final long deadlineNs = stateMachine.nextDeadlineNs();
        if (StateMachine.NO_DEADLINE != deadlineNs && pendingTimer <= ring.consumedSequence())
        {
            final long nowNs = clock.nanoTime();
            if (nowNs >= deadlineNs)
            {
                publishTimer(nowNs);
            }
        }
    }

    private void publishTimer(final long nowNs)
    {
        final long claim;
        try
        {
            claim = ring.tryClaim();
        }
        catch (final PipelineHaltedException ex)
        {
            // Closed by another thread meanwhile, which is no fault: nothing is due in this process any more.
            return;
        }
        if (InputRing.FULL != claim)
        {
            final int offset = ring.offset(claim);
            timerEncoder.wrap(ring.buffer(), offset + Frame.HEADER_LENGTH);
            Frame.writeHeader(ring.buffer(), offset, Frame.HEADER_LENGTH + timerEncoder.encodedLength(),
                TimerEncoder.BLOCK_LENGTH, TimerEncoder.TEMPLATE_ID, FrameSource.CLOCK, 0, nowNs, 0,
                Frame.NULL_INSTRUMENT_ID);
            ring.publish(claim);
            pendingTimer = claim;
        }
    }

    private void halt(final Throwable cause)
    {
        final String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        ring.halt(reason);
        meter.onHalt(reason, cause);
    }
}
