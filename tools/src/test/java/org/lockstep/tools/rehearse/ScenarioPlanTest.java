package org.lockstep.tools.rehearse;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.StrategyCheck;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ScenarioPlanTest
{
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
    private static final int SEEDS = 600;

    @Test
    void shouldDecideAlikeWhenSeedsAreEqual()
    {
        final ScenarioPlan first = ScenarioPlan.draw(4711, 15, SYMBOLS, 2);
        final ScenarioPlan again = ScenarioPlan.draw(4711, 15, SYMBOLS, 2);
        final ScenarioPlan other = ScenarioPlan.draw(4712, 15, SYMBOLS, 2);

        assertEquals(first, again);
        assertNotEquals(first.lives(), other.lives());
    }

    @Test
    void shouldLeaveTheLastLifeAsItIsWhenAProcessIsKilled()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            final List<PlannedLife> spared = ScenarioPlan.draw(seed, 0, SYMBOLS, 1).lives();
            final List<PlannedLife> killed = ScenarioPlan.draw(seed, 1, SYMBOLS, 1).lives();

            assertEquals(spared.get(spared.size() - 1), killed.get(killed.size() - 1));
            assertEquals(CrashKind.KILL, killed.get(0).crash());
        }
    }

    @Test
    void shouldMeetEveryFaultAndCrashWhenSeedsAreMany()
    {
        final Set<String> faults = new TreeSet<>();
        final Set<String> crashes = new TreeSet<>();
        int kills = 0;
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final ScenarioPlan plan = ScenarioPlan.draw(seed, 15, SYMBOLS, 1);
            kills += plan.kills() ? 1 : 0;
            for (final PlannedLife life : plan.lives())
            {
                life.faults().forEach(fault -> faults.add(fault.name()));
                crashes.add(life.isLast() ? "none" : life.crash().label());
            }
        }

        assertEquals(new TreeSet<>(Rehearsal.faults()), faults);
        assertEquals(Set.of("none", "at-start", "at-report", "at-request", "drop", "kill"), crashes);
        assertTrue(kills > SEEDS / 30 && kills < SEEDS / 8, "killed: " + kills);
    }

    @Test
    void shouldDrawFaultsThatTheSimulatorKnows() throws Exception
    {
        final List<String> refused = new ArrayList<>();
        final Set<String> drawn = new TreeSet<>();
        final SplittableRandom random = new SplittableRandom(1);
        try (ExchangeSimulator simulator =
            BinanceSimulator.start(SimulatorConfig.defaults().withSymbols(SYMBOLS.toArray(new String[0]))))
        {
            while (drawn.size() < Rehearsal.faults().size())
            {
                final PlannedFault fault = FaultMix.draw(random, 10, SYMBOLS, 3);
                if (drawn.add(fault.name()))
                {
                    // Without the request it waits for it begins at once, or is refused at once.
                    final String json = fault.json().replaceAll("\"after\":\\d+,", "");
                    final HttpResponse<String> response = HttpClient.newHttpClient().send(
                        HttpRequest.newBuilder(URI.create(simulator.addresses().control() + "/faults"))
                            .POST(HttpRequest.BodyPublishers.ofString(json)).build(),
                        HttpResponse.BodyHandlers.ofString());
                    if (200 != response.statusCode())
                    {
                        refused.add(fault.name() + ": " + response.body());
                    }
                }
            }
        }

        assertEquals(List.of(), refused);
    }

    @Test
    void shouldTradeWithAllAccountsAtTheSimulatorWhenAConfigurationIsGiven()
    {
        final LockstepConfig wanted = ConfigReader.parse("my.yaml", """
            venues:
              binance: {symbols: [BTCUSDT, ETHUSDT]}
            accounts:
              - {name: first, mode: paper}
              - {name: second, mode: live, keys: secret}
            bots:
              - {name: one, strategy: random, account: first, symbols: [BTCUSDT], start: false}
              - {name: two, strategy: grid, account: second, symbols: [ETHUSDT]}
            """, StrategyCheck.onClassPath());
        final ScenarioSite site = new ScenarioSite(1, "backoff", true, "target/none", "http://127.0.0.1:1",
            "ws://127.0.0.1:1", "ws://127.0.0.1:1/ws-api/v3", SYMBOLS, List.of("A", "B"), List.of("a", "b"), 1, 1);

        final LockstepConfig config = site.config(wanted);

        assertEquals(List.of("first", "second"), config.accounts().stream().map(LockstepConfig.Account::name).toList());
        assertTrue(config.accounts().stream().allMatch(account -> "simulator".equals(account.mode())));
        assertEquals(List.of("one", "two"), config.bots().stream().map(LockstepConfig.Bot::name).toList());
        assertTrue(config.bots().stream().allMatch(LockstepConfig.Bot::start));
        assertEquals(Path.of("target/none"), config.journal().directory());
    }
}
