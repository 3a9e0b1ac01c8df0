package org.lockstep.journal;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.engine.pipeline.StateMachine;

/** Does to a journal what the pipeline does: inputs first, commit, run them, then what they caused. */
public final class LiveRun
{
    private final JournalAppender appender;
    private final StateMachine machine;
    private final Frames frames = new Frames();
    private final MutableDirectBuffer[] batch = new MutableDirectBuffer[256];
    private long timeNs = Frames.START_NS;
    private long stepNs = 1_000_000;

    public LiveRun(final JournalAppender appender, final StateMachine machine)
    {
        this.appender = appender;
        this.machine = machine;
        for (int i = 0; i < batch.length; i++)
        {
            batch[i] = new org.agrona.ExpandableArrayBuffer(Frame.MAX_LENGTH);
        }
    }

    public LiveRun at(final long startNs, final long step)
    {
        timeNs = startNs;
        stepNs = step;
        return this;
    }

    /** Journals a batch of quotes and runs it. */
    public LiveRun batch(final int size)
    {
        stageInputs(size);
        appender.commit();
        run(size);
        appendOutputs();
        return this;
    }

    /** As {@link #batch}, but dies after the inputs. */
    public LiveRun inputsOnly(final int size)
    {
        stageInputs(size);
        appender.commit();
        run(size);
        machine.outputs().clear();
        return this;
    }

    public LiveRun batches(final int count, final int size)
    {
        for (int i = 0; i < count; i++)
        {
            batch(size);
        }
        return this;
    }

    private void stageInputs(final int size)
    {
        final long first = appender.lastSequence() + 1;
        for (int i = 0; i < size; i++)
        {
            timeNs += stepNs;
            frames.quote(first + i, timeNs, 60_000 + (first + i) * 7 % 1000);
            batch[i].putBytes(0, frames.buffer(), 0, frames.length());
            appender.stage(batch[i], 0, frames.length());
        }
    }

    private void run(final int size)
    {
        for (int i = 0; i < size; i++)
        {
            machine.onInput(batch[i], 0, Frame.length(batch[i], 0));
        }
    }

    private void appendOutputs()
    {
        final Outputs outputs = machine.outputs();
        final MutableDirectBuffer buffer = outputs.buffer();
        long sequence = appender.lastSequence() + 1;
        for (int offset = 0; offset < outputs.limit(); offset += Frame.length(buffer, offset))
        {
            Frame.sequence(buffer, offset, sequence++);
            appender.stage(buffer, offset, Frame.length(buffer, offset));
        }
        appender.commit();
        outputs.clear();
    }
}
