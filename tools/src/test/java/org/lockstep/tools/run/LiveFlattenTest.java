package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.position.Position;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.rehearse.RandomTraderFactory;
import org.lockstep.tools.rehearse.VenueTruth;

/**
 * A kill switch that flattens, at a venue: over sockets, with an account's own money, and with answers that are lost.
 */
class LiveFlattenTest
{
    private static final int BTC = 0;
    private static final int ETH = 1;

    @TempDir
    private Path directory;

    private LiveFixture live;

    @AfterEach
    void close()
    {
        live.close();
    }

    @Test
    void shouldCancelAllAndCloseLongAndShortWhenTheKillSwitchFlattens() throws IOException
    {
        live = new LiveFixture(directory, LiveFixture.impatient()).start();
        holdBothWays();
        rest(BTC, Side.BUY);
        rest(ETH, Side.SELL);
        live.await("two in the book", () -> 2 == VenueTruth.open(live.books()).size());

        live.kill(true);
        awaitClosed(2);
        live.submit(BTC, Side.BUY, OrderType.MARKET, TimeInForce.IOC, 0, 100 * live.instrument(BTC).lotSize());
        live.await("a refusal", () -> live.count("OrderRejected", event -> true) > 0);

        assertEquals(List.of(), VenueTruth.open(live.books()));
        assertFlat(live.finish());
    }

    @Test
    void shouldCloseWhatTradingBotsHoldWhenTheyAreKilledWhileTheyTrade() throws IOException
    {
        live = new LiveFixture(directory, LiveFixture.impatient(), bot("one", "BTCUSDT"), bot("two", "ETHUSDT"))
            .start();
        live.await("fills", () -> live.count("OrderFilled", event -> true) > 20);

        live.kill(true);
        live.await("nothing open", () -> VenueTruth.open(live.books()).isEmpty() && isFlat());

        assertFlat(live.finish());
    }

    @Test
    void shouldCloseOnceWhenTheAnswersToTheClosingOrdersAreLost() throws IOException
    {
        live = new LiveFixture(directory, LiveFixture.impatient()).start();
        holdBothWays();
        final int before = live.books().path("orders").size();

        live.fault("[{\"fault\":\"drop-ack\",\"method\":\"order.place\",\"count\":2}," +
            "{\"fault\":\"drop-event\",\"event\":\"executionReport\",\"forMs\":10000}]");
        live.kill(true);
        awaitClosed(2);

        assertEquals(before + 2, live.books().path("orders").size());
        assertTrue(live.count("OutcomeUnknown", event -> true) > 0, () -> live.events().toString());
        assertFlat(live.finish());
    }

    @Test
    void shouldCloseOnceTheAccountIsBackWhenTheSocketIsLostWithTheKill() throws IOException
    {
        live = new LiveFixture(directory, LiveFixture.impatient()).start();
        holdBothWays();
        rest(BTC, Side.BUY);

        live.fault("{\"fault\":\"refuse\",\"ms\":1500}");
        live.fault("{\"fault\":\"disconnect\",\"target\":\"api\"}");
        live.kill(true);
        awaitClosed(2);

        assertEquals(List.of(), VenueTruth.open(live.books()));
        assertFlat(live.finish());
    }

    /** Long in one, short in the other: what is sold is the account's own. */
    private void holdBothWays()
    {
        live.submit(BTC, Side.BUY, OrderType.MARKET, TimeInForce.IOC, 0, 1_000 * live.instrument(BTC).lotSize());
        live.submit(ETH, Side.SELL, OrderType.MARKET, TimeInForce.IOC, 0, 1_000 * live.instrument(ETH).lotSize());
        live.await("both filled", () -> held("BTCUSDT") && held("ETHUSDT"));
    }

    private boolean held(final String symbol)
    {
        final Map<String, Object> position = live.last("PositionChanged",
            event -> String.valueOf(event.get("instrument")).endsWith(symbol));
        return null != position && VenueTruth.open(live.books()).isEmpty() && 0 != live.net(symbol).signum();
    }

    private void rest(final int instrumentId, final Side side)
    {
        final Instrument instrument = live.instrument(instrumentId);
        final long far = Side.BUY == side ? live.bid(instrumentId) * 97 / 100 : live.ask(instrumentId) * 103 / 100;
        live.submit(instrumentId, side, OrderType.LIMIT, TimeInForce.GTC, far - far % instrument.tickSize(),
            1_000 * instrument.lotSize());
    }

    private void awaitClosed(final int count)
    {
        live.await("positions closed", () -> count == live.count("Alert", event ->
            String.valueOf(event.get("text")).endsWith("is closed") ||
            String.valueOf(event.get("text")).contains("cannot be closed")));
    }

    private boolean isFlat()
    {
        return live.count("Alert", event -> String.valueOf(event.get("text")).startsWith("position of ")) >= 2;
    }

    /** Nothing is left but what is too small to be an order. */
    private void assertFlat(final Engine engine)
    {
        for (int id = 0; id < engine.instruments().count(); id++)
        {
            final Instrument instrument = engine.instruments().get(id);
            for (int i = 0; i < engine.bots().count(); i++)
            {
                final Position position = engine.bots().find(i).risk().holdings().find(id);
                final long quantity = null == position ? 0 : position.quantity();
                final BigDecimal worth = BigDecimal.valueOf(Math.abs(quantity), instrument.quantityScale())
                    .multiply(BigDecimal.valueOf(live.ask(id), instrument.priceScale()));
                assertTrue(worth.compareTo(BigDecimal.valueOf(instrument.minNotional(), 8)) < 0,
                    () -> instrument.symbol() + ": " + quantity + " worth " + worth);
            }
        }
        assertNull(engine.orders().firstOpen());
    }

    private static LockstepConfig.Bot bot(final String name, final String symbol)
    {
        return new LockstepConfig.Bot(name, RandomTraderFactory.NAME, LiveFixture.ACCOUNT,
            List.of("binance:" + symbol), true, new TreeMap<>(Map.of("seed", "5", "interval", "4ms")));
    }
}
