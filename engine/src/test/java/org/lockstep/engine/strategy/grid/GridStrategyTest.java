package org.lockstep.engine.strategy.grid;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.anEngine;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.Side;

class GridStrategyTest
{
    private static final long MS = 1_000_000;
    private static final long QUANTITY = 100;
    private static final int LEVELS = 3;

    @Test
    void shouldHoldNoMoreThanItsLevelsWhenTheMarketFallsThroughManyGrids()
    {
        final EngineFixture engine = anEngine().start();
        engine.command(CommandAction.DEFINE_BOT, "grid", "strategy", "grid", "account", "paper", "symbols", "BTCUSDT",
            "levels", Integer.toString(LEVELS), "stepBps", "5", "quantity", "0.001", "refreshInterval", "10ms");
        engine.command(CommandAction.START_BOT, "grid");

        long most = 0;
        for (long mid = 6_000_000; mid > 5_500_000; mid -= 200)
        {
            engine.pass(20 * MS);
            engine.quote(BTC_USDT, mid - 5, 1_000_000, mid + 5, 1_000_000);
            engine.trade(BTC_USDT, mid - 5, 1_000_000, Side.SELL);
            most = Math.max(most, Math.abs(
                engine.engine().bots().byName("grid").risk().holdings().position(BTC_USDT.id()).quantity()));
        }

        assertTrue(most > 0, "the grid never traded");
        final long held = most;
        assertTrue(most <= LEVELS * QUANTITY, () -> "held " + held + ", allowed " + LEVELS * QUANTITY);
    }
}
