package org.lockstep.engine.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;

class KillSwitchTest
{
    private final EngineFixture engine = anEngine().start().withProbe();

    @BeforeEach
    void quoteBoth()
    {
        engine.quote(BTC_USDT, 6_000_000, 6_000_010).quote(ETH_USDT, 300_000, 1_000_000, 300_010, 1_000_000);
    }

    @Test
    void shouldCancelBeforeAnythingElseGoesOut()
    {
        buy(BTC_USDT, 5_999_000);
        buy(ETH_USDT, 299_000);
        engine.clearOutputs();

        engine.command(CommandAction.KILL_SWITCH_ON, "");

        assertEquals(CancelRequestedDecoder.TEMPLATE_ID, templateOf(0));
        assertEquals(CancelRequestedDecoder.TEMPLATE_ID, templateOf(1));
        assertEquals(AlertDecoder.TEMPLATE_ID, templateOf(2));
    }

    @Test
    void shouldCancelAHundredOrdersAtOnce()
    {
        engine.act(context ->
        {
            for (int i = 0; i < 100; i++)
            {
                context.submitLimit(BTC_USDT.id(), Side.BUY, 5_990_000 + i, 10);
            }
            return 0;
        });
        engine.after(MS).after(MS);

        engine.command(CommandAction.KILL_SWITCH_ON, "").after(MS).after(MS);

        assertEquals(100, engine.count(CancelRequestedDecoder.TEMPLATE_ID));
        assertEquals(0, engine.engine().orders().openCount());
    }

    @Test
    void shouldTellTheStateOfTheSwitchBesideTheWords()
    {
        engine.command(CommandAction.KILL_SWITCH_ON, "").command(CommandAction.KILL_SWITCH_OFF, "")
            .command(CommandAction.KILL_BOT, BOT);

        assertEquals(List.of("-1/-1 YES", "-1/-1 NO", "1/0 YES"), switches());
    }

    @Test
    void shouldLeavePositionsAloneUnlessAskedToFlatten()
    {
        take(Side.BUY, 10_000);

        engine.command(CommandAction.KILL_SWITCH_ON, "").after(SECOND);

        assertEquals(10_000, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldFlattenEverythingWhileTheSwitchIsOn()
    {
        take(Side.BUY, 10_000);
        engine.submit(ETH_USDT, Side.SELL, OrderType.MARKET, 0, 20_000);
        engine.manualOrder(BTC_USDT, Side.SELL, OrderType.MARKET, 0, 3_000).after(MS);

        engine.command(CommandAction.KILL_SWITCH_ON, "", "flatten", "yes", "reason", "gone wrong");
        assertEquals("kill switch of everything on, closing positions, by tester: gone wrong", alertOf(
            AlertCode.KILL_SWITCH));
        engine.after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(0, engine.position(ETH_USDT).quantity());
        assertEquals(0, engine.engine().bots().find(0).risk().holdings().position(0).quantity());
        assertEquals(0, engine.engine().accounts().find(0).risk().holdings().position(0).quantity());
        assertEquals(-RejectReason.KILL_SWITCH.code(), manual());
        assertEquals("position of probe-bot in binance:ETHUSDT is closed", alertOf(AlertCode.POSITION_CLOSED));
    }

    @Test
    void shouldFlattenOnlyTheAccountItIsAskedFor()
    {
        engine.command(CommandAction.DEFINE_ACCOUNT, "", "name", "other", "latencyNs", "1000000");
        engine.command(CommandAction.DEFINE_BOT, "second", "strategy", "market-maker", "account", "other",
            "symbols", "BTCUSDT");
        take(Side.BUY, 10_000);

        engine.command(CommandAction.KILL_SWITCH_ON, "", "", 1, 0, "flatten", "yes").after(SECOND);
        assertEquals(10_000, engine.position(BTC_USDT).quantity());
        assertEquals(BotState.RUNNING, engine.bot().state());
        engine.command(CommandAction.KILL_SWITCH_ON, "", "", 0, 0, "flatten", "yes").after(SECOND);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(BotState.PAUSED, engine.bot().state());
    }

    @Test
    void shouldWaitForOpenOrdersBeforeClosing()
    {
        take(Side.BUY, 10_000);
        engine.submit(BTC_USDT, Side.SELL, OrderType.LIMIT, 6_010_000, 10_000);
        engine.after(MS);
        engine.clearOutputs();

        engine.command(CommandAction.KILL_BOT, BOT, "flatten", "yes");
        assertEquals(1, engine.count(CancelRequestedDecoder.TEMPLATE_ID));
        assertEquals(0, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
        engine.after(MS);
        assertEquals(1, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
        engine.after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(BotState.KILLED, engine.bot().state());
    }

    @Test
    void shouldCloseWhatTheMarketHadTooLittleForWithTheNextOrder()
    {
        take(Side.BUY, 10_000);
        engine.quote(BTC_USDT, 6_000_000, 4_000, 6_000_010, 4_000);

        engine.command(CommandAction.KILL_BOT, BOT, "flatten", "yes").after(MS);
        assertEquals(6_000, engine.position(BTC_USDT).quantity());
        engine.quote(BTC_USDT, 5_990_000, 100_000, 5_990_010, 100_000).after(SECOND).after(MS);

        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldCallAPersonAndTryOnWhenThereIsNoMarket()
    {
        take(Side.BUY, 10_000);
        engine.quote(BTC_USDT, 0, 0, 6_000_010, 1_000);

        engine.command(CommandAction.KILL_BOT, BOT, "flatten", "yes");
        for (int i = 0; i <= PositionCloser.MAX_ATTEMPTS; i++)
        {
            engine.after(SECOND);
        }

        assertEquals("position of probe-bot in binance:BTCUSDT is still open after 60 attempts; trying on",
            alertOf(AlertCode.POSITION_CLOSED));
        engine.quote(BTC_USDT, 6_000_000, 6_000_010).after(30 * SECOND).after(MS);
        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldRefuseTheBotsOwnOrdersWhileItsPositionIsClosed()
    {
        take(Side.BUY, 10_000);
        engine.command(CommandAction.KILL_BOT, BOT, "flatten", "yes");
        engine.command(CommandAction.START_BOT, BOT);

        assertEquals(-RejectReason.POSITION_CLOSING.code(),
            engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000));
        engine.after(MS);
        assertTrue(engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000) > 0);
    }

    @Test
    void shouldSayWhatFlattenMayBe()
    {
        engine.command(CommandAction.KILL_SWITCH_ON, "", "flatten", "maybe");

        assertTrue(engine.lastAlert().text().contains("flatten: found 'maybe', allowed yes or no"));
        assertFalse(manual() < 0);
    }

    private void take(final Side side, final long quantity)
    {
        engine.submit(BTC_USDT, side, OrderType.MARKET, 0, quantity);
        engine.after(MS);
    }

    private void buy(final Instrument instrument, final long price)
    {
        final long orderId = engine.submit(instrument, Side.BUY, OrderType.LIMIT, price, 1_000);
        engine.after(MS);
        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
    }

    private int manual()
    {
        final int before = engine.count(OrderRequestedDecoder.TEMPLATE_ID);
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000);
        return engine.count(OrderRequestedDecoder.TEMPLATE_ID) > before ? 0 : -engine.lastReject().code();
    }

    private int templateOf(final int index)
    {
        return Frame.templateId(new UnsafeBuffer(engine.outputs().get(index)), 0);
    }

    private List<String> switches()
    {
        final List<String> switches = new ArrayList<>();
        final AlertDecoder alert = new AlertDecoder();
        for (final DirectBuffer frame : engine.all(AlertDecoder.TEMPLATE_ID))
        {
            alert.wrap(frame, Frame.HEADER_LENGTH, AlertDecoder.BLOCK_LENGTH, AlertDecoder.SCHEMA_VERSION);
            if (YesNo.NULL_VAL != alert.killed())
            {
                switches.add(alert.botId() + "/" + alert.accountId() + " " + alert.killed());
            }
        }
        return switches;
    }

    private String alertOf(final AlertCode code)
    {
        String text = null;
        final AlertDecoder alert = new AlertDecoder();
        for (final DirectBuffer frame : engine.all(AlertDecoder.TEMPLATE_ID))
        {
            alert.wrap(frame, Frame.HEADER_LENGTH, AlertDecoder.BLOCK_LENGTH, 1);
            text = alert.code() == code.code() ? alert.text() : text;
        }
        return text;
    }
}
