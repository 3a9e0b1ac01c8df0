package org.lockstep.journal.replay;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.SessionStartedDecoder;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.journal.BatchLayout;
import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.inspect.FrameFormat;
import org.lockstep.journal.inspect.FrameText;
import org.lockstep.journal.read.BatchCursor;
import org.lockstep.journal.read.JournalReader;

/**
 * Runs the inputs of a journal through a state machine again, from the first one, and compares what it puts out with
 * what was recorded: same order, same bytes, only the header's sequence left aside. State hashes are outputs too.
 * Stops at the first difference. Use an instance once. One thread.
 */
public final class Replayer
{
    private static final long PROGRESS_MASK = (1 << 16) - 1;

    private final Path directory;
    private final StateMachine machine;
    private final ReplayOptions options;
    private final FrameFifo recorded = new FrameFifo();
    private final FrameFifo regenerated = new FrameFifo();
    private final SessionStartedDecoder sessionStarted = new SessionStartedDecoder();

    private long firstSequence = -1;
    private long lastSequence = -1;
    private long lastInputBatch;
    private boolean batchContinues;
    private long batchFirstInput = -1;
    private long inputs;
    private long outputs;
    private int undrained;
    private long epoch;
    private Divergence divergence;

    /**
     * @param directory of the journal.
     * @param machine   fresh, driven by nobody else meanwhile.
     * @param options   what to replay and how.
     */
    public Replayer(final Path directory, final StateMachine machine, final ReplayOptions options)
    {
        this.directory = directory;
        this.machine = machine;
        this.options = options;
    }

    /**
     * Replays.
     *
     * @return what it came to.
     * @throws JournalDamagedException when the journal cannot be read to the end of the range.
     */
    public ReplayResult run()
    {
        final long startNs = System.nanoTime();
        final long target;
        try (JournalReader reader = new JournalReader(directory))
        {
            target = Math.min(options.toSequence(), reader.lastSequence());
        }
        boolean cut = false;
        try (BatchCursor cursor = new BatchCursor(directory))
        {
            int state = cursor.next();
            while (BatchCursor.BATCH == state && null == divergence)
            {
                cut = runBatch(cursor, target);
                if (cut)
                {
                    break;
                }
                state = cursor.next();
            }
            if (BatchCursor.DAMAGED == state)
            {
                throw new JournalDamagedException(
                    cursor.file(), cursor.position(), Math.max(0, cursor.nextSequence()), cursor.damage());
            }
        }
        drain();
        final Outputs pending = settle(cut);
        options.progress().onProgress(lastSequence, target);
        final double seconds = (System.nanoTime() - startNs) / (double)TimeUnit.SECONDS.toNanos(1);
        return new ReplayResult(-1 == firstSequence ? -1 : Math.max(firstSequence, options.fromSequence()),
            lastSequence, inputs, outputs, seconds, machine.stateHash(),
            options.verify() && null == divergence, divergence, pending, epoch);
    }

    private boolean runBatch(final BatchCursor cursor, final long target)
    {
        final DirectBuffer buffer = cursor.buffer();
        final long end = cursor.nextSequence();
        long sequence = cursor.firstSequence();
        int offset = cursor.framesOffset();
        if (!batchContinues)
        {
            batchFirstInput = -1;
        }
        batchContinues = 0 != (cursor.flags() & BatchLayout.FLAG_CONTINUES);
        for (; sequence < end; sequence++)
        {
            if (sequence > target)
            {
                return true;
            }
            final int length = Frame.length(buffer, offset);
            lastSequence = sequence;
            if (-1 == firstSequence)
            {
                firstSequence = sequence;
            }
            if (Frame.isOutput(buffer, offset))
            {
                onRecorded(buffer, offset, length, sequence);
            }
            else
            {
                onInput(buffer, offset, length, sequence);
            }
            if (null != divergence)
            {
                return true;
            }
            if (0 == (sequence & PROGRESS_MASK))
            {
                options.progress().onProgress(sequence, target);
            }
            offset += length;
        }
        return false;
    }

    private void onInput(final DirectBuffer buffer, final int offset, final int length, final long sequence)
    {
        if (-1 == batchFirstInput)
        {
            batchFirstInput = sequence;
            lastInputBatch = sequence;
        }
        machine.onInput(buffer, offset, length);
        if (sequence >= options.fromSequence())
        {
            inputs++;
        }
        if (SessionStartedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            epoch = sessionStarted.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset)).epoch();
        }
        if (++undrained >= options.batchSize())
        {
            drain();
        }
    }

    private void onRecorded(final DirectBuffer buffer, final int offset, final int length, final long sequence)
    {
        if (sequence >= options.fromSequence())
        {
            outputs++;
        }
        if (!options.verify())
        {
            return;
        }
        if (recorded.isEmpty() && !regenerated.isEmpty())
        {
            compare(buffer, offset, regenerated.buffer(), regenerated.head());
            regenerated.pop();
        }
        else
        {
            recorded.push(buffer, offset, length);
        }
    }

    private void drain()
    {
        undrained = 0;
        final Outputs produced = machine.outputs();
        if (options.verify())
        {
            final MutableDirectBuffer buffer = produced.buffer();
            int offset = 0;
            while (offset < produced.limit() && null == divergence)
            {
                final int length = Frame.length(buffer, offset);
                if (recorded.isEmpty())
                {
                    regenerated.push(buffer, offset, length);
                }
                else
                {
                    compare(recorded.buffer(), recorded.head(), buffer, offset);
                    recorded.pop();
                }
                offset += length;
            }
            if (!recorded.isEmpty() && null == divergence)
            {
                divergence = new Divergence(Frame.sequence(recorded.buffer(), recorded.head()),
                    print(recorded.buffer(), recorded.head()), Divergence.NOTHING);
            }
        }
        produced.clear();
    }

    private Outputs settle(final boolean cut)
    {
        final Outputs pending = new Outputs();
        if (cut)
        {
            return pending;
        }
        while (!regenerated.isEmpty() && null == divergence)
        {
            final long cause = Frame.causeSequence(regenerated.buffer(), regenerated.head());
            if (cause < lastInputBatch)
            {
                // Its batch was followed by other inputs, so the writer had already recorded all it had caused.
                divergence = new Divergence(cause, Divergence.NOTHING, print(regenerated.buffer(), regenerated.head()));
            }
            final int length = Frame.length(regenerated.buffer(), regenerated.head());
            final int offset = pending.claim();
            pending.buffer().putBytes(offset, regenerated.buffer(), regenerated.head(), length);
            pending.commit(length);
            regenerated.pop();
        }
        return pending;
    }

    private void compare(
        final DirectBuffer expected, final int expectedOffset, final DirectBuffer actual, final int actualOffset)
    {
        if (!FrameComparison.same(expected, expectedOffset, actual, actualOffset))
        {
            divergence = new Divergence(Frame.sequence(expected, expectedOffset),
                print(expected, expectedOffset), print(actual, actualOffset));
        }
    }

    private static String print(final DirectBuffer buffer, final int offset)
    {
        return new FrameText().print(FrameFormat.TEXT, buffer, offset);
    }
}
