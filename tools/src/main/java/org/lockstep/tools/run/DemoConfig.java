package org.lockstep.tools.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatorAddresses;

/** What the demo runs: the simulator's symbols, one paper account, three bots that trade within seconds. */
public final class DemoConfig
{
    private static final long SECOND = 1_000_000_000L;
    private static final int RING_CAPACITY = 8192;
    private static final int MAX_BATCH = 256;
    private static final String ACCOUNT = "paper";

    private DemoConfig()
    {
    }

    /**
     * Makes the configuration.
     *
     * @param directory journal directory.
     * @param port      of the page.
     * @param seed      of the engine.
     * @param addresses of the simulator.
     * @param symbols   the simulator lists, at least one.
     * @param market    it serves, in words.
     * @return the configuration.
     */
    public static LockstepConfig of(
        final Path directory,
        final int port,
        final long seed,
        final SimulatorAddresses addresses,
        final List<String> symbols,
        final String market)
    {
        final LockstepConfig.VenueFeed venue = new LockstepConfig.VenueFeed(
            "binance", symbols, List.of("quote", "trade", "book", "bar", "ticker"),
            addresses.rest(), addresses.stream(), market);
        final String first = "binance:" + symbols.get(0);
        final String second = "binance:" + symbols.get(Math.min(1, symbols.size() - 1));
        final List<LockstepConfig.Bot> bots = new ArrayList<>();
        bots.add(bot("cross-" + shortName(first), "crossover", first,
            "fast", "5", "slow", "20", "barInterval", "250ms", "notional", "2000"));
        bots.add(bot("maker-" + shortName(first), "market-maker", first));
        bots.add(bot("grid-" + shortName(second), "grid", second,
            "levels", "8", "stepBps", "5", "notional", "500"));
        return new LockstepConfig(
            new LockstepConfig.Journal(
                directory, LockstepConfig.PAGE_CACHE, 50_000_000, "hour", true),
            new LockstepConfig.Engine("auto", seed, SECOND, RING_CAPACITY, MAX_BATCH),
            List.of(venue),
            List.of(new LockstepConfig.Account(ACCOUNT, "demo", "binance", "paper", new TreeMap<>(Map.of(
                "balance", "100000", "makerFeeBps", "1", "takerFeeBps", "2", "latencyNs", "2000000")))),
            bots,
            new LockstepConfig.Gateway("127.0.0.1", port, List.of(), null, null, null, true));
    }

    private static LockstepConfig.Bot bot(
        final String name, final String strategy, final String symbol, final String... parameters)
    {
        final Map<String, String> texts = new TreeMap<>();
        texts.put("limits.maxExposure", "10000");
        texts.put("limits.maxOrderRate", "50");
        texts.put("limits.maxDailyLoss", "2000");
        for (int i = 0; i < parameters.length; i += 2)
        {
            texts.put(parameters[i], parameters[i + 1]);
        }
        return new LockstepConfig.Bot(name, strategy, ACCOUNT, List.of(symbol), true, texts);
    }

    private static String shortName(final String qualified)
    {
        final String symbol = qualified.substring(qualified.indexOf(':') + 1).toLowerCase(java.util.Locale.ROOT);
        return symbol.endsWith("usdt") ? symbol.substring(0, symbol.length() - 4) : symbol;
    }
}
