package org.lockstep.engine.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;

class ProtectionTest
{
    private static final long MINUTE = 60 * SECOND;

    @ParameterizedTest
    @CsvSource({
        "BUY, protect.stopLossBps, 5940010, 5940009, stop-loss",
        "SELL, protect.stopLossBps, 6059989, 6059990, stop-loss",
        "BUY, protect.takeProfitBps, 6060010, 6060011, take-profit",
        "SELL, protect.takeProfitBps, 5939991, 5939990, take-profit",
    })
    void shouldCloseWhenThePriceIsFarEnough(
        final Side side, final String key, final long bidBefore, final long bidThen, final String what)
    {
        final EngineFixture engine = holding(side, key, "100");
        final long held = engine.position(BTC_USDT).quantity();

        engine.quote(BTC_USDT, bidBefore, bidBefore + 10).after(MS);
        assertEquals(held, engine.position(BTC_USDT).quantity());
        engine.quote(BTC_USDT, bidThen, bidThen + 10).after(MS).after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertTrue(alertOf(engine).startsWith(what + " of probe-bot in binance:BTCUSDT: price "), alertOf(engine));
    }

    @Test
    void shouldCloseWhatIsOldEnough()
    {
        final EngineFixture engine = holding(Side.BUY, "protect.timeStop", "5m");
        engine.after(5 * MINUTE - MS - 1);
        engine.quote(BTC_USDT, 6_000_000, 6_000_010);
        assertEquals(1_000, engine.position(BTC_USDT).quantity());

        engine.after(MS).after(MS).after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertTrue(alertOf(engine).startsWith("time stop of probe-bot"), alertOf(engine));
    }

    @Test
    void shouldCountTheAgeFromWhereThePositionTurned()
    {
        final EngineFixture engine = holding(Side.BUY, "protect.timeStop", "5m");
        engine.after(4 * MINUTE).quote(BTC_USDT, 6_000_000, 6_000_010);
        engine.submit(BTC_USDT, Side.SELL, OrderType.MARKET, 0, 2_000);
        engine.after(MS).after(MS);
        assertEquals(-1_000, engine.position(BTC_USDT).quantity());

        engine.after(2 * MINUTE).quote(BTC_USDT, 6_000_000, 6_000_010).after(MS).after(MS);
        assertEquals(-1_000, engine.position(BTC_USDT).quantity());
        engine.after(3 * MINUTE).quote(BTC_USDT, 6_000_000, 6_000_010).after(MS).after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldCloseByLimitOrdersWhenDefinedSo()
    {
        final EngineFixture engine = holding(
            Side.BUY, "protect.stopLossBps", "100", "protect.orderType", "limit", "protect.limitOffsetBps", "10");

        engine.quote(BTC_USDT, 5_900_000, 5_900_010);

        final OrderRequestedDecoder request = new OrderRequestedDecoder();
        request.wrap(engine.last(OrderRequestedDecoder.TEMPLATE_ID), Frame.HEADER_LENGTH,
            OrderRequestedDecoder.BLOCK_LENGTH, OrderRequestedDecoder.SCHEMA_VERSION);
        assertEquals(OrderType.LIMIT, request.orderType());
        assertEquals(TimeInForce.IOC, request.timeInForce());
        assertEquals(5_894_100, request.price());
        engine.after(MS).after(MS);
        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldTakeTheBotsOrdersBackFirstAndLetItGoOnAfterwards()
    {
        final EngineFixture engine = holding(Side.BUY, "protect.stopLossBps", "100");
        engine.submit(BTC_USDT, Side.SELL, OrderType.LIMIT, 6_100_000, 1_000);
        engine.act(context -> context.submitAlgo(new AlgoOrder().stop(0, Side.SELL, 1_000, 5_900_000)));
        engine.after(MS);

        engine.quote(BTC_USDT, 5_930_000, 5_930_010);
        assertEquals(0, engine.engine().algos().count());
        assertEquals(-RejectReason.POSITION_CLOSING.code(),
            engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_900_000, 1_000));
        engine.after(MS).after(MS).after(MS);
        engine.quote(BTC_USDT, 5_800_000, 5_800_010).after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertTrue(engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_790_000, 1_000) > 0);
    }

    @Test
    void shouldProtectAStoppedBotButNotAKilledOne()
    {
        final EngineFixture stopped = holding(Side.BUY, "protect.stopLossBps", "100");
        stopped.command(CommandAction.STOP_BOT, BOT).quote(BTC_USDT, 5_900_000, 5_900_010).after(MS).after(MS);
        assertEquals(0, stopped.position(BTC_USDT).quantity());

        final EngineFixture killed = holding(Side.BUY, "protect.stopLossBps", "100");
        killed.command(CommandAction.KILL_BOT, BOT).quote(BTC_USDT, 5_900_000, 5_900_010).after(MS).after(MS);
        assertEquals(1_000, killed.position(BTC_USDT).quantity());
    }

    @Test
    void shouldHoldForPositionsFromBeforeItWasDefined()
    {
        final EngineFixture engine = holding(Side.BUY);
        engine.after(10 * MINUTE).quote(BTC_USDT, 6_000_000, 6_000_010);

        engine.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper",
            "symbols", "BTCUSDT,ETHUSDT", "protect.timeStop", "5m").after(MS).after(MS).after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @ParameterizedTest
    @CsvSource({
        "protect.stopLossBps, 1.5, a whole number in",
        "protect.timeStop, soon, a duration with its unit",
        "protect.orderType, stop, market or limit",
        "protect.stopLoss, 1, stopLossBps",
    })
    void shouldSayWhatIsWrong(final String key, final String found, final String allowed)
    {
        final EngineFixture engine = anEngine().start();

        engine.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper", "symbols", "BTCUSDT",
            key, found);

        assertTrue(engine.lastAlert().text().contains(key + ": found") &&
            engine.lastAlert().text().contains(allowed), engine.lastAlert().text());
    }

    private static EngineFixture holding(final Side side, final String... texts)
    {
        final EngineFixture engine = anEngine().start().withProbe(texts).quote(BTC_USDT, 6_000_000, 6_000_010);
        engine.submit(BTC_USDT, side, OrderType.MARKET, 0, 1_000);
        engine.after(MS);
        return engine;
    }

    private static String alertOf(final EngineFixture engine)
    {
        final AlertDecoder alert = new AlertDecoder();
        for (final DirectBuffer frame : engine.all(AlertDecoder.TEMPLATE_ID))
        {
            alert.wrap(frame, Frame.HEADER_LENGTH, AlertDecoder.BLOCK_LENGTH, AlertDecoder.SCHEMA_VERSION);
            if (alert.code() == AlertCode.POSITION_PROTECTED.code())
            {
                return alert.text();
            }
        }
        return "no alert";
    }
}
