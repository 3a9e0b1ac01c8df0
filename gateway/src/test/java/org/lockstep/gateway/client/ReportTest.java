package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.gateway.client.auth.Role;

class ReportTest
{
    private final String viewer = GatewayFixture.token("ann", Role.VIEWER);
    private GatewayFixture fixture;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start();
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldRankInstrumentsByWhatTheirBarsTell() throws Exception
    {
        bars(Frames.BTC, BarInterval.M1, 100, 110, 99, 121);
        bars(Frames.BTC, BarInterval.M5, 100, 90);
        bars(Frames.ETH, BarInterval.M1, 100, 100, 100);
        fixture.world.append(frames -> frames.quote(Frames.BTC, 9_900, 10_100));
        fixture.world.append(frames -> frames.quote(Frames.ETH, 5_000, 6_000));
        fixture.awaitOffset(fixture.world.append(frames -> frames.ticker(Frames.BTC, 100, 121)));

        final JsonNode report = get("/api/market-scanner");
        final JsonNode first = report.get("instruments").get(0);
        final JsonNode second = report.get("instruments").get(1);

        assertEquals(2, report.get("count").intValue());
        assertEquals("BTCUSDT", first.get("symbol").textValue());
        assertEquals(1, first.get("rank").intValue());
        assertEquals(200.0, first.get("spreadBps").doubleValue());
        assertEquals(21.0, first.get("timeframes").get(0).get("momentumPercent").doubleValue());
        assertEquals("5m", first.get("timeframes").get(1).get("interval").textValue());
        assertEquals(-10.0, first.get("timeframes").get(1).get("momentumPercent").doubleValue());
        assertEquals(5.5, first.get("momentumPercent").doubleValue());
        assertEquals(0.0, first.get("agreement").doubleValue());
        assertEquals("740000000.00", first.get("quoteVolume").textValue());
        assertTrue(second.get("score").doubleValue() < first.get("score").doubleValue());
        assertEquals(1, get("/api/market-scanner?limit=1").get("instruments").size());
        assertEquals("ETHUSDT", get("/api/market-scanner?symbols=ETHUSDT").get("instruments").get(0)
            .get("symbol").textValue());
        assertEquals(400, fixture.get("/api/market-scanner?limit=0", viewer).statusCode());
        assertEquals(400, fixture.get("/api/market-scanner?symbols=NOPE", viewer).statusCode());
        assertEquals(401, fixture.get("/api/market-scanner", null).statusCode());
    }

    @Test
    void shouldScanAnewWhenAnOperatorAsks() throws Exception
    {
        bars(Frames.BTC, BarInterval.M1, 100, 110);
        assertEquals(10.0, momentum("/api/market-scanner"));
        bars(Frames.BTC, BarInterval.M1, 100, 120);

        assertEquals(403, fixture.get("/api/market-scanner?refresh=true", viewer).statusCode());
        final JsonNode anew = GatewayFixture.json(fixture.get(
            "/api/market-scanner?refresh=true", GatewayFixture.token("ann", Role.OPERATOR)).body());

        assertEquals(20.0, anew.get("instruments").get(0).get("momentumPercent").doubleValue());
    }

    @Test
    void shouldTellHowBotsDo() throws Exception
    {
        fixture.world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_200));
        fixture.world.append(frames -> frames.orderRequested(1, 0, Frames.BTC, 6_000_000, 100_000));
        fixture.world.append(frames -> frames.orderAccepted(1, 0, Frames.BTC));
        fixture.world.append(frames -> frames.positionChanged(0, Frames.BTC, 200_000, 6_000_000, 0));
        fixture.world.append(frames -> frames.positionChanged(0, Frames.BTC, 100_000, 6_000_000, 500_000_000));
        fixture.world.append(frames -> frames.positionChanged(0, Frames.BTC, -50_000, 6_000_000, 300_000_000));
        fixture.world.append(frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, 300_000_000, 3));
        fixture.awaitOffset(fixture.world.lastSequence());

        final JsonNode report = get("/api/strategy-performance?bot=maker-btc&curve=true").get("strategies").get(0);

        assertEquals("maker-btc", report.get("bot").textValue());
        assertEquals("2.47000000", report.get("pnl").textValue());
        assertEquals("0.03000000", report.get("fees").textValue());
        assertEquals("100000.00000000", report.get("capital").textValue());
        assertEquals(0.0025, report.get("returnPercent").doubleValue());
        assertEquals(3, report.get("fills").intValue());
        assertEquals(2, report.get("closedTrades").intValue());
        assertEquals(50.0, report.get("winRatePercent").doubleValue());
        assertEquals(2.5, report.get("profitFactor").doubleValue());
        assertEquals("30000.50000000", report.get("exposure").textValue());
        assertEquals(30.0, report.get("exposurePercent").doubleValue(), 0.001);
        assertEquals(1, report.get("latencyMs").get("count").intValue());
        assertTrue(report.get("sharpe").isNull());
        assertEquals("2.47000000", report.get("curve").get(report.get("curve").size() - 1).get(1).textValue());
        assertEquals(2, get("/api/strategy-performance").get("strategies").size());
        assertEquals(404, fixture.get("/api/strategy-performance?bot=nobody", viewer).statusCode());
    }

    @Test
    void shouldTellHowOwnBotsDoAlone() throws Exception
    {
        final String bob = GatewayFixture.token("bob", Role.OPERATOR);

        assertEquals(404, fixture.get("/api/strategy-performance?bot=maker-btc", bob).statusCode());
        assertEquals(0, GatewayFixture.json(fixture.get("/api/strategy-performance", bob).body())
            .get("strategies").size());
    }

    private double momentum(final String path) throws Exception
    {
        return get(path).get("instruments").get(0).get("momentumPercent").doubleValue();
    }

    private void bars(final int instrument, final BarInterval interval, final long... closes)
    {
        for (int i = 0; i < closes.length; i++)
        {
            final int index = i;
            fixture.world.append(frames ->
                frames.bar(instrument, interval, 60_000L * index, closes[index], index < closes.length - 1));
        }
        fixture.awaitOffset(fixture.world.lastSequence());
    }

    private JsonNode get(final String path) throws Exception
    {
        return GatewayFixture.json(fixture.get(path, viewer).body());
    }
}
