package org.lockstep.benchmarks.peers;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.Options;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.engine.strategy.Strategies;

/**
 * A thousand bots on fifty symbols in one engine: what an event costs by the number of bots that asked for its symbol,
 * what bots on other symbols add to that, and how much memory a bot takes. Events are two quotes to one trade.
 */
public final class ManyBots
{
    private static final int[] SUBSCRIBERS = {1, 2, 20, 100};
    private static final double MAX_IDLE_RATIO = 1.1;
    private static final double MAX_BOT_BYTES = 20 * 1024;

    private final PrintStream out;
    private final ResultFile result;
    private final int events;
    private final int rounds;
    private final int bots;
    private final int symbols;

    private ManyBots(final PrintStream out, final ResultFile result, final int... sizes)
    {
        this.out = out;
        this.result = result;
        events = sizes[0];
        rounds = sizes[1];
        bots = sizes[2];
        symbols = sizes[3];
    }

    /**
     * Runs.
     *
     * @param args {@code events=} a round, {@code rounds=} of each lane, {@code bots=}, {@code symbols=},
     *             {@code json=}.
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
     * @return bytes of a bot that has traded.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final int events = (int)options.number("events", 1_000_000, 1_000, 1_000_000_000);
        final int rounds = (int)options.number("rounds", 7, 1, 1_000);
        final int bots = (int)options.number("bots", 1_000, 100, 4_000);
        final int symbols = (int)options.number("symbols", 50, 2, 1_000);
        final ResultFile result = ResultFile.begin("many-bots", options.text("json", ""));
        options.finish("events, rounds, bots, symbols, json");

        out.println(Host.describe());
        result.setting("bots", bots).setting("symbols", symbols).setting("eventsPerRound", events);
        final ManyBots program = new ManyBots(out, result, events, rounds, bots, symbols);
        program.costs();
        final double bytes = program.memory();
        result.write();
        return bytes;
    }

    /** Lanes take turns, and each shows its best round: what another process takes away is not the engine's. */
    private void costs()
    {
        final List<BotFarm> farms = new ArrayList<>();
        farms.add(farm(1, 0));
        for (final int subscribers : SUBSCRIBERS)
        {
            farms.add(farm(subscribers, bots - subscribers));
        }
        final double[] bestNs = new double[farms.size()];
        for (int round = 0; round <= rounds; round++)
        {
            result.probe();
            for (int i = 0; i < bestNs.length; i++)
            {
                // With a hundred subscribers a tenth of the events takes as long.
                final double ns = farms.get(i).run(i == bestNs.length - 1 ? events / 10 : events);
                bestNs[i] = round < 2 ? ns : Math.min(bestNs[i], ns);
            }
        }
        out.printf("%-44s %12s %14s%n", "events of one symbol", "ns/event", "ns/subscriber");
        show("1 subscriber, no other bot", bestNs[0], 1);
        for (int i = 0; i < SUBSCRIBERS.length; i++)
        {
            show("%d subscribers, %,d bots elsewhere".formatted(SUBSCRIBERS[i], bots - SUBSCRIBERS[i]),
                bestNs[i + 1], SUBSCRIBERS[i]);
        }
        final double idle = bestNs[1] / bestNs[0];
        out.printf("%,d idle bots: x %.3f of the cost with none%n", bots - 1, idle);
        result.ratio("cost per event, 999 idle bots / none", idle, MAX_IDLE_RATIO, Better.LOWER);
        final double perBotNs = (bestNs[4] - bestNs[1]) / (SUBSCRIBERS[3] - 1);
        result.metric("a further subscriber", "costNs", perBotNs);
        out.printf("each further subscriber: %.1f ns%n", perBotNs);

        final BotFarm whole = farms.get(2);
        final double allNs = Math.min(whole.runAll(events), whole.runAll(events));
        out.printf("events of all symbols in turn, %d bots each: %.1f ns%n", bots / symbols, allNs);
        result.metric("all symbols", "costNs", allNs).metric("all symbols", "perSecond", 1e9 / allNs);
        final double hashNs = Math.min(whole.hashNs(), whole.hashNs());
        out.printf("one state hash of %,d bots: %.0f us%n", bots, hashNs / 1e3);
        result.metric("state hash", "costNs", hashNs);
    }

    private void show(final String label, final double ns, final int subscribers)
    {
        out.printf("  %-42s %12.1f %14.1f%n", label, ns, ns / subscribers);
        result.metric(label, "costNs", ns).metric(label, "subscribers", subscribers);
    }

    private BotFarm farm(final int subscribers, final int others)
    {
        return new BotFarm(TrivialBot.strategies(), TrivialBot.NAME, symbols).bots(subscribers, others);
    }

    /** Heap after collection, before and after the bots, in an engine that has its symbols. */
    private double memory()
    {
        final double idle = bytesOf(TrivialBot.strategies(), TrivialBot.NAME, 0);
        final double traded = bytesOf(Strategies.load(), "crossover", 4_000);
        out.printf("a bot takes %,.0f bytes, one that averages and has traded %,.0f bytes%n", idle, traded);
        result.metric("bot", "bytes", idle).metric("bot with averages and orders", "bytes", traded);
        result.ratio("KiB a bot", traded / 1024, MAX_BOT_BYTES / 1024, Better.LOWER);
        return traded;
    }

    private double bytesOf(final Strategies strategies, final String strategy, final int eventsPerSymbol)
    {
        final BotFarm farm = new BotFarm(strategies, strategy, symbols);
        final BotFarm bare = new BotFarm(strategies, strategy, symbols);
        farm.runAll(eventsPerSymbol * symbols);
        final long before = Heap.usedBytes();
        farm.bots(bots / symbols, bots - bots / symbols);
        farm.runAll(eventsPerSymbol * symbols);
        final long after = Heap.usedBytes();
        if (eventsPerSymbol > 0)
        {
            farm.checkTraded();
        }
        // Both are alive until here, so that neither could be collected in between.
        return 0 == bare.botCount() ? (after - before) / (double)farm.botCount() : Double.NaN;
    }
}
