package org.lockstep.tools.rehearse;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.LockstepProcess;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A comparison that finds nothing proves nothing: books that were tampered with must not agree. */
class BooksTest
{
    private static final long TIMEOUT_MS = 120_000;
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");

    @TempDir
    private Path directory;

    @Test
    void shouldFindWhatDiffersWhenTheVenueHasOtherBooks() throws Exception
    {
        final Tempo tempo = new Tempo();
        final Engine engine;
        final JsonNode books;
        final String account;
        try (ExchangeSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults()
            .withSymbols(SYMBOLS.toArray(new String[0])).withSeed(1, tempo.epochMs()).withSpeed(Tempo.SPEED)))
        {
            tempo.begin();
            final LockstepConfig config = site(simulator, tempo).config(null);
            account = config.accounts().get(0).name();
            try (LockstepProcess process = LockstepProcess.open(config, "test", ReplayProgress.NONE,
                Throwable::printStackTrace, site(simulator, tempo).settings(config, new CrashPoint(null, 0))))
            {
                process.start();
                assertNull(process.awaitLive(TIMEOUT_MS));
                final SimulatorControl control = new SimulatorControl(simulator.addresses().control());
                final String key = simulator.addresses().key(1, SimulatedKey.HMAC).key();
                final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
                while (control.account(key).path("orders").isEmpty() && System.nanoTime() - deadlineNs < 0)
                {
                    simulator.afterOrderRequests(5).toCompletableFuture().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
                }
                assertTrue(process.quiesce(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS)), process::states);
                engine = process.engine();
                books = control.account(key);
            }
        }

        final List<String> asTheyAre = Books.compare(engine, account, books);
        final ObjectNode order = (ObjectNode)books.at("/orders/0");
        order.put("executedQty", "77");
        order.put("status", "PARTIALLY_FILLED");
        ((ArrayNode)books.path("orders")).add(order.deepCopy()
            .put("clientOrderId", order.path("clientOrderId").asText().replaceAll("^(ls-[^-]+)-.*$", "$1-1-1-9999")));
        ((ObjectNode)books.at("/balances/0")).put("free", "0.5");
        final String tampered = String.join("\n", Books.compare(engine, account, books));

        assertEquals(List.of(), asTheyAre);
        assertTrue(Pattern.compile("by the engine, 77(\\.0+)? by the venue").matcher(tampered).find(), tampered);
        assertTrue(tampered.contains("by the engine, open by the venue"), tampered);
        assertTrue(tampered.contains("the engine does not know it, the venue executed 77"), tampered);
        assertTrue(tampered.contains("position in "), tampered);
        assertTrue(tampered.contains("by the engine, 0.5 and "), tampered);
    }

    private ScenarioSite site(final ExchangeSimulator simulator, final Tempo tempo)
    {
        final SimulatedKey key = simulator.addresses().key(1, SimulatedKey.HMAC);
        return new ScenarioSite(1, "backoff", false, directory.toString(), simulator.addresses().rest(),
            simulator.addresses().stream(), simulator.addresses().api(), SYMBOLS, List.of(key.key()),
            List.of(key.secret()), tempo.epochMs(), tempo.beginNs());
    }
}
