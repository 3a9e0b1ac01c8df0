package org.lockstep.benchmarks.peers;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.Map;

import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.Options;
import org.lockstep.benchmarks.peers.flow.FlowMaker;
import org.lockstep.benchmarks.peers.flow.OrderFlow;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;

/**
 * The paper venue and exchange-core on the same seeded flow of orders: once the matching alone, called directly, and
 * once all of it, with risk and reports. All of it is compared by the CPU time that the whole process took, since the
 * peer works on five threads and the engine on one.
 * <p>
 * The models differ: exchange-core holds every order of the market, the paper venue sees of the market's only what
 * became public, and keeps ours. Both must execute the same orders of ours for the same quantity, and the run ends with
 * an error when one does not; the trades of the market with itself are exchange-core's alone.
 */
public final class MatchingPeers
{
    private static final double TARGET = 1;

    private final PrintStream out;
    private final ResultFile result;

    private MatchingPeers(final PrintStream out, final ResultFile result)
    {
        this.out = out;
        this.result = result;
    }

    /**
     * Runs.
     *
     * @param args {@code commands=} of the flow, {@code symbols=} of the second flow, {@code resting=} orders of
     *             ours in each symbol, {@code rounds=} of each lane at least, and for {@code millis=} at least,
     *             {@code seed=}, {@code wait=} strategies of exchange-core, of which the better counts, {@code json=}.
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
     * @return executions of our orders in the flow of one symbol.
     */
    public static long run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final int commands = (int)options.number("commands", 1_000_000, 1_000, 20_000_000);
        final int symbols = (int)options.number("symbols", 50, 2, 100);
        final int resting = (int)options.number("resting", 100, 1, 10_000);
        final int rounds = (int)options.number("rounds", 5, 1, 1_000);
        final long seed = options.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
        final String wait = options.text("wait", "YIELDING,BLOCKING");
        final long millis = options.number("millis", 2_500, 0, 600_000);
        final ResultFile result = ResultFile.begin("matching", options.text("json", ""));
        options.finish("commands, symbols, resting, rounds, millis, seed, wait, json");

        out.println(Host.describe());
        result.setting("commands", commands).setting("symbols", symbols).setting("resting", resting)
            .setting("seed", seed).setting("wait", wait);
        final MatchingPeers peers = new MatchingPeers(out, result);
        final long fills = peers.compare(seed, commands, 1, resting, rounds, millis, wait);
        peers.compare(seed, commands, symbols, Math.max(1, resting / 10), rounds, millis, wait);
        result.write();
        return fills;
    }

    private long compare(
        final long seed,
        final int commands,
        final int symbols,
        final int resting,
        final int rounds,
        final long millis,
        final String wait)
    {
        final OrderFlow flow = FlowMaker.make(seed, commands, symbols, resting);
        final String of = ", %d symbol%s".formatted(symbols, 1 == symbols ? "" : "s");
        out.printf("%,d commands%s, %d of our orders and %d of the market's at rest in each: %,d trades of %,d lots, " +
            "%,d executions of ours of %,d lots%n", flow.count(), of, resting, 10 * resting, flow.trades(),
            flow.tradedQuantity(), flow.ownFills(), flow.ownQuantity());
        result.probe();
        final Rates books = Rates.best(flow.count(), rounds, millis, new PaperBooks(flow, symbols)::run);
        final Rates engine = Rates.best(flow.count(), rounds, millis, new PaperEngine(flow, symbols)::run);
        result.probe();
        final Map<String, Rates> peer = ExchangeCorePeer.run(seed, commands, symbols, resting, rounds, millis, wait);
        result.probe();
        final Rates peerBooks = peer.remove("book");
        final Rates whole = peer.values().stream().max(Comparator.comparing(Rates::perCpuSecond)).orElseThrow();
        show("paper venue, matching" + of, books);
        show("exchange-core, matching" + of, peerBooks);
        show("engine with paper account" + of, engine);
        show("exchange-core, whole" + of, whole);
        // One thread each, so the clock says it more finely than the kernel's account of CPU time.
        ratio("matching, paper venue / exchange-core" + of, books.perSecond() / peerBooks.perSecond());
        ratio("engine with paper account / exchange-core" + of, engine.perCpuSecond() / whole.perCpuSecond());
        return flow.ownFills();
    }

    private void show(final String lane, final Rates rates)
    {
        out.printf("  %-44s %,12.0f a second %,12.0f a CPU-second%n", lane, rates.perSecond(), rates.perCpuSecond());
        result.metric(lane, "perSecond", rates.perSecond()).metric(lane, "perCpuSecond", rates.perCpuSecond());
    }

    private void ratio(final String name, final double ratio)
    {
        out.printf("  %-44s x %.2f%n", name, ratio);
        result.ratio(name, ratio, TARGET, Better.HIGHER);
    }
}
