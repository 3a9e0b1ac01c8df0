package org.lockstep.benchmarks.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.lockstep.benchmarks.RecordedJournal;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.latency.wire.FirstTicksBot;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/**
 * A real process, {@code tools/bin/lockstep run}, against the simulator: from its start to its first tick, with an
 * empty journal and with one of many events to be replayed first.
 */
public final class StartUp
{
    private static final double MOST_START_S = 2;
    private static final double MOST_RESTART_S = 5;
    private static final int BATCH = 64;
    /** From when the journal is replayed: connecting, and some. */
    private static final long RESTART_SECONDS = 5;
    private static final long EXIT_SECONDS = 120;

    private final Path scratch;
    private final BinanceSimulator simulator;
    private final Launcher launcher;

    private StartUp(final Path scratch, final BinanceSimulator simulator, final Launcher launcher)
    {
        this.scratch = scratch;
        this.simulator = simulator;
        this.launcher = launcher;
    }

    /**
     * Runs.
     *
     * @param args {@code rate=} market events/s, {@code seconds=} live of each start, {@code rounds=} starts with an
     *             empty journal, {@code frames=} journaled before the restart (0: none), {@code command=},
     *             {@code json=}.
     * @throws Exception if a process cannot be run.
     */
    public static void main(final String... args) throws Exception
    {
        run(System.out, args);
    }

    /**
     * Runs.
     *
     * @param out  takes the report.
     * @param args see {@link #main}.
     * @throws Exception if a process cannot be run.
     */
    public static void run(final PrintStream out, final String... args) throws Exception
    {
        final Options options = new Options(args);
        final int rate = (int)options.number("rate", 2_000, 100, 100_000);
        final long seconds = options.number("seconds", 12, 1, 3_600);
        final int rounds = (int)options.number("rounds", 3, 1, 100);
        final long frames = options.number("frames", 10_000_000, 0, 1_000_000_000);
        final String command = options.text("command", "tools/bin/lockstep");
        final String json = options.text("json", "");
        options.finish("rate, seconds, rounds, frames, command, json");
        final ResultFile result = ResultFile.begin("start-up", json).setting("ratePerSecond", rate)
            .setting("rounds", rounds).setting("frames", frames);
        out.println(Host.describe());
        try (Scratch scratch = new Scratch(); BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(rate)))
        {
            final Launcher launcher = new Launcher(command, scratch.path());
            launcher.build();
            final StartUp startUp = new StartUp(scratch.path(), simulator, launcher);
            final List<Double> starts = new ArrayList<>();
            for (int i = 0; i < rounds; i++)
            {
                result.probe();
                starts.add(startUp.start("empty-" + i, seconds));
            }
            final double start = starts.stream().sorted().skip(rounds / 2).findFirst().orElseThrow();
            out.printf(Locale.ROOT, "start to first tick: median %.2f s of %s (at most %.0f)%n", start,
                starts.stream().map(value -> String.format(Locale.ROOT, "%.2f", value)).toList(), MOST_START_S);
            result.metric("start", "firstTickSeconds", start)
                .ratio("start to first tick, s", start, MOST_START_S, Better.LOWER);
            if (frames > 0)
            {
                startUp.restart(out, result, frames);
            }
        }
        result.write();
    }

    private void restart(final PrintStream out, final ResultFile result, final long frames) throws Exception
    {
        RecordedJournal.record(scratch.resolve("full"), frames, BATCH);
        result.probe();
        final double restart = start("full", RESTART_SECONDS);
        out.printf(Locale.ROOT, "restart with %,d journaled events to first tick: %.2f s (at most %.0f)%n",
            frames, restart, MOST_RESTART_S);
        result.metric("restart", "firstTickSeconds", restart)
            .ratio("restart with journaled events to first tick, s", restart, MOST_RESTART_S, Better.LOWER);
    }

    /** Runs a process for a while; returns the seconds from its start to its first tick. */
    private double start(final String journal, final long seconds) throws IOException, InterruptedException
    {
        final Path config = Files.writeString(scratch.resolve(journal + ".yaml"), """
            journal:
              directory: %s
            venues:
              binance:
                symbols: [ETHUSDT]
                streams: [quote, trade, book]
                rest: %s
                stream: %s
            accounts:
              - name: start-up
                venue: binance
                mode: paper
            bots:
              - name: first
                strategy: %s
                account: start-up
                symbols: [ETHUSDT]
            gateway:
              enabled: false
            """.formatted(scratch.resolve(journal), simulator.addresses().rest(), simulator.addresses().stream(),
            FirstTicksBot.NAME));
        final Path ticks = scratch.resolve(journal + ".ticks");
        final Path log = scratch.resolve(journal + ".log");
        final ProcessBuilder builder = launcher.prepare("run", config.toString(), "--for", seconds + "s")
            .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().merge(
            "LOCKSTEP_OPTS", "-D" + FirstTicksBot.FILE + "=" + ticks, (given, added) -> given + " " + added);
        final long startNs = System.nanoTime();
        final Process process = builder.start();
        final boolean hasEnded = process.waitFor(seconds + EXIT_SECONDS, TimeUnit.SECONDS);
        process.destroy();
        if (!hasEnded || !Files.exists(ticks))
        {
            throw new IllegalStateException("the process noted no ticks: " + Files.readString(log));
        }
        // System.nanoTime() of two processes of a host has one origin: Linux takes both from CLOCK_MONOTONIC.
        final List<String> lines = Files.readAllLines(ticks);
        if (lines.isEmpty())
        {
            throw new IllegalStateException("the process noted no ticks: " + Files.readString(log));
        }
        return (Long.parseLong(lines.get(0)) - startNs) / 1e9;
    }
}
