package org.lockstep.tools.run;

import org.agrona.DirectBuffer;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.pipeline.StateMachine;

/** The engine, with its inputs counted: reports of venues come in by them. Threading: the engine thread. */
final class TalliedEngine implements StateMachine
{
    private final Engine engine;
    private final OutputTally tally;

    TalliedEngine(final Engine engine, final OutputTally tally)
    {
        this.engine = engine;
        this.tally = tally;
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        tally.onFrame(buffer, offset, length);
        engine.onInput(buffer, offset, length);
    }

    @Override
    public Outputs outputs()
    {
        return engine.outputs();
    }

    @Override
    public long nextDeadlineNs()
    {
        return engine.nextDeadlineNs();
    }

    @Override
    public long stateHash()
    {
        return engine.stateHash();
    }
}
