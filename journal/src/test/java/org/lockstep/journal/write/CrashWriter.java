package org.lockstep.journal.write;

import java.nio.file.Path;
import java.util.Random;

import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.LiveRun;
import org.lockstep.journal.TestMachine;
import org.lockstep.journal.replay.Recovery;
import org.lockstep.journal.replay.RecoveryResult;
import org.lockstep.journal.replay.ReplayProgress;

/** A process that recovers, then writes batches until it is killed, saying each committed sequence once it is. */
final class CrashWriter
{
    private CrashWriter()
    {
    }

    public static void main(final String[] args)
    {
        final TestMachine machine = new TestMachine(3, 1000);
        final Random random = new Random(Long.parseLong(args[1]));
        try (Journal journal = Journal.open(
            JournalConfig.of(Path.of(args[0])).withBlockSize(1 << 20, 64 << 10)))
        {
            final RecoveryResult recovered = Recovery.run(journal, machine, ReplayProgress.NONE, (b, o, l) ->
            {
            });
            System.out.println("recovered " + recovered.nextSequence());
            final LiveRun run = new LiveRun(journal.appender(), machine);
            while (true)
            {
                run.batch(1 + random.nextInt(60));
                System.out.println(journal.lastSequence());
            }
        }
    }
}
