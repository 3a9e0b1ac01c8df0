package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.gateway.venue.OrderSession;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/** A venue counts weight by address, so feed, listing, instruments at request and all accounts share one budget. */
class SharedLimitsTest
{
    private static final long SILENCE_NS = 1_500_000_000L;
    private static final long DEADLINE_NS = 120_000_000_000L;
    private static final List<String> ACCOUNTS = List.of("one", "two");

    @TempDir
    private Path directory;

    @Test
    void shouldHoldBackEverythingThatAsksTheVenueWhenItDemandsSilence() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbols("BTCUSDT", "ETHUSDT").withEventsPerSecond(100)))
        {
            final LockstepConfig config = config(simulator);
            final ProcessSettings settings = ProcessSettings.of(account -> EmbeddedSimulators.credentials(
                simulator.addresses().key(1 + ACCOUNTS.indexOf(account.name()), SimulatedKey.HMAC)));
            final EngineHost host = EngineHost.open(
                config, ReplayProgress.NONE, Throwable::printStackTrace, settings);
            final Feeds feeds = new Feeds(config, host, settings.feedTimes());
            final OrderEntry orders = new OrderEntry(config, settings.keys(), host, feeds, settings.orderTimes());
            feeds.afterEngine(orders::flush);
            try
            {
                start(config, host, feeds, orders);
                shouldWait(host, feeds, orders);
            }
            finally
            {
                feeds.close();
                orders.close();
                host.stop();
                feeds.closeLoop();
                host.close();
            }
        }
    }

    private static void shouldWait(final EngineHost host, final Feeds feeds, final OrderEntry orders)
    {
        final BinanceLimits limits = feeds.limits("binance");
        assertTrue(limits.usedWeight(host.clock().nanoTime()) > 0, "nobody counts");
        final List<Long> rounds = rounds(orders);
        final long silentUntilNs = host.clock().nanoTime() + SILENCE_NS;
        limits.closeUntil(silentUntilNs);

        final Map<String, CompletableFuture<Long>> done = new TreeMap<>();
        done.put("listing", feeds.sessions().get(0).listing().thenApply(all -> host.clock().nanoTime()));
        done.put("instrument at request", feeds.subscribe("binance", "ETHUSDT").toCompletableFuture()
            .thenApply(id -> host.clock().nanoTime()));
        for (final OrderSession session : orders.sessions().values())
        {
            session.reconcile(ReconcileCause.COMMAND);
        }
        final List<Long> endNs = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS.size(); i++)
        {
            final int index = i;
            await("account " + ACCOUNTS.get(i), () -> rounds(orders).get(index) > rounds.get(index));
            endNs.add(host.clock().nanoTime());
        }
        done.forEach((what, future) ->
        {
            await(what, future::isDone);
            assertTrue(future.join() >= silentUntilNs, () -> what + " did not wait");
        });
        endNs.forEach(endedNs -> assertTrue(endedNs >= silentUntilNs, "an account did not wait"));
        assertSame(limits, feeds.limits("binance"));
    }

    private static void start(
        final LockstepConfig config, final EngineHost host, final Feeds feeds, final OrderEntry orders) throws Exception
    {
        host.start();
        final CommandWriter commands = new CommandWriter(host.publisher(), host.clock());
        commands.sessionStarted(host.epoch(), 1, 1_000_000_000L, host.journalId(), "test");
        for (final LockstepConfig.Account account : config.accounts())
        {
            commands.command(CommandAction.DEFINE_ACCOUNT, account.name(),
                Map.of("owner", account.owner(), "venue", account.venue(), "mode", account.mode()));
        }
        feeds.start();
        orders.start(feeds.live());
        orders.live().get(DEADLINE_NS, TimeUnit.NANOSECONDS);
        feeds.live().get(DEADLINE_NS, TimeUnit.NANOSECONDS);
        assertEquals(ACCOUNTS.size(), orders.sessions().size());
    }

    private static List<Long> rounds(final OrderEntry orders)
    {
        return orders.sessions().values().stream()
            .map(session -> session.counters().get(Counter.RECONCILIATIONS)).toList();
    }

    private static void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> what + " never came");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private LockstepConfig config(final BinanceSimulator simulator)
    {
        final LockstepConfig.VenueFeed venue = new LockstepConfig.VenueFeed("binance", List.of("BTCUSDT"),
            List.of("quote", "trade"), simulator.addresses().rest(), simulator.addresses().stream(),
            simulator.addresses().api(), "the synthetic market", null, 2);
        return new LockstepConfig(
            new LockstepConfig.Journal(directory, LockstepConfig.PAGE_CACHE, 50_000_000, "hour", false),
            new LockstepConfig.Engine("backoff", 1, 1_000_000_000L, 8192, 256),
            List.of(venue),
            ACCOUNTS.stream().map(name -> new LockstepConfig.Account(name, "admin", "binance",
                LockstepConfig.SIMULATOR, new TreeMap<>(), LockstepConfig.Session.defaults())).toList(),
            List.of(),
            null);
    }
}
