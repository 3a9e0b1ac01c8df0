package org.lockstep.benchmarks.latency;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.PooledByteBufAllocator;
import org.HdrHistogram.Histogram;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;

/**
 * Market data to many clients: deliveries a second with a bounded number of messages on their way, latency at a fixed
 * rate from the intended time of sending, memory per client; by the gateway behind a running engine, and beside it the
 * same bytes broadcast by bare Netty and by Node's {@code ws}. Then what the clients cost the engine: the time of a
 * tick to its bot with nobody and with everybody connected. Clients run in this process, on a thread of their own.
 */
public final class ClientFanOut
{
    private static final int WINDOW = 8;
    private static final int WARM_MESSAGES = 200;
    private static final double LEAST_OF_NETTY = 0.7;
    private static final double LEAST_OF_NODE = 2;
    private static final double MOST_IDLE_KB = 20;
    private static final double MOST_OF_ALONE = 1.1;
    private static final int SLOW_ONE_IN = 50;
    private static final int WARM_TICKS = 20_000;

    private ClientFanOut()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code clients=, symbols=, messages=, rate=, node=} (1 = with Node), {@code json=}.
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
     * @return deliveries a second of the gateway.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final int clients = (int)options.number("clients", 5_000, 1, 9_000);
        final int symbols = (int)options.number("symbols", 20, 1, 1_000);
        final int messages = (int)options.number("messages", 400, 10, 1_000_000);
        final int rate = (int)options.number("rate", 20, 1, 100_000);
        final boolean withNode = 1 == options.number("node", 1, 0, 1);
        final String json = options.text("json", "");
        options.finish("clients, symbols, messages, rate, node, json");
        final ResultFile result = ResultFile.begin("fan-out", json).setting("clients", clients)
            .setting("symbols", symbols).setting("messages", messages).setting("ratePerSecond", rate);
        out.println(Host.describe());
        out.printf(Locale.ROOT,
            "%,d clients, %d symbols; %,d messages with at most %d on their way, then %d a second%n",
            clients, symbols, messages, WINDOW, rate);

        final SentTimes sent = new SentTimes();
        final double gateway = lane(out, result, new GatewayLane(symbols, sent), sent, clients, messages, rate);
        final double netty =
            lane(out, result, new NettyLane(new MessageText(symbols, sent)), sent, clients, messages, rate);
        out.printf(Locale.ROOT, "gateway / bare Netty: %.2f%n", gateway / netty);
        final NodeLane node = withNode ? NodeLane.open(new MessageText(symbols, sent), out) : null;
        if (null != node)
        {
            final double ws = lane(out, result, node, sent, clients, messages, rate);
            out.printf(Locale.ROOT, "gateway / Node ws: %.2f%n", gateway / ws);
            result.ratio("deliveries / Node ws", gateway / ws, LEAST_OF_NODE, Better.HIGHER);
        }
        result.ratio("deliveries / bare Netty", gateway / netty, LEAST_OF_NETTY, Better.HIGHER);
        isolation(out, result, sent, clients, symbols, rate);
        result.write();
        return gateway;
    }

    private static double lane(
        final PrintStream out,
        final ResultFile result,
        final FanOutLane lane,
        final SentTimes sent,
        final int clients,
        final int messages,
        final int rate)
    {
        try (lane; Swarm swarm = new Swarm(sent))
        {
            final long before = usedBytes();
            swarm.connect(lane.port(), clients, lane.token(), lane.subscribe());
            final double idle = (usedBytes() - before) / (double)clients;
            burst(lane, swarm, clients, WARM_MESSAGES);
            final long startNs = System.nanoTime();
            burst(lane, swarm, clients, messages);
            final double perSecond = (double)messages * clients / ((System.nanoTime() - startNs) / 1e9);
            final double busy = (usedBytes() - before) / (double)clients;
            swarm.reset();
            paced(lane, rate, Math.max(rate * 3, 30), null);
            final Histogram latency = settled(swarm);
            out.printf(Locale.ROOT,
                "%-17s %,12.0f deliveries/s; latency p50 %,.0f us, p99 %,.0f us, p99.9 %,.0f us (%,d timed); " +
                "heap and buffers per client, both ends: %,.0f B idle, %,.0f B busy%n", lane.name(), perSecond,
                latency.getValueAtPercentile(50) / 1e3, latency.getValueAtPercentile(99) / 1e3,
                latency.getValueAtPercentile(99.9) / 1e3, latency.getTotalCount(), idle, busy);
            result.latency(lane.name(), latency).metric(lane.name(), "perSecond", perSecond)
                .metric(lane.name(), "idleBytesPerClient", idle).metric(lane.name(), "busyBytesPerClient", busy);
            if (lane instanceof GatewayLane)
            {
                result.ratio("KB of an idle client, both ends", idle / 1_000, MOST_IDLE_KB, Better.LOWER);
            }
            return perSecond;
        }
    }

    /** Sends as fast as all clients together keep up with. */
    private static void burst(final FanOutLane lane, final Swarm swarm, final int clients, final int messages)
    {
        final long before = quiet(swarm);
        for (int i = 0; i < messages; i++)
        {
            lane.send(System.nanoTime());
            final long least = before + (long)(i + 1 - WINDOW) * clients;
            Swarm.await("message " + i + " has arrived", () -> swarm.received() >= least);
        }
        Swarm.await("all have arrived", () -> swarm.received() >= before + (long)messages * clients);
    }

    /** The engine alone, as fast as it goes: what follows is not to measure its compiler. */
    private static void warm(final FanOutLane lane)
    {
        for (int i = 0; i < WARM_TICKS; i++)
        {
            lane.send(System.nanoTime());
        }
    }

    private static void paced(final FanOutLane lane, final int rate, final int messages, final Histogram cost)
    {
        final long intervalNs = 1_000_000_000L / rate;
        long intendedNs = System.nanoTime();
        for (int i = 0; i < messages; i++)
        {
            intendedNs += intervalNs;
            while (intendedNs - System.nanoTime() > 0)
            {
                LockSupport.parkNanos(Math.max(1, (intendedNs - System.nanoTime()) / 2));
            }
            final long startNs = System.nanoTime();
            lane.send(intendedNs);
            if (null != cost)
            {
                cost.recordValue(System.nanoTime() - startNs);
            }
        }
    }

    /**
     * Ring, journal, engine and bot on one thread: the time from publishing a tick to the bot having seen it, alone,
     * then with all clients, of which one in fifty has stopped reading while others speak nonsense.
     */
    private static void isolation(
        final PrintStream out,
        final ResultFile result,
        final SentTimes sent,
        final int clients,
        final int symbols,
        final int rate)
    {
        final int ticks = Math.max(rate * 5, 300);
        final Histogram alone = new Histogram(3);
        final Histogram beside = new Histogram(3);
        final long attacks;
        try (GatewayLane lane = new GatewayLane(symbols, sent); Swarm swarm = new Swarm(sent))
        {
            warm(lane);
            paced(lane, rate, ticks, alone);
            swarm.connect(lane.port(), clients, lane.token(), lane.subscribe());
            quiet(swarm);
            swarm.slow(SLOW_ONE_IN);
            result.probe();
            try (Nuisance nuisance = new Nuisance(lane.port()))
            {
                paced(lane, rate, ticks, beside);
                attacks = nuisance.attacks();
            }
        }
        final double ratio = beside.getValueAtPercentile(50) / (double)alone.getValueAtPercentile(50);
        out.printf(Locale.ROOT, "tick to bot, at %d a second: median %,d ns alone, %,d ns with %,d clients (%.2f), " +
            "one in %d of them not reading, and %d attacks%n", rate, alone.getValueAtPercentile(50),
            beside.getValueAtPercentile(50), clients, ratio, SLOW_ONE_IN, attacks);
        result.latency("tick to bot alone", alone).latency("tick to bot beside clients", beside)
            .ratio("tick to bot beside clients / alone, median", ratio, MOST_OF_ALONE, Better.LOWER);
    }

    /** Waits until nothing more arrives; returns how many have. */
    private static long quiet(final Swarm swarm)
    {
        long before = -1;
        while (before != swarm.received())
        {
            before = swarm.received();
            LockSupport.parkNanos(200_000_000L);
        }
        return before;
    }

    private static Histogram settled(final Swarm swarm)
    {
        quiet(swarm);
        return swarm.latency();
    }

    private static long usedBytes()
    {
        for (int i = 0; i < 3; i++)
        {
            System.gc();
        }
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() +
            PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
