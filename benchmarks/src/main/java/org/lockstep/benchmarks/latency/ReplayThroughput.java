package org.lockstep.benchmarks.latency;

import java.io.PrintStream;

import org.lockstep.benchmarks.CountingMachine;
import org.lockstep.benchmarks.RecordedJournal;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.benchmarks.Working;
import org.lockstep.engine.Engine;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;

/**
 * Records a journal of mixed frames through the real pipeline, then replays it: with a machine that counts (reading and
 * checks alone) and with the engine and one trivial bot, verifying every output. Each run starts from a fresh machine.
 */
public final class ReplayThroughput
{
    private ReplayThroughput()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code frames=} of the journal, {@code batch=} frames to a document, {@code runs=} of each machine.
     */
    public static void main(final String... args)
    {
        run(System.out, args);
    }

    /**
     * Runs.
     *
     * @param out  takes the report.
     * @param args see {@link #main}.
     * @return the best rate of the engine, events per second.
     */
    public static long run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final long frames = options.number("frames", 20_000_000, 1, 2_000_000_000);
        final int batch = (int)options.number("batch", 16, 1, 4096);
        final int runs = (int)options.number("runs", 3, 1, 1_000);
        options.finish("frames, batch, runs");

        out.println(Host.describe());
        try (Scratch scratch = new Scratch())
        {
            final long startNs = System.nanoTime();
            final long inputs = RecordedJournal.record(scratch.path(), frames, batch);
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            out.printf("recorded %,d inputs in %.1f s: %,.0f events/s through ring, journal, engine and bot%n",
                inputs, seconds, inputs / seconds);
            long best = 0;
            for (int i = 0; i < runs; i++)
            {
                replay(out, scratch, "counting", new CountingMachine(), ReplayOptions.all().withVerify(false));
                final Engine engine = new Engine(TrivialBot.strategies());
                final ReplayResult result =
                    replay(out, scratch, "engine, verified", engine, ReplayOptions.all());
                Working.check(engine);
                if (!result.verified() || result.inputs() != inputs)
                {
                    throw new IllegalStateException("replayed " + result.inputs() + " of " + inputs +
                        " inputs, divergence " + result.divergence());
                }
                best = Math.max(best, result.eventsPerSecond());
            }
            out.printf("replay: best of %d runs %,d events/s%n", runs, best);
            return best;
        }
    }

    private static ReplayResult replay(
        final PrintStream out,
        final Scratch scratch,
        final String label,
        final StateMachine machine,
        final ReplayOptions options)
    {
        final ReplayResult result = new Replayer(scratch.path(), machine, options).run();
        out.printf("  %-18s %,12d events in %6.2f s: %,12d events/s, hash %016x%n", label,
            result.inputs() + result.outputs(), result.seconds(), result.eventsPerSecond(), result.stateHash());
        return result;
    }
}
