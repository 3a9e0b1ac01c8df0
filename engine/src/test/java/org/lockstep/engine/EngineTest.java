package org.lockstep.engine;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.SignalDecoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.anEngine;

class EngineTest
{
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
}
