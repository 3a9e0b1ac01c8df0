package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.SimulatorStats;

import java.io.IOException;
import java.util.concurrent.CompletionException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class FaultTest
{
    private BinanceSimulator simulator;

    @BeforeEach
    void start() throws IOException
    {
        simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(1_000));
    }

    @AfterEach
    void stop()
    {
        simulator.close();
    }

    private void fault(final String name) throws Exception
    {
        assertEquals(200, StreamClient.post(simulator.addresses().control() + "/fault/" + name).statusCode());
    }

    private StreamClient open(final String path)
    {
        return StreamClient.open(simulator.addresses().stream() + path);
    }

    @Test
    void shouldSkipDiffsAndCountThemWhenAGapIsAskedFor() throws Exception
    {
        try (StreamClient client = open("/ws/btcusdt@depth@100ms"))
        {
            long last = StreamClient.json(client.next()).get("u").asLong();
            fault("gap?symbol=BTCUSDT&count=2");
            JsonNode diff = StreamClient.json(client.next());
            while (diff.get("U").asLong() == last + 1)
            {
                last = diff.get("u").asLong();
                diff = StreamClient.json(client.next());
            }

            assertTrue(diff.get("U").asLong() > last + 1);
            assertEquals(2, simulator.stats().withheld());
        }
    }

    @Test
    void shouldServeAnOldBookAsOftenAsAskedFor() throws Exception
    {
        final String url = simulator.addresses().rest() + "/api/v3/depth?symbol=BTCUSDT&limit=1000";
        fault("stale-depth?symbol=BTCUSDT&count=2");
        try (StreamClient client = open("/ws/btcusdt@depth@100ms"))
        {
            final long firstId = StreamClient.json(client.next()).get("U").asLong();

            assertTrue(StreamClient.json(StreamClient.get(url).body()).get("lastUpdateId").asLong() < firstId);
            assertTrue(StreamClient.json(StreamClient.get(url).body()).get("lastUpdateId").asLong() < firstId);
            assertTrue(StreamClient.json(StreamClient.get(url).body()).get("lastUpdateId").asLong() >= firstId);
        }
    }

    @Test
    void shouldCutConnectionsWithoutFarewellWhenDisconnecting() throws Exception
    {
        try (StreamClient client = open("/ws/btcusdt@trade"))
        {
            client.next();
            fault("disconnect");

            assertTrue(client.awaitClose() != 1000);
            while (0 != simulator.stats().connections())
            {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldSendGarbageAndGoOn() throws Exception
    {
        try (StreamClient client = open("/ws/btcusdt@trade"))
        {
            fault("garbage?text=%7B%7B%7B");

            assertEquals("{{{", client.nextWith("{{{"));
            assertTrue(client.next().startsWith("{\"e\":\"trade\""));
            assertEquals(1, simulator.stats().injected());
        }
    }

    @Test
    void shouldTurnConnectionsAwayWhileRefusing() throws Exception
    {
        fault("refuse?ms=60000");

        assertThrows(CompletionException.class, () -> open("/ws/btcusdt@trade"));
        assertEquals(503, StreamClient.get(simulator.addresses().rest() + "/api/v3/ping").statusCode());
    }

    @Test
    void shouldFallSilentWhilePaused() throws Exception
    {
        try (StreamClient client = open("/ws/btcusdt@bookTicker"))
        {
            client.next();
            final long beforeNs = System.nanoTime();
            fault("pause?ms=700");
            final long marketEvents = simulator.stats().marketEvents();
            final long served = simulator.stats().served();
            for (int i = 0; i < 100; i++)
            {
                final SimulatorStats stats = simulator.stats();
                // On a machine that was busy meanwhile the pause may be over.
                final boolean isPaused = System.nanoTime() - beforeNs < 700_000_000L;
                assertTrue(!isPaused || marketEvents == stats.marketEvents(), "the market went on");
                assertTrue(!isPaused || served == stats.served(), "it was served");
            }
            while (marketEvents == simulator.stats().marketEvents())
            {
                Thread.onSpinWait();
            }

            assertTrue(client.next().startsWith("{\"u\":"));
        }
    }

    @Test
    void shouldSayWhatThereIsWhenFaultIsUnknown() throws Exception
    {
        final var response = StreamClient.post(simulator.addresses().control() + "/fault/earthquake");

        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("'earthquake'") && response.body().contains("disconnect"));
    }

    @Test
    void shouldReportCountersAsJson() throws Exception
    {
        final JsonNode stats = StreamClient.json(StreamClient.get(simulator.addresses().control() + "/stats").body());

        assertTrue(stats.get("marketEvents").asLong() >= 0);
        assertTrue(stats.has("servedByKind"));
    }
}
