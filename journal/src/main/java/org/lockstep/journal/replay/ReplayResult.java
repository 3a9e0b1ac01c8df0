package org.lockstep.journal.replay;

import org.lockstep.engine.event.Outputs;

/**
 * What a replay came to.
 *
 * @param from           first sequence counted; -1 when the journal is empty.
 * @param to             last sequence run; -1 when the journal is empty.
 * @param inputs         input frames counted.
 * @param outputs        recorded output frames counted.
 * @param seconds        it took.
 * @param stateHash      of the state machine at the end.
 * @param verified       true when every recorded output was produced again, byte for byte, and none was missing.
 * @param divergence     first difference, or null.
 * @param pendingOutputs produced but not recorded, because the writer died after it journaled the last inputs and
 *                       before it journaled what they caused; legitimate, recovery appends them. Empty unless
 *                       verifying.
 * @param lastEpoch      epoch of the last session in the journal, 0 = none.
 */
public record ReplayResult(
    long from,
    long to,
    long inputs,
    long outputs,
    double seconds,
    long stateHash,
    boolean verified,
    Divergence divergence,
    Outputs pendingOutputs,
    long lastEpoch)
{
    /** @return inputs and outputs per second. */
    public long eventsPerSecond()
    {
        return seconds > 0 ? (long)((inputs + outputs) / seconds) : 0;
    }
}
