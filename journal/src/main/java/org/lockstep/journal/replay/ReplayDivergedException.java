package org.lockstep.journal.replay;

/** A replay did not do what was recorded, so the state it built cannot be traded on. */
public final class ReplayDivergedException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final transient Divergence divergence;

    /**
     * @param divergence first difference.
     */
    public ReplayDivergedException(final Divergence divergence)
    {
        super("replay differs from the journal at sequence " + divergence.sequence() + ": expected " +
            divergence.expected() + ", actual " + divergence.actual());
        this.divergence = divergence;
    }

    /** @return first difference. */
    public Divergence divergence()
    {
        return divergence;
    }
}
