package org.lockstep.engine;

import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.HistoricalBarDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.StateHashDecoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

class EngineDeterminismTest
{
    @Test
    void shouldRepeatEveryOutputWhenFramesAreAppliedAgain()
    {
        final EngineFixture first = tradedByThreeBots();

        final EngineFixture second = anEngine();
        first.inputs().forEach(second::replay);

        assertTrue(first.count(OrderFilledDecoder.TEMPLATE_ID) > 50, "fills: " +
            first.count(OrderFilledDecoder.TEMPLATE_ID));
        assertTrue(first.count(StateHashDecoder.TEMPLATE_ID) > 10);
        assertEquals(first.outputs().size(), second.outputs().size());
        for (int i = 0; i < first.outputs().size(); i++)
        {
            assertArrayEquals(first.outputs().get(i), second.outputs().get(i), "output " + i);
        }
        assertEquals(first.engine().stateHash(), second.engine().stateHash());
    }

    @Test
    void shouldEndInSameStateWhenOutputsAreDrainedAtOtherTimes()
    {
        final EngineFixture first = tradedByThreeBots();

        final Engine engine = new Engine();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        for (final byte[] frame : first.inputs())
        {
            buffer.putBytes(0, frame);
            engine.onInput(buffer, 0, frame.length);
        }

        assertEquals(first.outputs().size(), engine.outputs().count());
        assertEquals(first.engine().stateHash(), engine.stateHash());
    }

    @Test
    void shouldEndInOtherStateWhenOneFrameDiffers()
    {
        final EngineFixture first = tradedByThreeBots();

        final EngineFixture second = anEngine();
        for (int i = 0; i < first.inputs().size(); i++)
        {
            final byte[] frame = Arrays.copyOf(first.inputs().get(i), first.inputs().get(i).length);
            if (i == first.inputs().size() - 1)
            {
                frame[48] ^= 1;
            }
            second.replay(frame);
        }

        assertNotEquals(first.engine().stateHash(), second.engine().stateHash());
    }

    @Test
    void shouldTradeWithEveryStrategyThatShips()
    {
        final EngineFixture engine = tradedByThreeBots();

        for (final String name : new String[]{"cross", "maker", "grid"})
        {
            final var bot = engine.engine().bots().byName(name);
            assertEquals(BotState.RUNNING, bot.state(), name + " " + bot.reason());
            assertTrue(bot.risk().holdings().ledger().fillCount() > 2, name + " fills " +
                bot.risk().holdings().ledger().fillCount() + " of orders " + bot.ordersRequested());
        }
    }

    @Test
    void shouldRepeatEveryOutputWhenBarsOfThePastAreAppliedAgain()
    {
        final HistoricalBarLoad load = new HistoricalBarLoad(true, "500000");
        for (int i = 0; i < 2_000; i++)
        {
            load.next();
        }
        final EngineFixture first = load.engine();

        final EngineFixture second = anEngine(BarTrader.factory(true));
        first.inputs().forEach(second::replay);

        assertTrue(load.fillCount() > 500, "fills " + load.fillCount());
        assertTrue(first.count(StateHashDecoder.TEMPLATE_ID) > 50);
        assertEquals(first.outputs().size(), second.outputs().size());
        for (int i = 0; i < first.outputs().size(); i++)
        {
            assertArrayEquals(first.outputs().get(i), second.outputs().get(i), "output " + i);
        }
        assertEquals(first.engine().stateHash(), second.engine().stateHash());
    }

    @Test
    void shouldEndInOtherStateWhenOneBarOfThePastDiffers()
    {
        final HistoricalBarLoad load = new HistoricalBarLoad(true, "500000");
        for (int i = 0; i < 100; i++)
        {
            load.next();
        }

        final EngineFixture second = anEngine(BarTrader.factory(true));
        for (int i = 0; i < load.engine().inputs().size(); i++)
        {
            final byte[] frame = load.engine().inputs().get(i).clone();
            if (i == load.engine().inputs().size() / 2)
            {
                frame[Frame.HEADER_LENGTH + HistoricalBarDecoder.tradeCountEncodingOffset()] ^= 1;
            }
            second.replay(frame);
        }

        assertNotEquals(load.engine().engine().stateHash(), second.engine().stateHash());
    }

    private static EngineFixture tradedByThreeBots()
    {
        final EngineFixture engine = anEngine().start();
        engine.sessionStarted(2, SECOND);
        engine.command(CommandAction.DEFINE_BOT, "cross", "strategy", "crossover", "account", "paper",
            "symbols", "BTCUSDT", "barInterval", "500ms", "fast", "2", "slow", "5");
        engine.command(CommandAction.DEFINE_BOT, "maker", "strategy", "market-maker", "account", "paper",
            "symbols", "BTCUSDT");
        engine.command(CommandAction.DEFINE_BOT, "grid", "strategy", "grid", "account", "paper",
            "symbols", "ETHUSDT", "stepBps", "2");
        engine.command(CommandAction.START_BOT, "cross");
        engine.command(CommandAction.START_BOT, "maker");
        engine.command(CommandAction.START_BOT, "grid");
        final SyntheticMarket btc = new SyntheticMarket(engine, BTC_USDT, 6_000_000, 10 * MS, 1);
        final SyntheticMarket eth = new SyntheticMarket(engine, ETH_USDT, 300_000, 10 * MS, 2);
        for (int i = 0; i < 300; i++)
        {
            btc.run(8);
            eth.run(8);
        }
        return engine;
    }
}
