package org.lockstep.benchmarks.latency;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

import org.HdrHistogram.Histogram;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;

/**
 * What clients cost the engine: the time of a tick, from when it was published to the bot having seen it, in turns with
 * nobody there; with thousands of clients on a bare Netty server in the same process; and with as many on the gateway.
 * Both servers send the same messages as often, to clients of which one in so many reads nothing while others speak
 * nonsense. So the machine is as busy in the last two, and what differs is what the gateway has to do with the engine.
 */
public final class ClientIsolation
{
    private static final double MOST_OF_BESIDE_NETTY = 1.1;
    private static final int SLOW_ONE_IN = 50;
    private static final int WARM_TICKS = 50_000;
    private static final int WARM_WINDOW = 500;
    private static final int TICKS = 1 << 16;
    private static final int CONFLATE_MS = 1_000;

    private final AtomicLongArray publishedNs = new AtomicLongArray(TICKS);
    private final SentTimes sent = new SentTimes();
    private final Histogram latency = new Histogram(3);
    private final PrintStream out;
    private final int clients;
    private final int symbols;
    private final int rate;
    private final int seconds;
    private volatile long firstTick = Long.MAX_VALUE;
    private volatile long seen;
    private long attacks;

    /** Who is there. */
    private enum Company
    {
        NOBODY, NETTY, GATEWAY
    }

    private ClientIsolation(
        final PrintStream out, final int clients, final int symbols, final int rate, final int seconds)
    {
        this.out = out;
        this.clients = clients;
        this.symbols = symbols;
        this.rate = rate;
        this.seconds = seconds;
    }

    /**
     * Runs.
     *
     * @param args {@code clients=, symbols=, rate=, seconds=, rounds=, json=}.
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
     * @return median of ticks beside the gateway over that beside bare Netty.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final int clients = (int)options.number("clients", 5_000, 1, 9_000);
        final int symbols = (int)options.number("symbols", 20, 1, 1_000);
        final int rate = (int)options.number("rate", 1_000, 10, 100_000);
        final int seconds = (int)options.number("seconds", 4, 1, 600);
        final int rounds = (int)options.number("rounds", 3, 1, 100);
        final String json = options.text("json", "");
        options.finish("clients, symbols, rate, seconds, rounds, json");
        final ResultFile result = ResultFile.begin("isolation", json).setting("clients", clients)
            .setting("symbols", symbols).setting("ratePerSecond", rate).setting("rounds", rounds);
        out.println(Host.describe());
        out.printf(Locale.ROOT, "%,d ticks a second; %,d clients get each of %d symbols once a second; one in %d " +
            "reads nothing, on the gateway it even wants every change; %d rounds of %d s%n",
            rate, clients, symbols, SLOW_ONE_IN, rounds, seconds);
        final ClientIsolation isolation = new ClientIsolation(out, clients, symbols, rate, seconds);
        final double inline = isolation.plan(result, rounds, false);
        final double own = isolation.plan(result, rounds, true);
        result.write();
        return Math.max(inline, own);
    }

    private double plan(final ResultFile result, final int rounds, final boolean hasOwnThread)
    {
        final String plan = hasOwnThread ? "engine on a thread of its own" : "engine on the feed's thread";
        final Map<Company, Histogram> all = new EnumMap<>(Company.class);
        final Map<Company, double[]> medians = new EnumMap<>(Company.class);
        for (final Company company : Company.values())
        {
            all.put(company, new Histogram(3));
            medians.put(company, new double[rounds]);
        }
        seen = 0;
        firstTick = Long.MAX_VALUE;
        attacks = 0;
        try (GatewayLane lane = new GatewayLane(symbols, sent, false, this::onQuote))
        {
            if (hasOwnThread)
            {
                lane.startEngine();
            }
            warm(lane);
            for (int i = 0; i < rounds; i++)
            {
                for (int j = 0; j < Company.values().length; j++)
                {
                    final Company company = Company.values()[(i + j) % Company.values().length];
                    final double perSecond = round(lane, company);
                    medians.get(company)[i] = latency.getValueAtPercentile(50);
                    all.get(company).add(latency);
                    out.printf(Locale.ROOT, "  %-8s median %,8d ns, p99 %,10d ns; %,9.0f deliveries/s%n", company,
                        latency.getValueAtPercentile(50), latency.getValueAtPercentile(99), perSecond);
                }
                result.probe();
            }
            final double ratio = median(medians.get(Company.GATEWAY)) / median(medians.get(Company.NETTY));
            out.printf(Locale.ROOT, "%s: tick to bot, median of %d rounds' medians: %,.0f ns with nobody there, " +
                "%,.0f ns beside bare Netty, %,.0f ns beside the gateway: %.2f of bare Netty's, %.2f of nobody's; " +
                "%d ticks found the ring full, %,d values were put off for slow clients, %,d attacks%n", plan, rounds,
                median(medians.get(Company.NOBODY)), median(medians.get(Company.NETTY)),
                median(medians.get(Company.GATEWAY)), ratio,
                median(medians.get(Company.GATEWAY)) / median(medians.get(Company.NOBODY)), lane.refused(),
                lane.stat("valuesDeferred"), attacks);
            all.forEach((company, histogram) -> result.latency(
                plan + ", beside " + company.name().toLowerCase(Locale.ROOT), histogram));
            final String thread = hasOwnThread ? "own thread" : "feed's thread";
            result.ratio("tick to bot, clients of gateway / of Netty, " + thread, ratio,
                MOST_OF_BESIDE_NETTY, Better.LOWER).ratio("ticks that found the ring full, " + thread,
                lane.refused(), 0, Better.LOWER);
            return ratio;
        }
    }

    /** One turn; returns deliveries a second. */
    private double round(final GatewayLane lane, final Company company)
    {
        if (Company.NOBODY == company)
        {
            ticks(lane, null);
            return 0;
        }
        try (NettyLane netty = new NettyLane(new MessageText(symbols, sent)); Swarm swarm = new Swarm(sent))
        {
            final FanOutLane server = Company.NETTY == company ? netty : lane;
            swarm.connect(server.port(), clients, server.headers(),
                Company.NETTY == company ? null : GatewayLane.subscribe(CONFLATE_MS), SLOW_ONE_IN,
                Company.NETTY == company ? null : lane.subscribe());
            FanOutTurn.quiet(swarm);
            try (Nuisance nuisance = new Nuisance(server.port()))
            {
                final long before = swarm.received();
                ticks(lane, Company.NETTY == company ? netty : null);
                attacks += nuisance.attacks();
                return (swarm.received() - before) / (double)seconds;
            }
        }
    }

    /** Ticks at a fixed rate; each second the other server sends as the gateway does. */
    private void ticks(final GatewayLane lane, final FanOutLane other)
    {
        final long intervalNs = 1_000_000_000L / rate;
        long intendedNs = System.nanoTime();
        firstTick = lane.ticks() + 1;
        latency.reset();
        for (int i = 0; i < rate * seconds; i++)
        {
            intendedNs += intervalNs;
            FanOutTurn.awaitTime(intendedNs);
            tick(lane);
            for (int j = 0; null != other && 0 == i % rate && j < symbols; j++)
            {
                other.send(intendedNs);
            }
        }
        Swarm.await("the bot has seen all ticks", () -> seen + lane.refused() >= lane.ticks());
    }

    /** The engine alone, as fast as it goes: what follows is not to measure its compiler. */
    private void warm(final GatewayLane lane)
    {
        for (int i = 0; i < WARM_TICKS; i++)
        {
            tick(lane);
            if (lane.ticks() - lane.refused() - seen > WARM_WINDOW)
            {
                Swarm.await("the bot has seen all ticks", () -> seen + lane.refused() >= lane.ticks());
            }
        }
    }

    private void tick(final GatewayLane lane)
    {
        final long nowNs = System.nanoTime();
        publishedNs.lazySet((int)(lane.ticks() + 1) & TICKS - 1, nowNs);
        lane.send(nowNs);
    }

    /** Runs on whichever thread runs the engine. */
    private void onQuote(final long timeNs)
    {
        final long tick = GatewayLane.tickAt(timeNs);
        if (tick >= firstTick)
        {
            latency.recordValue(System.nanoTime() - publishedNs.get((int)tick & TICKS - 1));
        }
        seen = seen + 1;
    }

    private static double median(final double[] values)
    {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
