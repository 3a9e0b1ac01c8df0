package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.engine.Engine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.EmbeddedSimulators;
import org.lockstep.tools.run.LockstepProcess;
import org.lockstep.tools.run.ProcessSettings;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.TradingConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/**
 * One rehearsal: a simulator that outlives everything, lives of a Lockstep process that end abruptly but for the last,
 * faults at random, and at the end the comparison. All decisions are drawn from the seed; what they meet depends on the
 * timing of threads, so a failing seed fails again, but not always at the same order.
 */
final class Scenario
{
    private static final int MAX_CRASHES = 2;
    private static final int MAX_FAULTS = 3;
    private static final int LIFE_MS_MIN = 40;
    private static final int LIFE_MS_MAX = 160;
    private static final long LIVE_MS = 30_000;
    private static final long QUIESCE_NS = 30_000_000_000L;
    private static final int RATE = 400;
    private static final int PLENTY = 1_000_000;

    private final long seed;
    private final SplittableRandom random;
    private final LockstepConfig wanted;
    private final List<String> faults = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private final AtomicReference<Throwable> halt = new AtomicReference<>();
    private final Tempo tempo = new Tempo();
    private int crashes;
    private JsonNode books;
    private volatile boolean isAbandoned;

    /**
     * A scenario to be run.
     *
     * @param seed   reproduces it.
     * @param wanted bots, accounts and symbols of a configuration, or null for random orders.
     */
    Scenario(final long seed, final LockstepConfig wanted)
    {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.wanted = wanted;
    }

    ScenarioResult run() throws IOException, InterruptedException
    {
        final long startNs = System.nanoTime();
        final Path directory = Files.createTempDirectory("lockstep-rehearsal");
        final String threads = random.nextBoolean() ? "backoff" : "feed-loop";
        try (ExchangeSimulator simulator = BinanceSimulator.start(simulatorConfig()))
        {
            tempo.begin();
            final LockstepConfig config = config(directory, simulator, threads);
            final SimulatorControl control = new SimulatorControl(simulator.addresses().control());
            final int lives = random.nextInt(MAX_CRASHES + 1);
            for (int i = 0; i < lives && null == halt.get(); i++)
            {
                try (LockstepProcess process = open(config, simulator))
                {
                    live(process, control);
                    isAbandoned = true;
                    process.abandon();
                    crashes++;
                }
            }
            lastLife(config, simulator, control);
            verify(directory);
        }
        if (differences.isEmpty())
        {
            delete(directory);
        }
        else
        {
            differences.add("the journal is kept in " + directory);
        }
        int fills = 0;
        for (final JsonNode order : books.path("orders"))
        {
            fills += order.path("fills").size();
        }
        return new ScenarioResult(seed, List.copyOf(faults), crashes, books.path("orders").size(), fills,
            List.copyOf(differences), (System.nanoTime() - startNs) / 1e9);
    }

    /** An engine that is dropped while it works halts; that is none. */
    private void onHalt(final Throwable reason)
    {
        if (!isAbandoned)
        {
            halt.set(reason);
        }
    }

    private void lastLife(
        final LockstepConfig config, final ExchangeSimulator simulator, final SimulatorControl control)
        throws IOException, InterruptedException
    {
        final Engine engine;
        try (LockstepProcess process = open(config, simulator))
        {
            live(process, control);
            control.clear();
            if (!process.quiesce(QUIESCE_NS))
            {
                differences.add("it did not come to rest within " + QUIESCE_NS / 1_000_000_000L + " s: " +
                    process.states());
            }
            books = control.account(key(simulator).key());
            engine = process.engine();
        }
        if (null != halt.get())
        {
            differences.add("the engine halted: " + halt.get());
        }
        for (final LockstepConfig.Account account : config.accounts())
        {
            differences.addAll(Books.compare(engine, account.name(), books));
        }
    }

    /** Trades for a while, with faults at moments of their own. */
    private void live(final LockstepProcess process, final SimulatorControl control)
        throws IOException, InterruptedException
    {
        isAbandoned = false;
        process.start();
        final String missing = process.awaitLive(LIVE_MS);
        if (null != missing)
        {
            differences.add(missing);
        }
        final int count = random.nextInt(MAX_FAULTS + 1);
        pause();
        for (int i = 0; i < count; i++)
        {
            final String[] fault = FaultMix.draw(random);
            faults.add(fault[0]);
            control.fault(fault[1]);
            pause();
        }
        if (faults.contains("clock-skew"))
        {
            control.fault("{\"fault\":\"clock-skew\",\"ms\":0}");
        }
    }

    private void pause()
    {
        LockSupport.parkNanos(random.nextInt(LIFE_MS_MIN, LIFE_MS_MAX) * 1_000_000L);
    }

    private void verify(final Path directory)
    {
        final ReplayResult replay = new Replayer(directory, new Engine(), ReplayOptions.all()).run();
        if (!replay.verified() || null != replay.divergence())
        {
            differences.add("the journal does not replay to the same: " + replay.divergence());
        }
    }

    private LockstepProcess open(final LockstepConfig config, final ExchangeSimulator simulator) throws IOException
    {
        return LockstepProcess.open(config, "rehearsal", ReplayProgress.NONE, this::onHalt, new ProcessSettings(
            account -> EmbeddedSimulators.credentials(key(simulator)), Tempo.orderTimes(), Tempo.feedTimes(),
            tempo::clock, Tempo.JOURNAL_BLOCK_BYTES));
    }

    private static SimulatedKey key(final ExchangeSimulator simulator)
    {
        return simulator.addresses().key(1, SimulatedKey.HMAC);
    }

    private SimulatorConfig simulatorConfig()
    {
        final List<String> symbols = null == wanted ? List.of("BTCUSDT", "ETHUSDT") : wanted.venues().get(0).symbols();
        return SimulatorConfig.defaults()
            .withSymbols(symbols.toArray(new String[0]))
            .withSeed(seed, tempo.epochMs())
            .withSpeed(Tempo.SPEED)
            .withEventsPerSecond(RATE / Tempo.SPEED)
            .withLimits(PLENTY, SimulatorConfig.defaults().maxPendingBytes())
            .withTrading(TradingConfig.defaults().withAccounts(1)
                .withFees(new BigDecimal("0.001"), new BigDecimal("0.001")).withOrderLimits(PLENTY, PLENTY));
    }

    private LockstepConfig config(final Path directory, final ExchangeSimulator simulator, final String threads)
    {
        final LockstepConfig.VenueFeed venue = new LockstepConfig.VenueFeed("binance", simulator.symbols(),
            List.of("quote", "trade", "book"), simulator.addresses().rest(), simulator.addresses().stream(),
            simulator.addresses().api(), "the synthetic market", null);
        final LockstepConfig.Session session = new LockstepConfig.Session(
            null, false, Tempo.RECV_WINDOW_MS, 60_000_000_000L, PLENTY, PLENTY, random.nextBoolean());
        final String account = null == wanted ? "rehearsal" : wanted.accounts().get(0).name();
        final Map<String, String> parameters = null == wanted ? new TreeMap<>() : wanted.accounts().get(0).parameters();
        return new LockstepConfig(
            new LockstepConfig.Journal(directory, LockstepConfig.PAGE_CACHE, 50_000_000, "hour", false),
            new LockstepConfig.Engine(threads, seed, 1_000_000_000L, 8192, 256),
            List.of(venue),
            List.of(new LockstepConfig.Account(
                account, "admin", "binance", LockstepConfig.SIMULATOR, parameters, session)),
            null == wanted ? List.of(bot("one", account, "BTCUSDT"), bot("two", account, "ETHUSDT")) :
                wanted.bots().stream().filter(bot -> bot.account().equals(account)).toList(),
            null);
    }

    private LockstepConfig.Bot bot(final String name, final String account, final String symbol)
    {
        return new LockstepConfig.Bot(name, RandomTraderFactory.NAME, account, List.of("binance:" + symbol), true,
            new TreeMap<>(Map.of("seed", Integer.toString(random.nextInt(1, Integer.MAX_VALUE)))));
    }

    private static void delete(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
            {
                Files.deleteIfExists(file);
            }
        }
    }
}
