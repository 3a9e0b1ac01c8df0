package org.lockstep.benchmarks.latency.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.Launcher;
import org.lockstep.benchmarks.latency.Options;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.tools.keys.KeyEntry;
import org.lockstep.tools.keys.Keystore;
import org.lockstep.tools.keys.Passphrase;

/**
 * How cold a real process is: {@code tools/bin/lockstep run} against a venue that sends ticks at a fixed rate from the
 * moment the process says that it is ready. From when a tick was due at the venue to when it reached the bot, and to
 * when the venue has read the order that every tenth provokes (a venue's limits allow no more): for the first thousand
 * ticks, beside as many at the same rate once many thousands more have gone through; each round a process with a new
 * journal. Ratios are medians over processes.
 */
public final class FirstLiveTicks
{
    private static final int FIRST = 1_000;
    private static final int EVERY = 10;
    /** What a venue allows within a minute is not much more than this. */
    private static final int HOT_ORDERS = 1_000;
    private static final double MOST = 3;
    private static final double MOST_START_S = 2;
    private static final long SECOND = 1_000_000_000L;
    private static final long EXIT_SECONDS = 30;
    private static final long HIGHEST_NS = 60 * SECOND;
    private static final String KEY = "bench";
    private static final String PASSPHRASE = "first-ticks";

    private final Launcher launcher;
    private final Path scratch;
    private final long rate;
    private final long hotRate;
    private final long hotNs;
    private final String threads;
    private final Series bot = new Series("tick to bot");
    private final Series order = new Series("tick to order");
    private final List<Double> readyS = new ArrayList<>();
    private final List<String> starts = new ArrayList<>();
    private String problem;

    private FirstLiveTicks(
        final Launcher launcher,
        final Path scratch,
        final long rate,
        final long hotRate,
        final long hotNs,
        final String threads)
    {
        this.launcher = launcher;
        this.scratch = scratch;
        this.rate = rate;
        this.hotRate = hotRate;
        this.hotNs = hotNs;
        this.threads = threads;
    }

    /**
     * Runs.
     *
     * @param args {@code rate=} ticks/s of what is compared, {@code hot-rate=} and {@code hot-millis=} of what goes
     *             through in between, {@code rounds=} processes, {@code threads=} as {@code engine.threads},
     *             {@code command=}, {@code json=}.
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
        final long rate = options.number("rate", 1_000, 1, 9_000);
        final long hotRate = options.number("hot-rate", 10_000, 1, 100_000);
        final long hotNs = options.number("hot-millis", 4_000, 0, 3_600_000) * 1_000_000;
        final int rounds = (int)options.number("rounds", 5, 1, 100);
        final String threads = options.text("threads", "auto");
        final String command = options.text("command", "tools/bin/lockstep");
        final String json = options.text("json", "");
        options.finish("rate, hot-rate, hot-millis, rounds, threads, command, json");
        final ResultFile result = ResultFile.begin("first-ticks", json).setting("ratePerSecond", rate)
            .setting("hotRatePerSecond", hotRate).setting("hotMillis", hotNs / 1_000_000).setting("rounds", rounds)
            .setting("threads", threads);
        out.println(Host.describe());
        try (Scratch scratch = new Scratch())
        {
            final Launcher launcher = new Launcher(command, scratch.path());
            launcher.build();
            final FirstLiveTicks program =
                new FirstLiveTicks(launcher, scratch.path(), rate, hotRate, hotNs, threads);
            program.writeKey();
            for (int i = 0; i < rounds; i++)
            {
                result.probe();
                program.measure("journal-" + i);
            }
            program.report(out, result);
        }
        result.write();
    }

    private void writeKey()
    {
        try (Keystore keystore = Keystore.open(scratch.resolve("keys.p12"), PASSPHRASE.toCharArray()))
        {
            keystore.add(KEY, KeyEntry.of("binance", "bench-key".getBytes(StandardCharsets.US_ASCII),
                "bench-secret".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private void measure(final String name) throws IOException, InterruptedException
    {
        final Path log = scratch.resolve(name + ".log");
        final Path ticks = scratch.resolve(name + ".ticks");
        final List<WireRun> runs = new ArrayList<>();
        try (WireVenue venue = new WireVenue(true))
        {
            final Path config = Files.writeString(
                scratch.resolve(name + ".yaml"), config(scratch.resolve(name), venue.address()));
            final ProcessBuilder builder = launcher.prepare("run", config.toString(), "--json");
            builder.environment().put(Passphrase.VARIABLE, PASSPHRASE);
            builder.environment().merge(
                "LOCKSTEP_OPTS", "-D" + FirstTicksBot.FILE + "=" + ticks, (given, added) -> given + " " + added);
            final long startNs = new SystemEpochNanoClock().nanoTime();
            final Process process = builder.redirectError(log.toFile()).start();
            try (BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
            {
                awaitReady(output);
                readyS.add((new SystemEpochNanoClock().nanoTime() - startNs) / 1e9);
                venue.tick();
                runs.add(venue.measure(false, rate, FIRST * SECOND / rate, EVERY).whole());
                if (hotNs > 0)
                {
                    final long hot = hotRate * hotNs / SECOND;
                    venue.measure(false, hotRate, hotNs, (int)Math.max(EVERY, hot / HOT_ORDERS));
                }
                runs.add(venue.measure(false, rate, FIRST * SECOND / rate, EVERY).whole());
            }
            finally
            {
                process.destroy();
            }
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
                throw new IllegalStateException("the process does not stop");
            }
            Files.readAllLines(log).stream().filter(line -> line.contains("live, ")).forEach(starts::add);
            final List<String> lines = Files.readAllLines(ticks);
            add(new Turn(runs.get(0), lines, 1), new Turn(runs.get(1), lines, lines.size() - FIRST));
        }
        catch (final RuntimeException | IOException ex)
        {
            throw new IllegalStateException(ex.getMessage() + "; " + Files.readString(log), ex);
        }
    }

    private static void awaitReady(final BufferedReader lines) throws IOException
    {
        String line = lines.readLine();
        while (null != line && !line.contains("\"ready\""))
        {
            line = lines.readLine();
        }
        if (null == line)
        {
            throw new IllegalStateException("the process ended before it was ready");
        }
    }

    private String config(final Path journal, final String address)
    {
        return """
            journal:
              directory: %s
            engine:
              threads: %s
            venues:
              binance:
                symbols: [BTCUSDT]
                streams: [quote]
                rest: http://%s
                stream: ws://%s
                api: ws://%s/ws-api/v3
            accounts:
              - name: first
                venue: binance
                mode: simulator
                keys: %s
                allowWithdrawalKeys: true
                ordersPer10s: 1000000
                ordersPerDay: 1000000000
                limits:
                  maxOrderRate: 10000
                  maxOpenOrders: 1000000
            bots:
              - name: first
                strategy: %s
                account: first
                symbols: [BTCUSDT]
                limits:
                  maxOrderRate: 10000
                  maxOpenOrders: 1000000
            keystore:
              file: %s
            gateway:
              enabled: false
            """.formatted(journal, threads, address, address, address, KEY, FirstTicksBot.NAME,
            scratch.resolve("keys.p12"));
    }

    private void add(final Turn first, final Turn steady)
    {
        bot.add(first.bot, steady.bot);
        order.add(first.run.answers(), steady.run.answers());
        problem = null != first.run.problem() ? first.run.problem() :
            null != steady.run.problem() ? steady.run.problem() : problem;
    }

    private void report(final PrintStream out, final ResultFile result)
    {
        final double ready = median(readyS);
        out.printf(Locale.ROOT, "start to ready %.2f s of %s (at most %.0f)%s%n", ready, texts(readyS), MOST_START_S,
            null == problem ? "" : "; not to be trusted: " + problem);
        starts.forEach(line -> out.println("  " + line.substring(line.indexOf("live, ") + 6)));
        bot.report(out, result);
        order.report(out, result);
        result.ratio("start to ready, s", ready, MOST_START_S, Better.LOWER);
        if (null != problem)
        {
            result.distrust(problem);
        }
    }

    /** A thousand ticks of one process. */
    private static final class Turn
    {
        private final Histogram bot = new Histogram(HIGHEST_NS, 3);
        private final WireRun run;

        Turn(final WireRun run, final List<String> arrivalsNs, final int from)
        {
            this.run = run;
            for (int i = 0; i < FIRST; i++)
            {
                final long arrivedNs = Long.parseLong(arrivalsNs.get(from + i));
                bot.recordValue(Math.max(0, arrivedNs - run.firstDueNs() - i * run.intervalNs()));
            }
        }
    }

    /** One latency, at first and once steady. */
    private static final class Series
    {
        private final String what;
        private final Histogram first = new Histogram(HIGHEST_NS, 3);
        private final Histogram steady = new Histogram(HIGHEST_NS, 3);
        private final List<Double> ratios = new ArrayList<>();

        Series(final String what)
        {
            this.what = what;
        }

        void add(final Histogram cold, final Histogram hot)
        {
            first.add(cold);
            steady.add(hot);
            ratios.add(cold.getValueAtPercentile(99) / (double)Math.max(1, hot.getValueAtPercentile(99)));
        }

        void report(final PrintStream out, final ResultFile result)
        {
            final double ratio = median(ratios);
            out.printf(Locale.ROOT, "  %-14s first ticks p50 %.0f us, p99 %.0f us, max %.0f us; steady p50 %.0f us, " +
                "p99 %.0f us, max %.0f us; p99 of the first / steady %.2f of %s (at most %.0f)%n", what,
                us(first, 50), us(first, 99), us(first, 100), us(steady, 50), us(steady, 99), us(steady, 100), ratio,
                texts(ratios), MOST);
            result.latency(what + ", first ticks", first).latency(what + ", steady", steady)
                .ratio(what + ", p99 of the first 1,000 ticks / steady", ratio, MOST, Better.LOWER);
        }

        private static double us(final Histogram histogram, final double percentile)
        {
            return histogram.getValueAtPercentile(percentile) / 1e3;
        }
    }

    private static double median(final List<Double> values)
    {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    private static List<String> texts(final List<Double> values)
    {
        return values.stream().map(value -> String.format(Locale.ROOT, "%.2f", value)).toList();
    }
}
