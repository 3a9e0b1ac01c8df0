package org.lockstep.benchmarks;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.pipeline.StateMachine;

/** The least a state machine can do: counts, and reads one field of each frame. Shows what the pipeline alone costs. */
public class CountingMachine implements StateMachine
{
    private final Outputs outputs = new Outputs();
    private long count;
    private long sum;

    @Override
    public void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        count++;
        sum += Frame.ingressTimeNs(buffer, offset);
    }

    @Override
    public final Outputs outputs()
    {
        return outputs;
    }

    @Override
    public final long nextDeadlineNs()
    {
        return NO_DEADLINE;
    }

    @Override
    public final long stateHash()
    {
        return count * 31 + sum;
    }
}
