package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;

/** Order types that the engine emulates, at a venue that knows none of them, through crashes and lost answers. */
class LiveAlgoTest
{
    private static final int BTC = 0;
    private static final int ETH = 1;
    private static final int KINDS = 8;
    private static final Set<String> ENDED = Set.of("DONE", "CANCELED", "FAILED");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private LiveFixture live;

    @AfterEach
    void close()
    {
        live.close();
    }

    @Test
    void shouldCarryEveryEmulatedOrderToItsEndAtTheVenue() throws IOException
    {
        live = new LiveFixture(directory, BinanceOrderConfig.Times.defaults()).start();

        submitOneOfEach();
        awaitAllDone();

        assertEquals(Set.of("DONE"), new TreeSet<>(states().values()), () -> states().toString());
        assertExecutedWhatWasWanted();
        live.finish();
    }

    @Test
    void shouldGoOnWithEveryEmulatedOrderAfterCrashesInTheMiddle() throws IOException
    {
        live = new LiveFixture(directory, BinanceOrderConfig.Times.defaults()).start();
        submitOneOfEach();
        live.await("some executed", () -> live.count("OrderFilled", event -> true) > 3);
        // Now, since they go on as soon as the process is back, and it may take its time to be live.
        final int inTheMiddle = KINDS - (int)states().values().stream().filter(ENDED::contains).count();
        final long executedBefore = live.count("OrderFilled", event -> true);
        live.crash();
        live.start();
        live.await("more executed", () -> live.count("OrderFilled", event -> true) > executedBefore);
        live.crash();
        live.start();

        awaitAllDone();

        assertTrue(inTheMiddle > 1, () -> inTheMiddle + " were not finished at the crash");
        assertExecutedWhatWasWanted();
        live.finish();
    }

    @Test
    void shouldExecuteNothingTwiceWhenAnswersAreLostOnTheWay() throws IOException
    {
        live = new LiveFixture(directory, LiveFixture.impatient()).start();
        live.fault("[{\"fault\":\"drop-ack\",\"method\":\"order.place\",\"probability\":0.2,\"seed\":3," +
            "\"forMs\":3000}," +
            "{\"fault\":\"drop-event\",\"event\":\"executionReport\",\"probability\":0.2,\"seed\":4,\"forMs\":3000}," +
            "{\"fault\":\"lose-request\",\"method\":\"order.place\",\"count\":2,\"skip\":3}]");

        submitOneOfEach();
        awaitAllDone();

        assertTrue(live.count("OutcomeUnknown", event -> true) > 0, () -> live.events().toString());
        assertExecutedWhatWasWanted();
        live.finish();
    }

    /** Near the market, so that each has something to do within seconds. */
    private void submitOneOfEach()
    {
        final long lots = 1_000;
        algo(BTC, Side.BUY, lots, 0, "type", "twap", "slices", "10", "duration", "4s");
        algo(ETH, Side.BUY, lots, near(ETH, Side.BUY, 500), "type", "iceberg", "display",
            text(ETH, lots / 20 * live.instrument(ETH).lotSize(), live.instrument(ETH).quantityScale()));
        algo(BTC, Side.SELL, lots, 0, "type", "stop", "stopPrice", price(BTC, Side.BUY, 5_000));
        algo(ETH, Side.SELL, lots, 0, "type", "take-profit", "takeProfitPrice", price(ETH, Side.SELL, 500));
        algo(BTC, Side.SELL, lots, 0, "type", "trailing-stop", "trail", "0.10");
        algo(ETH, Side.BUY, lots, 0, "type", "trailing-stop", "trail", "0.10");
        algo(ETH, Side.SELL, lots, near(ETH, Side.BUY, 3), "type", "oco", "stopPrice", price(ETH, Side.SELL, 3));
        algo(BTC, Side.BUY, lots, 0, "type", "bracket", "takeProfitPrice", price(BTC, Side.BUY, 5), "stopPrice",
            price(BTC, Side.SELL, 5));
        live.await("all eight", () -> KINDS == states().size());
    }

    private void algo(final int id, final Side side, final long lots, final long limit, final String... parameters)
    {
        live.submit(id, side, 0 == limit ? OrderType.MARKET : OrderType.LIMIT, TimeInForce.GTC, limit,
            lots * live.instrument(id).lotSize(), parameters);
    }

    /** A price some ticks above the market for a buy, below it for a sell. */
    private long near(final int id, final Side side, final int ticks)
    {
        final long away = ticks * live.instrument(id).tickSize();
        return Side.BUY == side ? live.ask(id) + away : live.bid(id) - away;
    }

    private String price(final int id, final Side side, final int ticks)
    {
        return text(id, near(id, side, ticks), live.instrument(id).priceScale());
    }

    private static String text(final int id, final long mantissa, final int scale)
    {
        return BigDecimal.valueOf(mantissa, scale).toPlainString();
    }

    private void awaitAllDone()
    {
        live.await(() -> "the end of " + states(), () ->
            states().values().stream().filter(ENDED::contains).count() == KINDS);
    }

    /** Last known state of each emulated order. */
    private Map<Long, String> states()
    {
        final Map<Long, String> states = new TreeMap<>();
        for (final Map<String, Object> event : live.events())
        {
            if ("AlgoStatus".equals(event.get("type")))
            {
                states.put(Long.valueOf(String.valueOf(event.get("algoId"))), String.valueOf(event.get("state")));
            }
        }
        return states;
    }

    /** By the venue's own books. A bracket whose entry never arrived has FAILED and executed nothing. */
    private void assertExecutedWhatWasWanted()
    {
        final Map<Long, String> others = states();
        final Object bracket = live.last("AlgoStatus", event -> "BRACKET".equals(event.get("kind"))).get("algoId");
        others.remove(Long.valueOf(String.valueOf(bracket)));
        assertEquals(Set.of("DONE"), new TreeSet<>(others.values()), () -> states().toString());
        final Engine engine = live.process().engine();
        final BigDecimal btc = BigDecimal.valueOf(
            1_000 * engine.instruments().get(BTC).lotSize(), engine.instruments().get(BTC).quantityScale());
        final BigDecimal eth = BigDecimal.valueOf(
            1_000 * engine.instruments().get(ETH).lotSize(), engine.instruments().get(ETH).quantityScale());

        // BTC: bought by the TWAP, sold by stop and trailing stop, bracket in and out.
        assertEquals(0, live.net("BTCUSDT").compareTo(btc.negate()), () -> live.net("BTCUSDT").toPlainString());
        // ETH: bought by iceberg and trailing stop, sold by take-profit and pair.
        assertEquals(0, live.net("ETHUSDT").signum(), () -> live.net("ETHUSDT") + ", each " + eth);
    }
}
