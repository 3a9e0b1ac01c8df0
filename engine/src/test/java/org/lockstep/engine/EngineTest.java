package org.lockstep.engine;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.SignalDecoder;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.StrategyParameterException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.anEngine;

class EngineTest
{
    private static final long MINUTE = 60_000 * MS;
    private static final long TO_MIDNIGHT = 106 * MINUTE + 40_000 * MS;

    @Test
    void shouldTradeCrossoverWhenAveragesCross()
    {
        final EngineFixture engine = anEngine().start();
        engine.command(CommandAction.DEFINE_BOT, "cross", "strategy", "crossover", "account", "paper",
            "symbols", "BTCUSDT", "fast", "2", "slow", "4", "barInterval", "100ms", "quantity", "0.01");
        engine.command(CommandAction.START_BOT, "cross");
        assertEquals(BotState.RUNNING, engine.engine().bots().byName("cross").state());

        for (int i = 0; i < 40; i++)
        {
            final long price = 6_000_000 + 1_000 * (i < 20 ? i : 40 - i);
            engine.pass(100 * MS).quote(BTC_USDT, price, price + 10);
        }
        engine.after(10 * MS);

        assertEquals(2, engine.count(SignalDecoder.TEMPLATE_ID));
        assertEquals(2, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
        assertEquals(2, engine.count(OrderAcceptedDecoder.TEMPLATE_ID));
        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID));
        assertEquals(-1_000, engine.engine().bots().byName("cross").risk().holdings().find(0).quantity());
        assertTrue(Frame.isOutput(engine.last(OrderFilledDecoder.TEMPLATE_ID), 0));
    }

    @Test
    void shouldTradeCrossoverOnClosesOfBarsWhenTheyAreItsSource()
    {
        final EngineFixture engine = anEngine().start("latencyNs", "0", "balance", "1000000");
        engine.pass(TO_MIDNIGHT);
        engine.command(CommandAction.DEFINE_BOT, "cross", "strategy", "crossover", "account", "paper",
            "symbols", "BTCUSDT", "fast", "2", "slow", "4", "barInterval", "1m", "source", "bars", "quantity", "0.01");
        engine.command(CommandAction.START_BOT, "cross");
        assertEquals(BotState.RUNNING, engine.engine().bots().byName("cross").state());

        for (int i = 0; i < 40; i++)
        {
            final long price = 6_000_000 + 1_000 * (i < 20 ? i : 40 - i);
            engine.bar(BTC_USDT, price, price, price, price, 100_000);
        }

        assertEquals(2, engine.count(SignalDecoder.TEMPLATE_ID));
        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID));
        assertEquals(-1_000, engine.engine().bots().byName("cross").risk().holdings().find(0).quantity());
    }

    @Test
    void shouldTradeCrossoverOnBarsThatTradesMakeAsOnThoseOfThePast()
    {
        final EngineFixture engine = anEngine().start("latencyNs", "0", "balance", "1000000");
        engine.pass(TO_MIDNIGHT + 1_500 * MS);
        engine.command(CommandAction.DEFINE_BOT, "cross", "strategy", "crossover", "account", "paper",
            "symbols", "BTCUSDT", "fast", "2", "slow", "4", "barInterval", "1m", "source", "bars", "quantity", "0.01");
        engine.command(CommandAction.START_BOT, "cross");

        for (int i = 0; i < 40; i++)
        {
            final long price = 6_000_000 + 1_000 * (i < 20 ? i : 40 - i);
            engine.pass(29_000 * MS).quote(BTC_USDT, price, price + 10).trade(BTC_USDT, price, 1_000, Side.BUY)
                .pass(29_000 * MS).quote(BTC_USDT, price, price + 10).after(2_000 * MS);
        }

        assertEquals(2, engine.count(SignalDecoder.TEMPLATE_ID));
        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldLeaveQuotesToOthersWhenBarsAreTheSourceOfCrossover()
    {
        final EngineFixture engine = anEngine().start();
        engine.command(CommandAction.DEFINE_BOT, "cross", "strategy", "crossover", "account", "paper",
            "symbols", "BTCUSDT", "fast", "2", "slow", "4", "barInterval", "1m", "source", "bars", "quantity", "0.01");
        engine.command(CommandAction.START_BOT, "cross");

        for (int i = 0; i < 40; i++)
        {
            final long price = 6_000_000 + 1_000 * (i < 20 ? i : 40 - i);
            engine.pass(MINUTE).quote(BTC_USDT, price, price + 10);
        }

        assertEquals(0, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldRefuseAnIntervalThatNoBarHasWhenBarsAreTheSourceOfCrossover()
    {
        final StrategyParameterException refused = assertThrows(StrategyParameterException.class, () ->
            Strategies.load().create("crossover", Map.of("source", "bars", "barInterval", "10s")));

        assertEquals("barInterval", refused.parameter());
        assertEquals("'10s'", refused.found());
        assertTrue(refused.allowed().contains("1m, 5m, 15m, 1h or 1d"), refused.allowed());
    }
}
