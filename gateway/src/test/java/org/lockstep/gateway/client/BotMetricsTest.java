package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.gateway.client.auth.Role;

/** Figures of bots and accounts for Prometheus, and whose they are. */
class BotMetricsTest
{
    private static final String ANNS = "{account=\"paper\",bot=\"maker-btc\"} ";

    private GatewayFixture fixture;

    @BeforeEach
    void start() throws Exception
    {
        start(UnaryOperator.identity());
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldShowWhatBotsAndAccountsComeTo() throws Exception
    {
        final String text = metrics(GatewayFixture.token("root", Role.ADMIN));

        assertTrue(text.contains("lockstep_bot_realised_pnl" + ANNS + "12.34"), text);
        assertTrue(text.contains("lockstep_bot_fills_total" + ANNS + "3.0"), text);
        assertTrue(text.contains("lockstep_bot_orders_refused_total" + ANNS + "1.0"), text);
        assertTrue(text.contains("lockstep_bot_open_orders" + ANNS + "1.0"), text);
        assertTrue(text.contains(
            "lockstep_bot_state{account=\"paper\",bot=\"maker-btc\",state=\"running\"} 1.0"), text);
        assertTrue(text.contains("lockstep_bot_position{account=\"savings\",bot=\"slow-btc\"," +
            "symbol=\"binance:BTCUSDT\"} 1.5"), text);
        assertTrue(text.contains("lockstep_account_free{account=\"savings\",asset=\"USDT\"} 10000.0"), text);
        assertTrue(text.contains("lockstep_account_kill_switch{account=\"savings\"} 0.0"), text);
        assertTrue(text.contains("lockstep_kill_switch 0.0"), text);
    }

    @Test
    void shouldShowAUserTheOwnBotsAndAccountsAlone() throws Exception
    {
        final String bobs = metrics(GatewayFixture.token("bob", Role.VIEWER));

        assertTrue(bobs.contains("bot=\"slow-btc\""), bobs);
        assertTrue(bobs.contains("lockstep_account_free{account=\"savings\""), bobs);
        assertFalse(bobs.contains("maker-btc"), bobs);
        assertFalse(bobs.contains("account=\"paper\""), bobs);
    }

    @Test
    void shouldShowFiguresOfNobodyWithoutATokenUnlessMetricsAreOpen() throws Exception
    {
        final String closed = metrics(null);
        fixture.close();
        start(config -> config.withOptions(GatewayOptions.DEFAULT.withMetrics(MetricsAccess.OPEN)));
        final String open = metrics(null);

        assertTrue(closed.contains("lockstep_ring_remaining"), closed);
        assertFalse(closed.contains("lockstep_bot_"), closed);
        assertFalse(closed.contains("lockstep_account_"), closed);
        assertTrue(open.contains("lockstep_bot_realised_pnl" + ANNS + "12.34"), open);
        assertEquals(401, fixture.get("/api/bots", null).statusCode());
    }

    private void start(final UnaryOperator<ClientGatewayConfig> change) throws Exception
    {
        final TestWorld world = GatewayFixture.aWorld();
        world.append(frames -> frames.defineAccount("savings", "bob"));
        world.defineBot(7, "slow-btc", BotState.RUNNING, 1);
        world.append(frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, 1_234_000_000L, 3));
        world.append(frames -> frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000));
        world.append(frames -> frames.orderRefused(3, 0, Frames.BTC, "daily loss"));
        world.append(frames -> frames.account(1).balance("USDT", 1_000_000_000_000L));
        world.append(frames -> frames.account(1).position(7, Frames.BTC, 150_000, 6_000_000));
        fixture = GatewayFixture.start(world, change);
        fixture.awaitOffset(world.lastSequence());
    }

    private String metrics(final String token) throws Exception
    {
        return fixture.get("/metrics", token).body();
    }
}
