package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.Samples;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Orders against a recording of the real exchange. */
@Timeout(300)
class RecordedTradingTest
{
    @Test
    void shouldFillFromRecordedBookAndTrades() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSource(
            Samples.binance("spot_btcusdt_20240808_head.jsonl"), SimulatorConfig.MAX_SPEED));
            TradingClient client = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC)))
        {
            client.call("userDataStream.subscribe.signature");

            final JsonNode taken = client.call("order.place", "symbol", "BTCUSDT", "side", "BUY", "type", "MARKET",
                "quantity", "0.5");
            final JsonNode resting = client.call("order.place", "symbol", "BTCUSDT", "side", "BUY",
                "type", "LIMIT", "timeInForce", "GTC", "price", "61830.00", "quantity", "0.01",
                "newClientOrderId", "queued");

            assertEquals("FILLED", taken.at("/result/status").asText(), taken.toString());
            final double average = taken.at("/result/cummulativeQuoteQty").asDouble() / 0.5;
            assertTrue(average > 61_000 && average < 63_000, "average price " + average);
            assertEquals("NEW", resting.at("/result/status").asText(), resting.toString());

            try (StreamClient stream = StreamClient.open(simulator.addresses().stream() +
                "/stream?streams=btcusdt@trade/btcusdt@depth@100ms/btcusdt@bookTicker"))
            {
                stream.next();
                simulator.sourceEnded().toCompletableFuture().join();
            }
            final JsonNode trade = client.awaitEvent(event -> "queued".equals(event.path("c").asText()) &&
                "TRADE".equals(event.path("x").asText()));

            assertTrue(trade.get("m").asBoolean());
            assertEquals("61830.00000000", trade.get("L").asText());
        }
    }
}
