package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.keys.KeyEntry;
import org.lockstep.tools.keys.Keystore;
import org.lockstep.tools.rehearse.VenueTruth;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.TradingConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/**
 * Kills a process with kill -9 while it trades at an exchange that goes on without it, starts it again on the same
 * journal, and in the end compares its books with the exchange's, order by order. {@code -Dlockstep.liveKills=50} does
 * it as often; {@code -Dlockstep.killSeed=N} repeats the moments. A journal that disagrees is kept.
 */
class LiveKillTest
{
    private static final int DEFAULT_KILLS = 3;
    private static final int LONGEST_LIFE_MS = 900;
    private static final int LONGEST_START_MS = 3_000;
    private static final int EARLY_ONE_IN = 4;
    private static final int EVENTS_PER_SECOND = 400;
    private static final int PLENTY = 1_000_000;
    private static final long SETTLE_NS = 120_000_000_000L;
    private static final String PASSPHRASE = "only-for-a-simulator";
    private static final String ACCOUNT = "main";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void shouldAgreeWithTheVenueWhenKilledWhileTrading() throws Exception
    {
        final long seed = Long.getLong("lockstep.killSeed", 1);
        final Random random = new Random(seed);
        final int kills = Integer.getInteger("lockstep.liveKills", DEFAULT_KILLS);
        final String told = "seed " + seed + ", journal " + directory.resolve("data");
        try (ExchangeSimulator simulator = BinanceSimulator.start(simulatorConfig(seed)))
        {
            final VenueTruth venue = new VenueTruth(simulator);
            final Path trading = configure(simulator, true);
            int leftOpen = 0;
            for (int i = 0; i < kills; i++)
            {
                leftOpen += killOnce(trading, venue, random, "kill " + i + ", " + told);
            }
            stopCleanly(trading, venue, told);
            assertEquals(List.of(), VenueTruth.open(venue.books()), () -> "orders outlive a clean stop, " + told);

            settle(configure(simulator, false), venue, told);
            final JsonNode books = venue.books();
            assertEquals(List.of(), differences(books, told), told);
            System.out.println("LiveKillTest: " + kills + " kills, " + books.path("orders").size() + " orders, " +
                VenueTruth.fills(books) + " fills, " + leftOpen + " left open by kills, seed " + seed);
            assertTrue(VenueTruth.fills(books) > 0, () -> "nothing was traded, " + told);
        }
    }

    /** Runs once up to a kill; tells how many orders were then open at the venue. */
    private static int killOnce(final Path config, final VenueTruth venue, final Random random, final String told)
        throws Exception
    {
        try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
        {
            if (0 == random.nextInt(EARLY_ONE_IN))
            {
                // While it starts, replays or reconciles.
                assertTrue(!run.endsWithin(random.nextInt(LONGEST_START_MS)), () -> "ended by itself, " + told);
            }
            else
            {
                awaitTrading(run, venue, told);
                assertTrue(!run.endsWithin(random.nextInt(LONGEST_LIFE_MS)), () -> "ended by itself, " + told);
            }
            run.kill();
        }
        return VenueTruth.open(venue.books()).size();
    }

    /** Runs until Ctrl-C, which comes while it trades. */
    private static void stopCleanly(final Path config, final VenueTruth venue, final String told) throws Exception
    {
        try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
        {
            awaitTrading(run, venue, told);
            interrupt(run, told);
        }
    }

    /** Runs without bots until what was in doubt is settled. */
    private void settle(final Path config, final VenueTruth venue, final String told) throws Exception
    {
        try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
        {
            ready(run, told);
            final JsonNode books = venue.books();
            final long deadlineNs = System.nanoTime() + SETTLE_NS;
            while (!differences(books, told).isEmpty() && System.nanoTime() - deadlineNs < 0)
            {
                assertTrue(!run.endsWithin(200), () -> "ended by itself, " + told);
            }
            interrupt(run, told);
        }
    }

    /** What the journal's engine has otherwise than the venue; the journal must replay to the same as it goes. */
    private List<String> differences(final JsonNode books, final String told)
    {
        final Engine engine = new Engine();
        final ReplayResult replay = new Replayer(directory.resolve("data"), engine, ReplayOptions.all()).run();
        assertNull(replay.divergence(), told);
        assertTrue(replay.verified(), told);
        return VenueTruth.differences(engine, ACCOUNT, books);
    }

    private static void interrupt(final ChildProcess run, final String told) throws Exception
    {
        run.interrupt();
        assertEquals("summary", run.json().path("event").asText(), told);
        assertEquals(130, run.exitCode(), told);
    }

    private static void awaitTrading(final ChildProcess run, final VenueTruth venue, final String told) throws Exception
    {
        ready(run, told);
        final int before = venue.books().path("orders").size();
        while (before == venue.books().path("orders").size())
        {
            assertTrue(!run.endsWithin(10), () -> "ended by itself, " + told);
        }
    }

    private static void ready(final ChildProcess run, final String told) throws Exception
    {
        assertEquals("ready", run.json().path("event").asText(), told);
    }

    private static SimulatorConfig simulatorConfig(final long seed)
    {
        return SimulatorConfig.defaults()
            .withSymbols("BTCUSDT", "ETHUSDT")
            .withSeed(seed, 0)
            .withEventsPerSecond(EVENTS_PER_SECOND)
            .withLimits(PLENTY, SimulatorConfig.defaults().maxPendingBytes())
            .withTrading(TradingConfig.defaults().withAccounts(1)
                .withFees(new BigDecimal("0.001"), new BigDecimal("0.001")).withOrderLimits(PLENTY, PLENTY));
    }

    private Path configure(final ExchangeSimulator simulator, final boolean starts) throws IOException
    {
        final Path config = directory.resolve(starts ? "trading.yaml" : "quiet.yaml");
        Files.writeString(config, """
            journal: {directory: %1$s, preTouch: false}
            venues:
              binance: {symbols: [BTCUSDT, ETHUSDT], streams: [quote, trade], rest: "%2$s", stream: "%3$s", api: "%4$s"}
            accounts:
              - {name: %5$s, mode: simulator, keys: sim, ordersPer10s: %6$d, ordersPerDay: %6$d}
            bots:
              - name: one
                strategy: random
                account: %5$s
                symbols: [BTCUSDT]
                start: %7$b
                parameters: {seed: 1, interval: 2ms}
              - name: two
                strategy: random
                account: %5$s
                symbols: [ETHUSDT]
                start: %7$b
                parameters: {seed: 2, interval: 2ms}
            gateway: {enabled: false}
            keystore: {file: %8$s, passphraseFile: %9$s}
            """.formatted(directory.resolve("data"), simulator.addresses().rest(), simulator.addresses().stream(),
            simulator.addresses().api(), ACCOUNT, PLENTY, starts, keystore(simulator),
            directory.resolve("passphrase")));
        return config;
    }

    private Path keystore(final ExchangeSimulator simulator) throws IOException
    {
        final Path file = directory.resolve("keys.p12");
        if (!Files.exists(file))
        {
            final Path passphrase = Files.createFile(directory.resolve("passphrase"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passphrase, PASSPHRASE);
            final SimulatedKey key = simulator.addresses().key(1, SimulatedKey.HMAC);
            try (Keystore keystore = Keystore.open(file, PASSPHRASE.toCharArray()))
            {
                keystore.add("sim", KeyEntry.of("binance", key.key().getBytes(StandardCharsets.US_ASCII),
                    key.secret().getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return file;
    }
}
