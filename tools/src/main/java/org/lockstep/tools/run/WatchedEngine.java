package org.lockstep.tools.run;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.pipeline.StateMachine;

/** An engine whose inputs somebody sees first, and somebody else last. Threading: the engine thread. */
public final class WatchedEngine implements StateMachine
{
    private final StateMachine engine;
    private final FrameHandler watcher;
    private final FrameHandler after;

    /**
     * Constructs one that is watched before only.
     *
     * @param engine  gets each input.
     * @param watcher gets it before; what it throws keeps the input from the engine.
     */
    public WatchedEngine(final StateMachine engine, final FrameHandler watcher)
    {
        this(engine, watcher, (buffer, offset, length) ->
        {
            // Nobody looks at it afterwards.
        });
    }

    /**
     * Constructs one.
     *
     * @param engine  gets each input.
     * @param watcher gets it before; what it throws keeps the input from the engine.
     * @param after   gets it when the engine is done with it.
     */
    WatchedEngine(final StateMachine engine, final FrameHandler watcher, final FrameHandler after)
    {
        this.engine = engine;
        this.watcher = watcher;
        this.after = after;
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        watcher.onFrame(buffer, offset, length);
        engine.onInput(buffer, offset, length);
        after.onFrame(buffer, offset, length);
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
