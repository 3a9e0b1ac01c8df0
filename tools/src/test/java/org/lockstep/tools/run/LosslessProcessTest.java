package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.gateway.client.GatewayOptions;
import org.lockstep.gateway.client.stream.ClientLimits;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.JournaledEvents.Channel;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/**
 * A whole process under trade, stopped and started again half-way, and clients whose connections are cut at random:
 * each ends with exactly the events that the journal on disk holds, in order, once.
 */
class LosslessProcessTest
{
    private static final long SEED = 4_711;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(300);
    private static final int ALERTS_AT_ONCE = 16;

    @TempDir
    private Path directory;
    private long eventsRecovered;
    private long eventsFromJournal;

    /** How hard it goes. */
    private record Load(int clients, long sessionMs, int eventsPerSecond, String refreshInterval, long eventsPerChannel)
    {
    }

    @Test
    void shouldBringEveryClientWhatTheJournalHoldsWhileConnectionsAreCut() throws Exception
    {
        run(new Load(12, 1_500, 8_000, "1ms", JournaledEvents.BEYOND_MEMORY + 500));
    }

    @Test
    @Tag("slow")
    void shouldBringEveryClientWhatTheJournalHoldsForTwoMinutes() throws Exception
    {
        run(new Load(200, 60_000, 1_000, "100ms", JournaledEvents.BEYOND_MEMORY + 500));
    }

    private void run(final Load load) throws Exception
    {
        final LosslessClient.Site site = new LosslessClient.Site();
        final List<LosslessClient> clients = new ArrayList<>();
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(4).withEventsPerSecond(load.eventsPerSecond())))
        {
            final LockstepConfig config = config(simulator, load.refreshInterval());
            for (int i = 0; i < load.clients(); i++)
            {
                final int kind = i % (Channel.values().length + 1);
                clients.add(new LosslessClient(site, new Random(SEED + i),
                    kind < Channel.values().length ? List.of(Channel.values()[kind]) : List.of(Channel.values())));
            }
            try (JournaledEvents events = new JournaledEvents(directory, site))
            {
                session(config, site, clients, events, load, false);
                session(config, site, clients, events, load, true);
            }
        }
        finally
        {
            site.isAbandoned = true;
        }
        assertSameAsJournal(clients, site);
    }

    private void session(
        final LockstepConfig config,
        final LosslessClient.Site site,
        final List<LosslessClient> clients,
        final JournaledEvents events,
        final Load load,
        final boolean isLast) throws Exception
    {
        try (LockstepProcess process =
            LockstepProcess.open(config, "test", ReplayProgress.NONE, Throwable::printStackTrace))
        {
            process.start();
            site.open(process);
            clients.stream().filter(client -> Thread.State.NEW == client.getState()).forEach(Thread::start);
            trade(process, site, events, load, isLast ? 2 : 1);
            if (isLast)
            {
                assertTrue(process.quiesce(TIMEOUT_NS), process::states);
                events.poll();
                site.targets = events.lastSequences();
                for (final LosslessClient client : clients)
                {
                    client.join(TimeUnit.NANOSECONDS.toMillis(TIMEOUT_NS));
                    assertTrue(!client.isAlive() && null == client.failure, () -> client + ", seed " + SEED);
                }
            }
            site.url = null;
            eventsRecovered += stat(process, "eventsRecovered");
            eventsFromJournal += stat(process, "eventsFromJournal");
        }
    }

    private static long stat(final LockstepProcess process, final String name) throws Exception
    {
        return new ObjectMapper().readTree(HttpClient.newHttpClient().send(HttpRequest.newBuilder(
            URI.create(process.url() + "/ws/stats")).header("Authorization", "Bearer " + process.adminToken()).build(),
            HttpResponse.BodyHandlers.ofString()).body()).required(name).longValue();
    }

    /** Lets the bots trade, and gives commands that are refused with an alert. */
    private static void trade(
        final LockstepProcess process,
        final LosslessClient.Site site,
        final JournaledEvents events,
        final Load load,
        final int sessions)
    {
        final CommandWriter commands = new CommandWriter(process.host().publisher(), process.host().clock());
        final long startNs = System.nanoTime();
        final long endNs = startNs + TimeUnit.MILLISECONDS.toNanos(load.sessionMs());
        while (System.nanoTime() - endNs < 0 || !events.haveAtLeast(load.eventsPerChannel() * sessions))
        {
            assertTrue(System.nanoTime() - startNs < TIMEOUT_NS + endNs - startNs, site::toString);
            for (int i = 0; i < ALERTS_AT_ONCE &&
                site.count(Channel.ALERTS) < load.eventsPerChannel() * sessions; i++)
            {
                commands.command(CommandAction.START_BOT, "nobody", Map.of());
            }
            events.poll();
            Thread.yield();
        }
    }

    private void assertSameAsJournal(final List<LosslessClient> clients, final LosslessClient.Site site)
        throws IOException
    {
        final Map<Channel, long[]> expected = JournaledEvents.read(directory);
        final Map<Channel, Integer> fromDisk = new TreeMap<>();
        int cuts = 0;
        for (final LosslessClient client : clients)
        {
            cuts += client.cuts;
            for (final Channel channel : client.channels)
            {
                client.assertSeen(channel, expected.get(channel), site.targets.get(channel));
                fromDisk.merge(channel, client.beyondMemory(channel, expected.get(channel)), Integer::sum);
            }
        }
        System.out.println("lossless: " + site + ", cuts " + cuts + ", resumptions beyond memory " + fromDisk +
            ", events recovered " + eventsRecovered + ", of these from the journal " + eventsFromJournal);
        assertTrue(fromDisk.get(Channel.ORDERS) > 0,
            "nobody was away for so long that only the journal held what was missed");
        assertTrue(eventsFromJournal > JournaledEvents.BEYOND_MEMORY,
            "only " + eventsFromJournal + " of " + eventsRecovered + " recovered events came from the journal");
        assertTrue(cuts >= clients.size(), "only " + cuts + " connections were cut");
    }

    private LockstepConfig config(final BinanceSimulator simulator, final String refreshInterval)
    {
        final LockstepConfig demo = DemoConfig.of(
            directory, 0, 1, simulator.addresses(), simulator.symbols(), "a test");
        final List<LockstepConfig.Bot> bots = new ArrayList<>();
        for (final String symbol : simulator.symbols())
        {
            bots.add(new LockstepConfig.Bot("maker-" + symbol, "market-maker", "paper",
                List.of("binance:" + symbol), true, new TreeMap<>(Map.of("refreshInterval", refreshInterval))));
            bots.add(new LockstepConfig.Bot("cross-" + symbol, "crossover", "paper",
                List.of("binance:" + symbol), true,
                new TreeMap<>(Map.of("fast", "1", "slow", "2", "barInterval", "10ms", "notional", "100"))));
            bots.add(new LockstepConfig.Bot("random-" + symbol, "random", "paper",
                List.of("binance:" + symbol), true, new TreeMap<>(Map.of("interval", refreshInterval))));
        }
        final ClientLimits d = ClientLimits.DEFAULT;
        final ClientLimits limits = new ClientLimits(10_000, d.connections(), 10_000, d.rateGraceMs(),
            d.maxMessageLength(), 64 * 1024, d.authTimeoutMs(), d.idleTimeoutMs(), d.pingIntervalMs(),
            d.pongTimeoutMs(), d.conflateMs(), 10_000, d.requestTimeoutMs(), 0, d.bridgeGraceMs());
        return new LockstepConfig(demo.journal(), demo.engine(), demo.venues(), demo.accounts(), bots,
            new LockstepConfig.Gateway("127.0.0.1", 0, List.of(), null, null, null, true,
                GatewayOptions.DEFAULT.withLimits(limits)));
    }
}
