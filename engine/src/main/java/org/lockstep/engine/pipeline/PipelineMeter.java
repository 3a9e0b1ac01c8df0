package org.lockstep.engine.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;

/**
 * What a running pipeline counts. Written by the engine thread with ordered stores, read by any thread.
 * Allocation: none on the writing side.
 */
public final class PipelineMeter implements PipelineStats
{
    private final InputRing ring;
    private final Consumer<Throwable> onHalt;
    private final AtomicLong inputs = new AtomicLong();
    private final AtomicLong outputs = new AtomicLong();
    private final AtomicLong lastSequence = new AtomicLong(-1);
    private final AtomicLong journalBytes = new AtomicLong();
    private final LatencyCounts socketToJournal = new LatencyCounts();
    private final LatencyCounts socketToBot = new LatencyCounts();
    private final LatencyCounts botToOrder = new LatencyCounts();
    private volatile String haltReason;

    /**
     * A meter for one pipeline.
     *
     * @param ring   whose fill level is reported.
     * @param onHalt told once, on the engine thread, when the pipeline halts over a fault.
     */
    public PipelineMeter(final InputRing ring, final Consumer<Throwable> onHalt)
    {
        this.ring = ring;
        this.onHalt = onHalt;
    }

    /**
     * Frames of one socket read share their ingress time, so runs of equal ones are recorded at once.
     *
     * @param commitWeight for how many batches the time of the commit stands; 0 when nobody looked at it.
     */
    void onInputs(
        final long[] ingressNs,
        final int from,
        final int to,
        final long committedNs,
        final int commitWeight,
        final long ranNs)
    {
        int start = from;
        for (int i = from + 1; i <= to; i++)
        {
            if (i == to || ingressNs[i] != ingressNs[start])
            {
                final int count = i - start;
                if (commitWeight > 0)
                {
                    socketToJournal.record(committedNs - ingressNs[start], count * commitWeight);
                }
                socketToBot.record(ranNs - ingressNs[start], count);
                start = i;
            }
        }
        inputs.lazySet(inputs.get() + to - from);
    }

    void onOrder(final long elapsedNs)
    {
        botToOrder.record(elapsedNs, 1);
    }

    void onOutputs(final int count)
    {
        outputs.lazySet(outputs.get() + count);
    }

    void onBatch(final long sequence, final long bytes)
    {
        lastSequence.lazySet(sequence);
        journalBytes.lazySet(journalBytes.get() + bytes);
    }

    void onHalt(final String reason, final Throwable cause)
    {
        haltReason = reason;
        onHalt.accept(cause);
    }

    @Override
    public long inputs()
    {
        return inputs.get();
    }

    @Override
    public long outputs()
    {
        return outputs.get();
    }

    @Override
    public long lastSequence()
    {
        return lastSequence.get();
    }

    @Override
    public long ringCapacity()
    {
        return ring.capacity();
    }

    @Override
    public long ringRemaining()
    {
        return ring.remaining();
    }

    @Override
    public long journalBytes()
    {
        return journalBytes.get();
    }

    @Override
    public boolean isHalted()
    {
        return null != haltReason;
    }

    @Override
    public String haltReason()
    {
        return haltReason;
    }

    @Override
    public Histogram latency(final Hop hop)
    {
        return switch (hop)
        {
            case SOCKET_TO_JOURNAL -> socketToJournal.histogram();
            case SOCKET_TO_BOT -> socketToBot.histogram();
            case BOT_TO_ORDER -> botToOrder.histogram();
        };
    }
}
