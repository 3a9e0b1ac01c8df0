package org.lockstep.engine.pipeline;

/**
 * The pipeline has halted and takes no more frames, now or later: whoever publishes ends. Thrown by claims and by
 * nothing else.
 */
public final class PipelineHaltedException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    /**
     * Constructs the exception.
     *
     * @param reason why it halted, for people.
     */
    public PipelineHaltedException(final String reason)
    {
        super("the engine has halted: " + reason);
    }
}
