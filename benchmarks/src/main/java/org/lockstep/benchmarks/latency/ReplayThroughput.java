package org.lockstep.benchmarks.latency;

import java.io.PrintStream;

import org.lockstep.benchmarks.BotSet;
import org.lockstep.benchmarks.CountingMachine;
import org.lockstep.benchmarks.RecordedJournal;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.engine.Engine;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;

/**
 * Records a journal of mixed frames through the real pipeline, then replays it: with a machine that counts (reading and
 * checks alone) and with the engine, verifying every output: once with one trivial bot, once with the three that ship.
 * Each run starts from a fresh machine.
 */
public final class ReplayThroughput
{
    private static final double TRIVIAL_TARGET = 10;
    private static final double REAL_TARGET = 3;

    private final PrintStream out;
    private final ResultFile result;
    private final int batch;
    private final int runs;

    private ReplayThroughput(final PrintStream out, final ResultFile result, final int batch, final int runs)
    {
        this.out = out;
        this.result = result;
        this.batch = batch;
        this.runs = runs;
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
     * @return the best rate of the engine with the trivial bot, events per second.
     */
    public static long run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final long frames = options.number("frames", 20_000_000, 1, 2_000_000_000);
        final int batch = (int)options.number("batch", 16, 1, 4096);
        final int runs = (int)options.number("runs", 3, 1, 1_000);
        final ResultFile result = ResultFile.begin("replay", options.text("json", ""));
        options.finish("frames, batch, runs, json");

        out.println(Host.describe());
        final ReplayThroughput throughput = new ReplayThroughput(out, result, batch, runs);
        final long trivial = throughput.measure("trivial bot", BotSet.TRIVIAL, frames);
        result.probe();
        final long real = throughput.measure("three real bots, books", BotSet.REAL, Math.max(1, frames / 2));
        result.setting("frames", frames).setting("batch", batch).setting("runs", runs);
        result.ratio("replay, trivial bot, M events/s", trivial / 1e6, TRIVIAL_TARGET, Better.HIGHER);
        result.ratio("replay, three real bots with books, M events/s", real / 1e6, REAL_TARGET, Better.HIGHER);
        result.write();
        return trivial;
    }

    private long measure(final String label, final BotSet bots, final long frames)
    {
        try (Scratch scratch = new Scratch())
        {
            final long startNs = System.nanoTime();
            final long inputs = RecordedJournal.record(scratch.path(), frames, batch, bots);
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            out.printf("%s: recorded %,d inputs in %.1f s: %,.0f events/s through ring, journal, engine and bots%n",
                label, inputs, seconds, inputs / seconds);
            result.metric("recorded live, " + label, "perSecond", inputs / seconds);
            long best = 0;
            long bestCounting = 0;
            for (int i = 0; i < runs; i++)
            {
                bestCounting = Math.max(bestCounting, replay(scratch, "counting", new CountingMachine(),
                    ReplayOptions.all().withVerify(false)).eventsPerSecond());
                final Engine engine = new Engine(bots.strategies());
                final ReplayResult replayed = replay(scratch, "engine, verified", engine, ReplayOptions.all());
                bots.check(engine);
                if (!replayed.verified() || replayed.inputs() != inputs)
                {
                    throw new IllegalStateException("replayed " + replayed.inputs() + " of " + inputs +
                        " inputs, divergence " + replayed.divergence());
                }
                best = Math.max(best, replayed.eventsPerSecond());
            }
            out.printf("replay, %s: best of %d runs %,d events/s%n", label, runs, best);
            result.metric("reading alone, " + label, "perSecond", bestCounting);
            result.metric("replay, " + label, "perSecond", best);
            return best;
        }
    }

    private ReplayResult replay(
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
