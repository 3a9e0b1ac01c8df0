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
 */
public record LockstepConfig(
    Journal journal,
    Engine engine,
    List<VenueFeed> venues,
    List<Account> accounts,
    List<Bot> bots,
    Gateway gateway)
{
    /** Word for keeping batches in the page cache. */
    public static final String PAGE_CACHE = "page-cache";
    /** Word for fsync on a timer. */
    public static final String FSYNC_EVERY = "fsync-every";
    /** Word for fsync of each batch. */
    public static final String FSYNC_BATCH = "fsync-batch";

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
     */
    public record Engine(String threads, long seed, long stateHashIntervalNs, int ringCapacity, int maxBatch)
    {
    }

    /**
     * One exchange's market data.
     *
     * @param venue   its code, such as {@code binance}.
     * @param symbols to subscribe to.
     * @param streams kinds of stream: {@code quote, trade, book, bar, ticker}.
     * @param rest    REST address, or null for the live one.
     * @param stream  WebSocket address, or null for the live one.
     * @param market  what is served there, in words; a journal holds one market.
     */
    public record VenueFeed(
        String venue, List<String> symbols, List<String> streams, String rest, String stream, String market)
    {
    }

    /**
     * One account.
     *
     * @param name       unique.
     * @param owner      user it belongs to.
     * @param venue      where.
     * @param mode       {@code paper}.
     * @param parameters fees, latency, balance and limits, as the engine's account definition takes them.
     */
    public record Account(String name, String owner, String venue, String mode, Map<String, String> parameters)
    {
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
