package org.lockstep.tools.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.lockstep.gateway.client.GatewayOptions;

/**
 * The whole configuration, read once at start. Every value is in range; times are nanoseconds.
 *
 * @param journal  where and how events are kept.
 * @param engine   how the engine runs.
 * @param venues   exchanges to connect to, by their code.
 * @param accounts whose money.
 * @param bots     who trades.
 * @param gateway  what clients connect to, or null when switched off.
 * @param keystore where the keys of live accounts are.
 * @param ntp      whom this host's clock is measured against.
 * @param log      how the process logs.
 */
public record LockstepConfig(
    Journal journal,
    Engine engine,
    List<VenueFeed> venues,
    List<Account> accounts,
    List<Bot> bots,
    Gateway gateway,
    Keystore keystore,
    Ntp ntp,
    Log log)
{
    /** Name of the keystore unless configured. */
    public static final String KEYSTORE_FILE = "lockstep-keys.p12";
    /** Word for accounts that the engine matches itself. */
    public static final String PAPER = "paper";
    /** Word for accounts at the venue's simulator. */
    public static final String SIMULATOR = "simulator";
    /** Word for accounts at the exchange. */
    public static final String LIVE = "live";
    /** Word for keeping batches in the page cache. */
    public static final String PAGE_CACHE = "page-cache";
    /** Word for fsync on a timer. */
    public static final String FSYNC_EVERY = "fsync-every";
    /** Word for fsync of each batch. */
    public static final String FSYNC_BATCH = "fsync-batch";

    /**
     * A configuration without keys, for paper accounts and simulators.
     *
     * @param journal  where and how events are kept.
     * @param engine   how the engine runs.
     * @param venues   exchanges to connect to, by their code.
     * @param accounts whose money.
     * @param bots     who trades.
     * @param gateway  what clients connect to, or null when switched off.
     */
    public LockstepConfig(
        final Journal journal,
        final Engine engine,
        final List<VenueFeed> venues,
        final List<Account> accounts,
        final List<Bot> bots,
        final Gateway gateway)
    {
        this(journal, engine, venues, accounts, bots, gateway, Keystore.none(), Ntp.none(), Log.usual());
    }

    /**
     * The same with its venues elsewhere.
     *
     * @param newVenues exchanges to connect to.
     * @return a copy.
     */
    public LockstepConfig withVenues(final List<VenueFeed> newVenues)
    {
        return new LockstepConfig(journal, engine, newVenues, accounts, bots, gateway, keystore, ntp, log);
    }

    /**
     * Whom this host's clock is measured against; it is never set.
     *
     * @param host       name or address, or null for nobody.
     * @param port       UDP.
     * @param intervalNs between two measurements.
     * @param timeoutNs  for one answer.
     */
    public record Ntp(String host, int port, long intervalNs, long timeoutNs)
    {
        /** @return nobody. */
        public static Ntp none()
        {
            return new Ntp(null, 123, 64_000_000_000L, 2_000_000_000L);
        }
    }

    /**
     * How the process logs, to standard error.
     *
     * @param format {@link #TEXT} or {@link #JSON}.
     */
    public record Log(String format)
    {
        /** A line for people. */
        public static final String TEXT = "text";
        /** One JSON object a line. */
        public static final String JSON = "json";

        /** @return what holds unless configured. */
        public static Log usual()
        {
            return new Log(TEXT);
        }
    }

    /**
     * The keystore.
     *
     * @param file           PKCS#12.
     * @param passphraseFile holds its passphrase, or null for the environment or a prompt.
     */
    public record Keystore(Path file, Path passphraseFile)
    {
        static Keystore none()
        {
            return new Keystore(Path.of(KEYSTORE_FILE), null);
        }
    }

    /**
     * The journal.
     *
     * @param directory       where it lies.
     * @param durability      {@link #PAGE_CACHE}, {@link #FSYNC_EVERY} or {@link #FSYNC_BATCH}.
     * @param fsyncIntervalNs for {@link #FSYNC_EVERY}.
     * @param rollPeriod      {@code five-minutes}, {@code hour} or {@code day}: a file each.
     * @param preTouch        whether pages are touched ahead of the writer.
     */
    public record Journal(
        Path directory,
        String durability,
        long fsyncIntervalNs,
        String rollPeriod,
        boolean preTouch)
    {
    }

    /**
     * The engine.
     *
     * @param threads             {@code auto}, {@code spin}, {@code backoff} or {@code feed-loop}.
     * @param seed                of the engine's random numbers.
     * @param stateHashIntervalNs between two state hashes.
     * @param ringCapacity        slots, a power of two.
     * @param maxBatch            most frames of one batch.
     * @param pinning             cores of threads.
     */
    public record Engine(
        String threads, long seed, long stateHashIntervalNs, int ringCapacity, int maxBatch, Pinning pinning)
    {
        /**
         * Without pinning.
         *
         * @param threads             {@code auto}, {@code spin}, {@code backoff} or {@code feed-loop}.
         * @param seed                of the engine's random numbers.
         * @param stateHashIntervalNs between two state hashes.
         * @param ringCapacity        slots, a power of two.
         * @param maxBatch            most frames of one batch.
         */
        public Engine(
            final String threads,
            final long seed,
            final long stateHashIntervalNs,
            final int ringCapacity,
            final int maxBatch)
        {
            this(threads, seed, stateHashIntervalNs, ringCapacity, maxBatch, Pinning.none());
        }
    }

    /**
     * Cores of threads: {@code none}, {@code auto}, or a list such as {@code 0-1,4}.
     *
     * @param engine  of the engine's thread.
     * @param feed    of the thread that reads and writes the venues' sockets.
     * @param gateway of the thread that serves clients.
     */
    public record Pinning(String engine, String feed, String gateway)
    {
        /** @return everything left to the scheduler. */
        public static Pinning none()
        {
            return new Pinning("none", "none", "none");
        }
    }

    /**
     * One exchange's market data.
     *
     * @param venue     its code, such as {@code binance}.
     * @param symbols   to subscribe to.
     * @param streams   kinds of stream: {@code quote, trade, book, bar, ticker}.
     * @param rest      REST address, or null for the live one.
     * @param stream    WebSocket address, or null for the live one.
     * @param api       address of the trading interface with its path, or null for the live one.
     * @param market    what is served there, in words; a journal holds one market.
     * @param simulated the simulator to start for it, or null.
     * @param lines     connections that carry each symbol at once, 1 or 2; of two, the first arrival wins.
     */
    public record VenueFeed(
        String venue,
        List<String> symbols,
        List<String> streams,
        String rest,
        String stream,
        String api,
        String market,
        Simulated simulated,
        int lines)
    {
        /**
         * Market data alone.
         *
         * @param venue   its code, such as {@code binance}.
         * @param symbols to subscribe to.
         * @param streams kinds of stream.
         * @param rest    REST address, or null for the live one.
         * @param stream  WebSocket address, or null for the live one.
         * @param market  what is served there, in words.
         */
        public VenueFeed(
            final String venue,
            final List<String> symbols,
            final List<String> streams,
            final String rest,
            final String stream,
            final String market)
        {
            this(venue, symbols, streams, rest, stream, null, market, null, 1);
        }

        /**
         * One line for each symbol.
         *
         * @param venue     its code, such as {@code binance}.
         * @param symbols   to subscribe to.
         * @param streams   kinds of stream.
         * @param rest      REST address, or null for the live one.
         * @param stream    WebSocket address, or null for the live one.
         * @param api       address of the trading interface with its path, or null for the live one.
         * @param market    what is served there, in words.
         * @param simulated the simulator to start for it, or null.
         */
        public VenueFeed(
            final String venue,
            final List<String> symbols,
            final List<String> streams,
            final String rest,
            final String stream,
            final String api,
            final String market,
            final Simulated simulated)
        {
            this(venue, symbols, streams, rest, stream, api, market, simulated, 1);
        }

        /**
         * The same venue elsewhere.
         *
         * @param newRest   REST address.
         * @param newStream WebSocket address.
         * @param newApi    address of the trading interface.
         * @return a copy.
         */
        public VenueFeed at(final String newRest, final String newStream, final String newApi)
        {
            return new VenueFeed(venue, symbols, streams, newRest, newStream, newApi, market, simulated, lines);
        }
    }

    /**
     * A simulator that the process starts by itself.
     *
     * @param seed            of its market.
     * @param eventsPerSecond over all its symbols.
     */
    public record Simulated(long seed, int eventsPerSecond)
    {
    }

    /**
     * One account.
     *
     * @param name       unique.
     * @param owner      user it belongs to.
     * @param venue      where.
     * @param mode       {@link #PAPER}, {@link #SIMULATOR} or {@link #LIVE}.
     * @param parameters fees, latency, balance and limits, as the engine's account definition takes them.
     * @param session    how its orders reach the venue; not used on paper.
     */
    public record Account(
        String name,
        String owner,
        String venue,
        String mode,
        Map<String, String> parameters,
        Session session)
    {
        /**
         * A paper account.
         *
         * @param name       unique.
         * @param owner      user it belongs to.
         * @param venue      where.
         * @param mode       {@link #PAPER}.
         * @param parameters as the engine's account definition takes them.
         */
        public Account(
            final String name,
            final String owner,
            final String venue,
            final String mode,
            final Map<String, String> parameters)
        {
            this(name, owner, venue, mode, parameters, Session.defaults());
        }

        /** @return whether its orders leave the process. */
        public boolean hasSession()
        {
            return !PAPER.equals(mode);
        }
    }

    /**
     * How an account's orders reach the venue.
     *
     * @param keys                 entry of the keystore, or null for an embedded simulator's own.
     * @param allowsWithdrawalKeys whether a key that may withdraw is taken.
     * @param recvWindowMs         how old a request may be when the venue takes it.
     * @param reconcileEveryNs     between two comparisons with the venue's books.
     * @param ordersPer10s         own ceiling on new orders, 0 = the venue's default.
     * @param ordersPerDay         own ceiling on new orders, 0 = the venue's default.
     * @param restFallback         whether new orders leave over REST while the socket is down.
     */
    public record Session(
        String keys,
        boolean allowsWithdrawalKeys,
        int recvWindowMs,
        long reconcileEveryNs,
        int ordersPer10s,
        int ordersPerDay,
        boolean restFallback)
    {
        /** @return what holds unless configured. */
        public static Session defaults()
        {
            return new Session(null, false, 5_000, 60_000_000_000L, 0, 0, false);
        }
    }

    /**
     * One bot.
     *
     * @param name       unique.
     * @param strategy   name of a strategy.
     * @param account    name of an account.
     * @param symbols    qualified, such as {@code binance:BTCUSDT}.
     * @param start      whether it starts with the process.
     * @param parameters limits ({@code limits.*}) and the strategy's own.
     */
    public record Bot(
        String name,
        String strategy,
        String account,
        List<String> symbols,
        boolean start,
        Map<String, String> parameters)
    {
    }

    /**
     * The server towards clients.
     *
     * @param host           to listen on.
     * @param port           0 = a free one.
     * @param allowedOrigins browser origins besides its own.
     * @param keyFile        HMAC secret, PEM public key or JWKS; null = {@code gateway.key} in the journal directory.
     * @param audience       required {@code aud}, or null.
     * @param issuer         required {@code iss}, or null.
     * @param queryToken     whether {@code ?token=} works.
     * @param options        limits of clients and the like.
     */
    public record Gateway(
        String host,
        int port,
        List<String> allowedOrigins,
        Path keyFile,
        String audience,
        String issuer,
        boolean queryToken,
        GatewayOptions options)
    {
        /** With the protocol's own options. */
        public Gateway(
            final String host,
            final int port,
            final List<String> allowedOrigins,
            final Path keyFile,
            final String audience,
            final String issuer,
            final boolean queryToken)
        {
            this(host, port, allowedOrigins, keyFile, audience, issuer, queryToken, GatewayOptions.DEFAULT);
        }
    }
}
