package org.lockstep.tools.warm;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.lockstep.gateway.venue.HmacCredentials;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.LockstepProcess;
import org.lockstep.tools.run.ProcessSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the JVM compile what handles ticks and orders, before the first real ones come: runs a second process of the
 * same make (feed, ring, journal, engine, the configured bots, order entry) on a journal in a temporary directory and
 * against a {@link WarmVenue}, then throws it away. It shares no object with the real one, nor a journal, a port, a key
 * or a counter, and its log lines are dropped. It ends when the compilers have come to rest, at the latest when it
 * has traded for the configured time, or has not connected within it; that it fails is no reason not to start.
 * <p>
 * Threading: begun and closed by the main thread; all its threads belong to a group of their own.
 */
public final class WarmUp implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String ACCOUNT = "warm-up";
    private static final int BLOCK_BYTES = 1 << 20;
    private static final BinanceFeedConfig.Times IMPATIENT = new BinanceFeedConfig.Times(1, 1_000, 60_000, 15_000, 50,
        1_000, 30_000, 2_000, 2_000, TimeUnit.HOURS.toMillis(23), 5_000, 1, 50, 1_000, 60_000,
        TimeUnit.DAYS.toMillis(1));
    private static final int MAX_SYMBOLS = 4;
    private static final int MAX_BOTS = 100;
    private static final int MAX_ORDERS = 2_000;
    private static final long MIN_MESSAGES = 10_000;
    private static final long LOOK_NS = 50_000_000;
    private static final long QUIET_MS = 5;
    private static final long CLOSE_MS = 5_000;

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final LockstepConfig config;
    private final String build;
    private final Path parent;
    private final Thread thread;
    private volatile boolean isToEnd;
    private long messages;
    private long orders;
    private long liveMs;
    private long tookMs;

    private WarmUp(final LockstepConfig config, final String build, final Path parent)
    {
        this.parent = parent;
        this.config = config;
        this.build = build;
        thread = new Thread(WarmThreads.GROUP, this::run, "warm-up");
        thread.setDaemon(true);
    }

    /**
     * Begins, if the configuration wants one. The real journal should be open by now: initialising the same libraries
     * on two threads at once is asking for trouble.
     *
     * @param config of the real process.
     * @param build  version of the software.
     * @return it, at work.
     */
    public static WarmUp begin(final LockstepConfig config, final String build)
    {
        return begin(config, build, Path.of(System.getProperty("java.io.tmpdir")));
    }

    static WarmUp begin(final LockstepConfig config, final String build, final Path parent)
    {
        final WarmUp warmUp = new WarmUp(config, build, parent);
        if (0 == config.engine().warmUpNs() || config.venues().isEmpty())
        {
            warmUp.done.complete(null);
        }
        else
        {
            warmUp.thread.start();
        }
        return warmUp;
    }

    /** @return completes, never with a failure, when the process may go live. */
    public CompletableFuture<Void> done()
    {
        return done;
    }

    /** Messages that its engine was sent; once done. */
    long messages()
    {
        return messages;
    }

    /** Orders that reached its venue; once done. */
    long orders()
    {
        return orders;
    }

    /** @return what it did, in words, once done. */
    @Override
    public String toString()
    {
        return 0 == tookMs ? "no warm-up" :
            String.format(Locale.ROOT, "warm-up of %d ms, %d of them to connect, with %,d messages and %,d orders",
                tookMs, liveMs, messages, orders);
    }

    /** Ends it early, and waits until nothing of it is left. */
    @Override
    public void close()
    {
        isToEnd = true;
        try
        {
            thread.join(CLOSE_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void run()
    {
        final long startNs = System.nanoTime();
        Path directory = null;
        try
        {
            directory = Files.createTempDirectory(parent, "lockstep-warm-up");
            trade(directory, startNs);
        }
        catch (final IOException | RuntimeException | LinkageError ex)
        {
            WarmThreads.tell(() ->
                LOG.warn("the warm-up was given up, the first ticks will be slow: {}", ex.toString()));
        }
        finally
        {
            tookMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
            done.complete(null);
            delete(directory);
        }
    }

    private void trade(final Path directory, final long startNs) throws IOException
    {
        final LockstepProcess[] process = new LockstepProcess[1];
        final LockstepConfig.VenueFeed feed = feed(config.venues().get(0));
        try (WarmVenue venue = new WarmVenue(
            feed, () -> null == process[0] ? 0 : process[0].inputs(), MAX_ORDERS))
        {
            process[0] = LockstepProcess.open(pretended(directory, feed, venue.address()), build,
                (sequence, last) -> { }, ex -> { }, ProcessSettings.of(account -> new HmacCredentials(
                    ACCOUNT.getBytes(StandardCharsets.US_ASCII), ACCOUNT.getBytes(StandardCharsets.US_ASCII)))
                    .with(IMPATIENT, BLOCK_BYTES, WarmBot::strategies));
            try
            {
                process[0].start();
                final long limitNs = config.engine().warmUpNs();
                final String missing = process[0].awaitLive(TimeUnit.NANOSECONDS.toMillis(limitNs));
                liveMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
                if (null == missing)
                {
                    venue.send();
                    awaitCompiled(venue, System.nanoTime() + limitNs);
                }
                else if (!isToEnd)
                {
                    WarmThreads.tell(() -> LOG.warn("the warm-up came to nothing: {}", missing));
                }
                messages = venue.sent();
                orders = venue.orders();
            }
            finally
            {
                process[0].abandon();
            }
        }
    }

    /** Until the compilers have little to do any more. */
    private void awaitCompiled(final WarmVenue venue, final long deadlineNs)
    {
        final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        final boolean isTold = null != compilers && compilers.isCompilationTimeMonitoringSupported();
        long compiledMs = isTold ? compilers.getTotalCompilationTime() : 0;
        long spentMs = Long.MAX_VALUE;
        while (!isToEnd && System.nanoTime() - deadlineNs < 0 && (spentMs > QUIET_MS || venue.sent() < MIN_MESSAGES))
        {
            LockSupport.parkNanos(Math.min(LOOK_NS, Math.max(1, deadlineNs - System.nanoTime())));
            final long beforeMs = compiledMs;
            compiledMs = isTold ? compilers.getTotalCompilationTime() : Long.MAX_VALUE;
            spentMs = isTold ? compiledMs - beforeMs : Long.MAX_VALUE;
        }
    }

    private static LockstepConfig.VenueFeed feed(final LockstepConfig.VenueFeed wanted)
    {
        final List<String> streams = new ArrayList<>(wanted.streams());
        if (!streams.contains("quote"))
        {
            streams.add("quote");
        }
        return new LockstepConfig.VenueFeed(wanted.venue(),
            wanted.symbols().subList(0, Math.min(MAX_SYMBOLS, wanted.symbols().size())), streams, null, null, "");
    }

    /** The same bots on paper, and one that sends orders where the real process would. */
    private LockstepConfig pretended(
        final Path directory, final LockstepConfig.VenueFeed feed, final String address)
    {
        final LockstepConfig.Journal journal = config.journal();
        final LockstepConfig.Engine engine = config.engine();
        final boolean hasSession = config.accounts().stream().anyMatch(LockstepConfig.Account::hasSession);
        final List<LockstepConfig.Account> accounts = new ArrayList<>();
        accounts.add(new LockstepConfig.Account(ACCOUNT, ACCOUNT, feed.venue(),
            hasSession ? LockstepConfig.SIMULATOR : LockstepConfig.PAPER, unlimited(Map.of("balance", "1000000000")),
            new LockstepConfig.Session(ACCOUNT, true, 5_000, TimeUnit.HOURS.toNanos(1), 1_000_000, 1_000_000, false)));
        config.accounts().stream().filter(account -> account.venue().equals(feed.venue()))
            .map(account -> new LockstepConfig.Account(account.name() + "-" + ACCOUNT, account.owner(),
                account.venue(), LockstepConfig.PAPER, account.parameters())).forEach(accounts::add);
        final List<String> symbols = feed.symbols().stream().map(symbol -> feed.venue() + ':' + symbol).toList();
        final List<LockstepConfig.Bot> bots = new ArrayList<>();
        bots.add(new LockstepConfig.Bot(ACCOUNT, WarmBot.NAME, ACCOUNT, symbols, true, unlimited(Map.of())));
        config.bots().stream().filter(bot -> symbols.containsAll(bot.symbols())).limit(MAX_BOTS)
            .map(bot -> new LockstepConfig.Bot(bot.name(), bot.strategy(), bot.account() + "-" + ACCOUNT,
                bot.symbols(), true, bot.parameters())).forEach(bots::add);
        return new LockstepConfig(
            new LockstepConfig.Journal(
                directory, LockstepConfig.PAGE_CACHE, journal.fsyncIntervalNs(), journal.rollPeriod(), false),
            new LockstepConfig.Engine(engine.threads(), engine.seed(), engine.stateHashIntervalNs(),
                engine.ringCapacity(), engine.maxBatch()),
            List.of(new LockstepConfig.VenueFeed(feed.venue(), feed.symbols(), feed.streams(), "http://" + address,
                "ws://" + address, "ws://" + address + "/ws-api/v3", ACCOUNT, null)),
            accounts, bots, null);
    }

    private static Map<String, String> unlimited(final Map<String, String> parameters)
    {
        final Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("limits.maxOrderRate", "none");
        all.put("limits.maxOpenOrders", "none");
        return all;
    }

    private static void delete(final Path directory)
    {
        if (null == directory)
        {
            return;
        }
        try (Stream<Path> files = Files.walk(directory))
        {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
        catch (final IOException ex)
        {
            WarmThreads.tell(() -> LOG.warn("cannot remove {}: {}", directory, ex.getMessage()));
        }
    }
}
