package org.lockstep.tools.rehearse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.EmbeddedSimulators;
import org.lockstep.tools.run.ProcessSettings;
import org.lockstep.tools.simulator.SimulatedKey;

/**
 * Where a scenario takes place: what all lives of its process need to know, in this process or in one of its own.
 *
 * @param seed         of the scenario.
 * @param threads      the engine's thread plan.
 * @param restFallback whether orders leave over REST while the socket is down.
 * @param journal      directory.
 * @param rest         address.
 * @param stream       address.
 * @param api          address.
 * @param symbols      the venue lists.
 * @param keys         of the accounts, in their order; a simulator's.
 * @param secrets      to the keys.
 * @param epochMs      when the scenario's time begins.
 * @param beginNs      what the monotonic clock said then.
 */
record ScenarioSite(
    long seed,
    String threads,
    boolean restFallback,
    String journal,
    String rest,
    String stream,
    String api,
    List<String> symbols,
    List<String> keys,
    List<String> secrets,
    long epochMs,
    long beginNs)
{
    private static final int PLENTY = 1_000_000;
    private static final String VENUE = "binance";
    private static final String ACCOUNT = "rehearsal";
    private static final long RECONCILE_EVERY_NS = 60_000_000_000L;

    /** How many accounts trade. */
    static int accounts(final LockstepConfig wanted)
    {
        return null == wanted ? 1 : wanted.accounts().size();
    }

    /** What is traded. */
    static List<String> symbols(final LockstepConfig wanted)
    {
        return null == wanted ? List.of("BTCUSDT", "ETHUSDT") : wanted.venues().get(0).symbols();
    }

    /**
     * The configuration of the scenario.
     *
     * @param wanted whose accounts and bots, or null for random orders.
     */
    LockstepConfig config(final LockstepConfig wanted)
    {
        final List<String> streams =
            null == wanted ? List.of("quote", "trade", "book") : wanted.venues().get(0).streams();
        final LockstepConfig.VenueFeed venue = new LockstepConfig.VenueFeed(
            VENUE, symbols, streams, rest, stream, "the synthetic market").at(rest, stream, api);
        return new LockstepConfig(
            new LockstepConfig.Journal(Path.of(journal), LockstepConfig.PAGE_CACHE, 50_000_000, "hour", false),
            new LockstepConfig.Engine(threads, seed, 1_000_000_000L, 8192, 256),
            List.of(venue),
            accountsOf(wanted),
            botsOf(wanted),
            null);
    }

    /**
     * What a life of the process is given besides.
     *
     * @param config     of the scenario.
     * @param crashPoint where it ends.
     */
    ProcessSettings settings(final LockstepConfig config, final CrashPoint crashPoint)
    {
        final UnaryOperator<StateMachine> inputs = crashPoint::before;
        final UnaryOperator<FrameHandler> outputs = crashPoint::before;
        return new ProcessSettings(account -> credentials(config.accounts().indexOf(account)), Tempo.orderTimes(),
            Tempo.feedTimes(), new Tempo(epochMs, beginNs)::clock, Tempo.JOURNAL_BLOCK_BYTES, inputs, outputs);
    }

    private Credentials credentials(final int account)
    {
        return EmbeddedSimulators.credentials(
            new SimulatedKey(account + 1, keys.get(account), secrets.get(account), SimulatedKey.HMAC, false));
    }

    private List<LockstepConfig.Account> accountsOf(final LockstepConfig wanted)
    {
        final LockstepConfig.Session session = new LockstepConfig.Session(
            null, false, Tempo.RECV_WINDOW_MS, RECONCILE_EVERY_NS, PLENTY, PLENTY, restFallback);
        return null == wanted ?
            List.of(new LockstepConfig.Account(
                ACCOUNT, "admin", VENUE, LockstepConfig.SIMULATOR, new TreeMap<>(), session)) :
            wanted.accounts().stream().map(account -> new LockstepConfig.Account(account.name(), account.owner(),
                VENUE, LockstepConfig.SIMULATOR, account.parameters(), session)).toList();
    }

    private List<LockstepConfig.Bot> botsOf(final LockstepConfig wanted)
    {
        if (null != wanted)
        {
            return wanted.bots().stream().map(bot -> new LockstepConfig.Bot(bot.name(), bot.strategy(),
                bot.account(), bot.symbols(), true, bot.parameters())).toList();
        }
        final List<LockstepConfig.Bot> bots = new ArrayList<>();
        for (int i = 0; i < symbols.size(); i++)
        {
            final long botSeed = 1 + Math.floorMod(seed * symbols.size() + i, Integer.MAX_VALUE - 1);
            bots.add(new LockstepConfig.Bot("bot-" + (i + 1), RandomTraderFactory.NAME, ACCOUNT,
                List.of(VENUE + ":" + symbols.get(i)), true, new TreeMap<>(Map.of("seed", Long.toString(botSeed)))));
        }
        return bots;
    }
}
