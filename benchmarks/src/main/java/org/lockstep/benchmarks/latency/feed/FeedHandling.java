package org.lockstep.benchmarks.latency.feed;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.NodePackage;
import org.lockstep.benchmarks.latency.Options;
import org.lockstep.benchmarks.latency.socket.Pace;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;

/**
 * The same market data into clients that are each a process of its own over loopback: this engine (feed, books and a
 * bot; without a journal, as the others, and with it), XChange-stream and ccxt.pro; and bare Netty with its own
 * WebSocket codec, which decodes nothing: what arrives there late does so for everybody. First as fast as the client
 * reads: messages per second of its processor time. Then at a fixed rate: from when a trade was due to when it
 * reached the client's callback.
 */
public final class FeedHandling
{
    private static final long TIMEOUT_NS = 30_000_000_000L;
    private static final long TRICKLE_NS = 2_000_000;
    private static final long ASK_NS = 50_000_000;
    private static final String LOCKSTEP = "lockstep";
    private static final String JOURNALED = "lockstep-journal";
    private static final String NETTY = "netty";
    private static final double FLOOR_P50 = 1.25;
    private static final double FLOOR_P99 = 1.5;
    private static final long HIGHEST_NS = 600_000_000_000L;

    private final FeedVenue venue = new FeedVenue();
    private final Histogram latency = new Histogram(HIGHEST_NS, 3);
    private final Map<Long, Long> dueNs = new TreeMap<>();
    private Histogram lateness;
    private double perCpuSecond;
    private double perSecond;
    private double pacedPerCpuSecond;
    private String problem;

    private FeedHandling()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code seconds=} of each of three phases, {@code rate=} messages/s of the last, {@code clients=} with
     *             commas between, {@code json=}.
     * @throws InterruptedException if interrupted.
     */
    public static void main(final String... args) throws InterruptedException
    {
        run(System.out, args);
    }

    /**
     * Runs.
     *
     * @param out  takes the report.
     * @param args see {@link #main}.
     * @return trades that each client's callback got at the fixed rate.
     * @throws InterruptedException if interrupted.
     */
    public static Map<String, Long> run(final PrintStream out, final String... args) throws InterruptedException
    {
        final Options options = new Options(args);
        final long phaseNs = options.number("millis", 4_000, 1, 3_600_000) * 1_000_000;
        final long rate = options.number("rate", 10_000, 1, 1_000_000);
        final String[] clients = options.text("clients", "netty,lockstep,lockstep-journal,xchange,ccxt").split(",");
        final String json = options.text("json", "");
        options.finish("millis, rate, clients, json");
        final ResultFile result = ResultFile.begin("feed-handling", json)
            .setting("millis", phaseNs / 1_000_000).setting("ratePerSecond", rate);
        out.println(Host.describe());
        final Map<String, FeedHandling> runs = new TreeMap<>();
        for (final String client : clients)
        {
            result.probe();
            try (Scratch scratch = new Scratch())
            {
                final FeedHandling run = new FeedHandling();
                final List<String> command = run.command(client, scratch.path());
                if (null == command)
                {
                    out.println(client + " is left out: no Node here, or its package cannot be had");
                }
                else
                {
                    run.measure(command, scratch.path(), phaseNs, rate);
                    run.report(out, result, client, rate);
                    runs.put(client, run);
                }
            }
        }
        for (final String own : List.of(LOCKSTEP, JOURNALED))
        {
            floor(out, result, runs, own);
            compare(out, result, runs, own, "xchange", 5, 5);
            compare(out, result, runs, own, "ccxt", 20, 10);
        }
        result.write();
        final Map<String, Long> counts = new TreeMap<>();
        runs.forEach((client, run) -> counts.put(client, run.latency.getTotalCount()));
        return counts;
    }

    private List<String> command(final String client, final Path scratch)
    {
        final String file = scratch.resolve("arrivals.txt").toAbsolutePath().toString();
        return switch (client)
        {
            case LOCKSTEP -> ClientProcess.java(LockstepClient.class, true, venue.address(), file, "false");
            case JOURNALED -> ClientProcess.java(LockstepClient.class, true, venue.address(), file, "true");
            case NETTY -> ClientProcess.java(NettyClient.class, true, venue.address(), file);
            case "xchange" -> ClientProcess.java(XChangeClient.class, false, venue.address(), file);
            case "ccxt" -> NodePackage.command("ccxt@4.5.84", "ccxt-feed.js", venue.address(), file);
            default -> throw new IllegalArgumentException(
                "clients: found '" + client + "', allowed netty, lockstep, lockstep-journal, xchange, ccxt");
        };
    }

    private void measure(final List<String> command, final Path scratch, final long phaseNs, final long rate)
        throws InterruptedException
    {
        try (venue; ClientProcess process = new ClientProcess(command, Path.of("."), scratch.resolve("client.log")))
        {
            awaitReady(process);
            flood(process, phaseNs);
            final long startNs = System.nanoTime();
            final long before = process.cpuNs();
            final long sent = flood(process, phaseNs);
            perCpuSecond = sent * 1e9 / (process.cpuNs() - before);
            perSecond = sent * 1e9 / (System.nanoTime() - startNs);
            final long pacedBefore = process.cpuNs();
            pacedPerCpuSecond = paced(process, new Pace(rate, phaseNs)) * 1e9 / (process.cpuNs() - pacedBefore);
            process.stop();
            readArrivals(scratch.resolve("arrivals.txt"));
        }
        catch (final IllegalStateException | UncheckedIOException ex)
        {
            throw new IllegalStateException(ex.getMessage() + "; " + lastLines(scratch.resolve("client.log")), ex);
        }
    }

    /** Sends slowly until every kind of message has reached a callback. */
    private void awaitReady(final ClientProcess process)
    {
        final long startNs = System.nanoTime();
        long[] seen = null;
        long[] last = null;
        while (null == seen || seen[0] < 0)
        {
            if (System.nanoTime() - startNs > TIMEOUT_NS)
            {
                throw new IllegalStateException("in vain waited for trades, quotes and books to reach the client, " +
                    (venue.isSubscribed() ? "which has subscribed to all" : "which has not subscribed to all") +
                    "; last trade and counts of each: " + Arrays.toString(last));
            }
            venue.poll();
            if (venue.isSubscribed())
            {
                venue.send(true);
            }
            LockSupport.parkNanos(TRICKLE_NS);
            seen = process.seen();
            last = null == seen ? last : seen;
        }
    }

    /** Sends as fast as it is read; returns how many, once the last trade has reached its callback. */
    private long flood(final ClientProcess process, final long durationNs)
    {
        final long startNs = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - startNs < durationNs)
        {
            venue.send(false);
            count++;
        }
        venue.flush();
        awaitLast(process);
        return count;
    }

    private long paced(final ClientProcess process, final Pace pace)
    {
        long count = 0;
        pace.start(System.nanoTime());
        while (!pace.isDone())
        {
            final long nowNs = System.nanoTime();
            if (pace.isDue(nowNs))
            {
                final FeedKind kind = venue.nextKind();
                final long due = pace.next(nowNs);
                venue.send(true);
                if (FeedKind.TRADE == kind)
                {
                    dueNs.put(venue.lastTradeId() % FeedKind.MODULUS, due);
                }
                count++;
            }
        }
        problem = pace.problem();
        lateness = pace.lateness();
        awaitLast(process);
        return count;
    }

    private void awaitLast(final ClientProcess process)
    {
        final long startNs = System.nanoTime();
        final long last = venue.lastTradeId() % FeedKind.MODULUS;
        long[] seen = null;
        while (null == seen || seen[0] != last)
        {
            if (System.nanoTime() - startNs > TIMEOUT_NS)
            {
                throw new IllegalStateException("in vain waited for trade " + last + " to reach the client");
            }
            venue.poll();
            LockSupport.parkNanos(ASK_NS);
            seen = process.seen();
        }
    }

    private void readArrivals(final Path file)
    {
        try
        {
            for (final String line : Files.readAllLines(file))
            {
                final int space = line.indexOf(' ');
                final Long due = dueNs.get(Long.parseLong(line.substring(0, space)));
                if (null != due)
                {
                    latency.recordValue(Math.max(0, Long.parseLong(line.substring(space + 1)) - due));
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void report(final PrintStream out, final ResultFile result, final String client, final long rate)
    {
        out.printf(Locale.ROOT, "%-16s %,11.0f messages per CPU-second at full speed (%,.0f/s), %,.0f at %,d/s; " +
            "socket to callback at %,d/s: p50 %,.1f us, p99 %,.1f us, p99.9 %,.1f us " +
            "(%,d of %,d trades), sender late by p99 %,.1f us%s%n", client,
            perCpuSecond, perSecond, pacedPerCpuSecond, rate, rate, latency.getValueAtPercentile(50) / 1e3,
            latency.getValueAtPercentile(99) / 1e3, latency.getValueAtPercentile(99.9) / 1e3, latency.getTotalCount(),
            dueNs.size(), lateness.getValueAtPercentile(99) / 1e3,
            null == problem ? "" : "; not to be trusted: " + problem);
        result.metric(client, "messagesPerCpuSecond", perCpuSecond).metric(client, "perSecond", perSecond);
        result.latency(client + " @ " + rate, latency).metric(client + " @ " + rate, "ratePerSecond", rate)
            .metric(client + " @ " + rate, "senderLateP99Ns", lateness.getValueAtPercentile(99))
            .metric(client + " @ " + rate, "messagesPerCpuSecond", pacedPerCpuSecond);
        if (null != problem)
        {
            result.distrust(client + ": " + problem);
        }
    }

    private static void compare(
        final PrintStream out,
        final ResultFile result,
        final Map<String, FeedHandling> runs,
        final String lane,
        final String peer,
        final double leastWork,
        final double leastLatency)
    {
        final FeedHandling own = runs.get(lane);
        final FeedHandling other = runs.get(peer);
        if (null != own && null != other)
        {
            final double work = own.perCpuSecond / other.perCpuSecond;
            final double p99 =
                other.latency.getValueAtPercentile(99) / (double)Math.max(1, own.latency.getValueAtPercentile(99));
            out.printf(Locale.ROOT, "%s beside %s: %.1f times the messages per CPU-second (at least %.0f), p99 " +
                "%.1f times lower (at least %.0f)%n", lane, peer, work, leastWork, p99, leastLatency);
            final String what = JOURNALED.equals(lane) ? ", journaled" : "";
            result.ratio("messages per CPU-second / " + peer + what, work, leastWork, Better.HIGHER)
                .ratio(peer + " p99 socket to callback / lockstep" + what, p99, leastLatency, Better.HIGHER);
        }
    }

    private static void floor(
        final PrintStream out, final ResultFile result, final Map<String, FeedHandling> runs, final String lane)
    {
        final FeedHandling own = runs.get(lane);
        final FeedHandling floor = runs.get(NETTY);
        if (null != own && null != floor)
        {
            final double p50 = over(own, floor, 50);
            final double p99 = over(own, floor, 99);
            out.printf(Locale.ROOT, "%s beside bare Netty, which decodes nothing: p50 %.2f times (at most %.2f), p99 " +
                "%.2f times (at most %.2f), %.1f times the messages per CPU-second%n", lane, p50, FLOOR_P50, p99,
                FLOOR_P99, own.perCpuSecond / floor.perCpuSecond);
            final String what = JOURNALED.equals(lane) ? ", journaled" : "";
            result.ratio("socket to callback / bare Netty's, p50" + what, p50, FLOOR_P50, Better.LOWER)
                .ratio("socket to callback / bare Netty's, p99" + what, p99, FLOOR_P99, Better.LOWER);
        }
    }

    private static double over(final FeedHandling own, final FeedHandling floor, final double percentile)
    {
        return own.latency.getValueAtPercentile(percentile) /
            (double)Math.max(1, floor.latency.getValueAtPercentile(percentile));
    }

    private static String lastLines(final Path log)
    {
        try
        {
            final List<String> lines = new ArrayList<>(Files.readAllLines(log));
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        }
        catch (final IOException ex)
        {
            return "no log";
        }
    }
}
