package org.lockstep.journal.write;

import java.util.List;

/**
 * What was found when a journal was opened.
 *
 * @param firstSequence of the oldest frame still there, 0 when empty.
 * @param lastSequence  of the newest frame, -1 when empty.
 * @param chainHash     hash chain after the last batch.
 * @param maxTimeNs     greatest ingress time of any frame, epoch ns, 0 when empty.
 * @param journalBytes  bytes of all batches.
 * @param cleanShutdown whether the last session closed the journal in order; true for a new journal.
 * @param rebuilt       whether the newest file had to be written anew from its sound batches.
 * @param quarantined   what was taken out, in order; empty when all was sound.
 */
public record OpenReport(
    long firstSequence,
    long lastSequence,
    long chainHash,
    long maxTimeNs,
    long journalBytes,
    boolean cleanShutdown,
    boolean rebuilt,
    List<Quarantined> quarantined)
{
    /** @return frames that are there. */
    public long frames()
    {
        return lastSequence < firstSequence ? 0 : lastSequence - firstSequence + 1;
    }
}
