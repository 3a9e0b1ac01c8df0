package org.lockstep.benchmarks.latency;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;

/**
 * Market data to many clients: deliveries a second with a bounded number of messages on their way, processor time of
 * the server a delivery, latency at a fixed rate from the intended time of sending, memory per client; by the gateway
 * behind a running engine, and beside it the same bytes broadcast by bare Netty and by Node's {@code ws}; then by the
 * gateway, compressed. Lanes take turns, the better turn counts. Clients run in this process, on a thread of their own,
 * so that on few cores they take time from the server: its processor time is the steadier figure.
 */
public final class ClientFanOut
{
    private static final double LEAST_OF_NETTY = 0.7;
    private static final double LEAST_OF_NODE = 2;
    private static final double MOST_IDLE_KB = 20;
    private static final String GATEWAY = "lockstep gateway";
    private static final String NETTY = "bare Netty";
    private static final String NODE = "Node ws";
    private static final String DEFLATE = "gateway, deflate";

    private final PrintStream out;
    private final ResultFile result;
    private final SentTimes sent = new SentTimes();
    private final Map<String, List<FanOutTurn>> turns = new LinkedHashMap<>();
    private final int clients;
    private final int symbols;
    private final int messages;
    private final int rate;

    private ClientFanOut(
        final PrintStream out,
        final ResultFile result,
        final int clients,
        final int symbols,
        final int messages,
        final int rate)
    {
        this.out = out;
        this.result = result;
        this.clients = clients;
        this.symbols = symbols;
        this.messages = messages;
        this.rate = rate;
    }

    /**
     * Runs.
     *
     * @param args {@code clients=, symbols=, messages=, rate=, rounds=, node=} (1 = with Node), {@code json=}.
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
        final int rounds = (int)options.number("rounds", 2, 1, 100);
        final boolean withNode = 1 == options.number("node", 1, 0, 1);
        final String json = options.text("json", "");
        options.finish("clients, symbols, messages, rate, rounds, node, json");
        final ResultFile result = ResultFile.begin("fan-out", json).setting("clients", clients)
            .setting("symbols", symbols).setting("messages", messages).setting("ratePerSecond", rate)
            .setting("rounds", rounds);
        out.println(Host.describe());
        out.printf(Locale.ROOT,
            "%,d clients, %d symbols; %,d messages with at most %d on their way, then %d a second%n",
            clients, symbols, messages, FanOutTurn.WINDOW, rate);

        final ClientFanOut fanOut = new ClientFanOut(out, result, clients, symbols, messages, rate);
        for (int i = 0; i < rounds; i++)
        {
            fanOut.turn(new GatewayLane(symbols, fanOut.sent, false, timeNs -> { }));
            fanOut.turn(new NettyLane(fanOut.text()));
            fanOut.turn(withNode ? NodeLane.open(fanOut.text(), out) : null);
            fanOut.turn(new GatewayLane(symbols, fanOut.sent, true, timeNs -> { }));
            result.probe();
        }
        fanOut.compare();
        result.write();
        return fanOut.perSecond(GATEWAY);
    }

    private MessageText text()
    {
        return new MessageText(symbols, sent);
    }

    private void turn(final FanOutLane lane)
    {
        if (null == lane)
        {
            return;
        }
        try (lane)
        {
            final FanOutTurn turn = FanOutTurn.run(lane, sent, clients, messages, rate);
            turns.computeIfAbsent(lane.name(), name -> new ArrayList<>()).add(turn);
            out.printf(Locale.ROOT,
                "%-17s %,12.0f deliveries/s, %,6.0f ns of the server and %,4.0f B on the wire each", lane.name(),
                turn.perSecond(), turn.cpuNs(), turn.wireBytes());
            final Histogram latency = turn.latency();
            if (latency.getTotalCount() > 0)
            {
                out.printf(Locale.ROOT, "; latency p50 %,.0f us, p99 %,.0f us, p99.9 %,.0f us (%,d timed)",
                    latency.getValueAtPercentile(50) / 1e3, latency.getValueAtPercentile(99) / 1e3,
                    latency.getValueAtPercentile(99.9) / 1e3, latency.getTotalCount());
            }
            out.printf(Locale.ROOT, "; this process %,.0f B a client idle, %,.0f B busy%n",
                turn.idleBytes(), turn.busyBytes());
        }
    }

    private void compare()
    {
        turns.forEach((name, ofLane) ->
        {
            final FanOutTurn best = best(name);
            result.metric(name, "perSecond", best.perSecond()).metric(name, "serverCpuNs", cpuNs(name))
                .metric(name, "wireBytes", best.wireBytes()).metric(name, "idleBytesPerClient", idleBytes(name))
                .metric(name, "busyBytesPerClient", best.busyBytes());
            final Histogram latency = ofLane.stream().map(FanOutTurn::latency)
                .min(Comparator.comparingLong(histogram -> histogram.getValueAtPercentile(50))).orElseThrow();
            if (latency.getTotalCount() > 0)
            {
                result.latency(name, latency);
            }
        });
        against(NETTY, LEAST_OF_NETTY);
        if (turns.containsKey(NODE))
        {
            against(NODE, LEAST_OF_NODE);
        }
        // Node's memory is not this process's: what a client adds there is its own end, in every lane.
        final double ownEnd = turns.containsKey(NODE) ? idleBytes(NODE) : 0;
        out.printf(Locale.ROOT, "an idle client, without its own end of %,.0f B: gateway %,.0f B, " +
            "compressed %,.0f B, bare Netty %,.0f B%n", ownEnd, idleBytes(GATEWAY) - ownEnd,
            idleBytes(DEFLATE) - ownEnd, idleBytes(NETTY) - ownEnd);
        result.ratio("KB of an idle client", (idleBytes(GATEWAY) - ownEnd) / 1_000, MOST_IDLE_KB, Better.LOWER);
    }

    private void against(final String peer, final double least)
    {
        out.printf(Locale.ROOT, "gateway / %s: %.2f of the deliveries/s, %.2f of the server's processor time each%n",
            peer, perSecond(GATEWAY) / perSecond(peer), cpuNs(GATEWAY) / cpuNs(peer));
        result.ratio("deliveries / " + peer, perSecond(GATEWAY) / perSecond(peer), least, Better.HIGHER);
    }

    private FanOutTurn best(final String lane)
    {
        return turns.get(lane).stream().max(Comparator.comparingDouble(FanOutTurn::perSecond)).orElseThrow();
    }

    private double perSecond(final String lane)
    {
        return best(lane).perSecond();
    }

    private double cpuNs(final String lane)
    {
        return turns.get(lane).stream().mapToDouble(FanOutTurn::cpuNs).min().orElseThrow();
    }

    private double idleBytes(final String lane)
    {
        return turns.get(lane).stream().mapToDouble(FanOutTurn::idleBytes).min().orElseThrow();
    }
}
