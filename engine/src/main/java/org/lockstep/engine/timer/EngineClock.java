package org.lockstep.engine.timer;

/**
 * Time as the engine knows it: the largest ingress time among the frames so far. Never goes back, and stands still
 * between frames. Threading: the engine thread. Allocation: none.
 */
public final class EngineClock
{
    private long timeNs;

    /**
     * Moves on.
     *
     * @param ingressTimeNs of the frame at hand, epoch ns; an older one changes nothing.
     */
    public void advanceTo(final long ingressTimeNs)
    {
        if (ingressTimeNs > timeNs)
        {
            timeNs = ingressTimeNs;
        }
    }

    /** @return engine time, epoch ns, 0 before the first frame. */
    public long timeNs()
    {
        return timeNs;
    }
}
