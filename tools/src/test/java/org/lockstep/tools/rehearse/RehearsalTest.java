package org.lockstep.tools.rehearse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.run.ChildProcess;
import org.lockstep.tools.run.StrategyCheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random orders through random faults and crashes: at the end engine and simulator agree on every order, position and
 * balance, and the journal replays to the same. {@code -Dlockstep.rehearsals=1000} runs more, from
 * {@code -Dlockstep.rehearsalSeed}; a failing seed is in the message.
 */
class RehearsalTest
{
    private static final int COUNT = Integer.getInteger("lockstep.rehearsals", 15);
    private static final long FIRST_SEED = Long.getLong("lockstep.rehearsalSeed", 1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void shouldAgreeWithTheVenueAfterFaultsAndCrashes() throws Exception
    {
        final List<String> failures = new ArrayList<>();
        final int[] orders = new int[1];
        final int[] crashes = new int[1];

        final int failed = new Rehearsal(RehearsalOptions.of(null, null, directory)).run(FIRST_SEED, COUNT, result ->
        {
            orders[0] += result.orders();
            crashes[0] += result.crashes().size();
            if (!result.agrees())
            {
                failures.add("seed " + result.seed() + " " + result.faults() + ": " + result.differences());
            }
        });

        assertEquals(0, failed, () -> String.join("\n", failures));
        assertTrue(orders[0] > COUNT, "orders were sent: " + orders[0]);
        assertTrue(COUNT < 10 || crashes[0] > 0, "some scenarios crash");
    }

    @Test
    void shouldAgreeForEachAccountWhenAConfigurationHasSeveral() throws Exception
    {
        final Path file = directory.resolve("bots.yaml");
        Files.writeString(file, """
            venues:
              binance: {symbols: [BTCUSDT, ETHUSDT], streams: [quote, trade]}
            accounts:
              - {name: first, mode: paper}
              - {name: second, mode: paper}
            bots:
              - {name: one, strategy: random, account: first, symbols: [BTCUSDT], parameters: {seed: 1}}
              - {name: two, strategy: random, account: second, symbols: [ETHUSDT], parameters: {seed: 2}}
            """);
        final RehearsalOptions options =
            RehearsalOptions.of(file, ConfigReader.read(file, StrategyCheck.onClassPath()), directory);
        final List<String> failures = new ArrayList<>();
        final Set<String> crashes = new TreeSet<>();

        final int failed = new Rehearsal(options.with(2, 1, 1)).run(FIRST_SEED, 2, result ->
        {
            failures.addAll(result.differences());
            crashes.addAll(result.crashes());
        });

        assertEquals(0, failed, () -> String.join("\n", failures));
        assertTrue(crashes.contains("kill"), crashes::toString);
    }

    @Test
    void shouldSayThatNothingWasRehearsedWhenNoBotOrders() throws Exception
    {
        final Path file = directory.resolve("idle.yaml");
        Files.writeString(file, """
            venues:
              binance: {symbols: [BTCUSDT], streams: [quote, trade]}
            accounts: [{name: first, mode: paper}]
            bots:
              - {name: slow, strategy: crossover, account: first, symbols: [BTCUSDT], parameters: {barInterval: 1h}}
            """);

        try (ChildProcess rehearse = ChildProcess.start("rehearse", file.toString(), "--scenarios", "1", "--json",
            "--kill-one-in", "0", "--dir", directory.resolve("kept").toString()))
        {
            assertTrue(rehearse.json().path("agrees").asBoolean());
            assertEquals(1, rehearse.json().path("withoutOrders").asInt());
            assertEquals(0, rehearse.exitCode());
            assertTrue(rehearse.errors().contains("no scenario had an order"), rehearse::toString);
        }
    }
}
