package org.lockstep.journal.replay;

/** Told how far a replay has come, now and then. Must be quick and must not throw. */
@FunctionalInterface
public interface ReplayProgress
{
    /** Not interested. */
    ReplayProgress NONE = (sequence, lastSequence) ->
    {
    };

    /**
     * @param sequence     of the frame reached.
     * @param lastSequence where the replay will end.
     */
    void onProgress(long sequence, long lastSequence);
}
