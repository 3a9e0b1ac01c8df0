package org.lockstep.journal.replay;

/**
 * Where to go on after a recovery.
 *
 * @param nextSequence   the next frame gets.
 * @param nextEpoch      the session about to begin has, from 1.
 * @param pendingOutputs outputs that the last session had caused but not journaled, appended now.
 * @param replay         what the replay came to.
 */
public record RecoveryResult(long nextSequence, long nextEpoch, int pendingOutputs, ReplayResult replay)
{
}
