package org.lockstep.engine.bot;

import org.lockstep.engine.state.StateWriter;

/**
 * Where a strategy describes itself: parts that it leaves open are closed for it, and it cannot end one that it did not
 * begin, so that the state around it stays whole. Threading: the engine thread. Allocation: none.
 */
final class StrategyState implements StateWriter
{
    private StateWriter out;
    private int depth;

    /** Begins a description that goes to a writer; @return this. */
    StrategyState over(final StateWriter newOut)
    {
        out = newOut;
        depth = 0;
        return this;
    }

    /** Closes what was left open. */
    void close()
    {
        while (depth > 0)
        {
            end();
        }
        out = null;
    }

    @Override
    public void field(final String name, final long value)
    {
        out.field(name, value);
    }

    @Override
    public void field(final String name, final boolean value)
    {
        out.field(name, value);
    }

    @Override
    public void field(final String name, final double value)
    {
        out.field(name, value);
    }

    @Override
    public void field(final String name, final CharSequence value)
    {
        out.field(name, value);
    }

    @Override
    public void field(final String name, final double[] values, final int count)
    {
        out.field(name, values, count);
    }

    @Override
    public void name(final String name)
    {
        out.name(name);
    }

    @Override
    public void begin(final String name)
    {
        out.begin(name);
        depth++;
    }

    @Override
    public void begin(final String name, final long index)
    {
        out.begin(name, index);
        depth++;
    }

    @Override
    public void end()
    {
        if (0 == depth)
        {
            throw new IllegalStateException("nothing was begun");
        }
        out.end();
        depth--;
    }
}
