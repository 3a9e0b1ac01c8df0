package org.lockstep.journal.replay;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.journal.write.Journal;

/**
 * The ordinary start, after a crash or not: replays the whole journal through the state machine and appends what the
 * last session had caused but no longer journaled. Run once, before the pipeline starts, by the thread that starts it.
 */
public final class Recovery
{
    private Recovery()
    {
    }

    /**
     * Brings a fresh state machine to the state the journal ends with.
     *
     * @param journal   just opened.
     * @param machine   fresh.
     * @param progress  told how far it has come.
     * @param onPending gets the outputs that are appended now, with their sequence: nobody outside has seen them yet.
     * @return where to go on.
     * @throws ReplayDivergedException if this build does not do what is recorded; nothing is appended then.
     * @throws IllegalStateException   if the journal's beginning is gone, so that its state cannot be built.
     */
    public static RecoveryResult run(
        final Journal journal,
        final StateMachine machine,
        final ReplayProgress progress,
        final FrameHandler onPending)
    {
        if (journal.report().firstSequence() > 0)
        {
            throw new IllegalStateException("journal " + journal.config().directory() + " begins at sequence " +
                journal.report().firstSequence() + ": its beginning was deleted, so its state cannot be built. " +
                "Restore the deleted files, or begin with an empty directory");
        }
        final ReplayResult replay = new Replayer(
            journal.config().directory(), machine, ReplayOptions.all().withProgress(progress)).run();
        if (null != replay.divergence())
        {
            throw new ReplayDivergedException(replay.divergence());
        }
        final Outputs pending = replay.pendingOutputs();
        append(journal.appender(), pending, onPending);
        return new RecoveryResult(
            journal.lastSequence() + 1, replay.lastEpoch() + 1, pending.count(), replay);
    }

    private static void append(final JournalAppender appender, final Outputs pending, final FrameHandler onPending)
    {
        final MutableDirectBuffer buffer = pending.buffer();
        long sequence = appender.lastSequence() + 1;
        for (int offset = 0; offset < pending.limit(); offset += Frame.length(buffer, offset))
        {
            Frame.sequence(buffer, offset, sequence++);
            appender.stage(buffer, offset, Frame.length(buffer, offset));
        }
        appender.commit();
        // Only now may anybody act on them.
        pending.forEach(onPending);
    }
}
