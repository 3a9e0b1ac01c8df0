package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.gateway.client.auth.Role;

/** What stands behind the question mark is heard or refused. */
class QueryTest
{
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
        {
            "/api/orders?status=foo | status | [open, all, filled, canceled, rejected, expired]",
            "/api/orders?state=all | state | [status]",
            "/api/orders?status=open&status=all | status | twice",
            "/api/klines?symbl=BTCUSDT | symbl | [symbols, symbol, interval, limit]",
            "/api/klines?interval=5s | interval | [1m, 5m, 15m, 1h, 1d]",
            "/api/klines?limit=x | limit | 1 to 300",
            "/api/klines?symbol=NOPE | symbol | NOPE",
            "/api/market-scanner?refresh=yes | refresh | [true, false]",
            "/api/strategy-performance?curve=1 | curve | [true, false]",
            "/api/bots?bot=maker-btc | bot | none",
            "/api/stream?channel=trades | channel | [symbols, symbol, channels, since]",
        })
    void shouldNameTheParameterThatIsWrongAndWhatIsAllowed(final String path, final String field, final String allowed)
        throws Exception
    {
        final HttpResponse<String> answer = get(path);

        assertEquals(400, answer.statusCode());
        final JsonNode problem = GatewayFixture.json(answer.body());
        assertEquals(field, problem.get("field").textValue());
        assertTrue(problem.get("detail").textValue().contains(allowed), answer.body());
    }

    @Test
    void shouldRefuseAQueryBesideTheBodyOfACommand() throws Exception
    {
        final HttpResponse<String> answer = fixture.post("/api/bot/stop?flatten=true",
            GatewayFixture.token("ann", Role.ADMIN), null, "{\"bot\":\"maker-btc\"}");

        assertEquals(400, answer.statusCode());
        assertEquals("flatten", GatewayFixture.json(answer.body()).get("field").textValue());
        assertEquals(List.of(), fixture.world.actions());
    }

    @Test
    void shouldTakeOneSymbolInTheSingular() throws Exception
    {
        fixture.world.append(frames -> frames.bar(Frames.BTC, BarInterval.M15, 0, 6_000_000, true));
        fixture.world.append(frames -> frames.bar(Frames.ETH, BarInterval.M15, 0, 250_000, true));
        fixture.awaitOffset(fixture.world.lastSequence());

        for (final String path : List.of("/api/klines?symbol=ETHUSDT", "/api/market/snapshot?symbol=ETHUSDT"))
        {
            assertEquals(List.of("ETHUSDT"),
                GatewayFixture.json(get(path).body()).get("symbols").findValuesAsText("symbol"), path);
        }
    }

    @Test
    void shouldTellOrdersByHowTheyEnded() throws Exception
    {
        fixture.world.append(frames -> frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000));
        fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 77, 100_000));
        fixture.world.append(frames -> frames.orderRequested(6, 0, Frames.BTC, 6_000_050, 100_000));
        fixture.world.append(frames -> frames.orderRejected(6, 0, Frames.BTC, "no money"));
        fixture.world.append(frames -> frames.orderRequested(7, 0, Frames.BTC, 6_000_050, 100_000));
        fixture.awaitOffset(fixture.world.lastSequence());

        assertEquals(List.of("5"), ids("filled"));
        assertEquals(List.of("6"), ids("rejected"));
        assertEquals(List.of("7"), ids("open"));
        assertEquals(List.of(), ids("canceled"));
        assertEquals(List.of("7", "6", "5"), ids("all"));
    }

    private List<String> ids(final String status) throws Exception
    {
        return GatewayFixture.json(get("/api/orders?status=" + status).body()).get("orders")
            .findValuesAsText("orderId");
    }

    private HttpResponse<String> get(final String path) throws Exception
    {
        return fixture.get(path, GatewayFixture.token("ann", Role.ADMIN));
    }
}
