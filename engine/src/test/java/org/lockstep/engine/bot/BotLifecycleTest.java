package org.lockstep.engine.bot;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.PositionChangedDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateHasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

class BotLifecycleTest
{
    private final EngineFixture engine = anEngine().start().withProbe().quote(BTC_USDT, 6_000_000, 6_000_010);

    @Test
    void shouldReachOnlyBotsThatNamedTheInstrument()
    {
        final EngineFixture other = anEngine().start();
        other.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper", "symbols", "BTCUSDT");
        other.command(CommandAction.START_BOT, BOT);

        other.quote(ETH_USDT, 300_000, 300_010).quote(BTC_USDT, 6_000_000, 6_000_010);

        assertEquals(1, other.probe().quoteCount);
    }

    @Test
    void shouldStartWhenItsInstrumentsBecomeKnown()
    {
        final EngineFixture other = anEngine().start();
        other.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper",
            "symbols", "binance:SOLUSDT");
        other.command(CommandAction.START_BOT, BOT);
        assertEquals(BotState.DEFINED, other.bot().state());
        assertEquals("waits for instrument binance:SOLUSDT", other.bot().reason());

        other.define(new Instrument(2, BTC_USDT.venue(), "SOLUSDT", "SOL", "USDT", 2, 3, 1, 1, 1, 1_000_000, 0,
            BTC_USDT.status()));

        assertEquals(BotState.RUNNING, other.bot().state());
        assertEquals(1, other.probe().startCount);
    }

    @Test
    void shouldStopOnlyWhenOpenOrdersAreGone()
    {
        final long orderId = buy();

        engine.command(CommandAction.STOP_BOT, BOT);

        assertEquals(BotState.STOPPING, engine.bot().state());
        assertEquals(1, engine.probe().stopCount);
        assertEquals(1, engine.count(CancelRequestedDecoder.TEMPLATE_ID));
        engine.after(MS);
        assertEquals(OrderStatus.CANCELED, engine.order(orderId).status());
        assertEquals(BotState.STOPPED, engine.bot().state());
        assertEquals(BotState.STOPPED, engine.lastStatus().state());
    }

    @Test
    void shouldTakePausedBotOffMarketDataAndOrders()
    {
        buy();
        engine.command(CommandAction.PAUSE_BOT, BOT).after(MS);
        final int quotes = engine.probe().quoteCount;
        engine.quote(BTC_USDT, 6_000_000, 6_000_010);

        assertEquals(BotState.PAUSED, engine.bot().state());
        assertEquals(quotes, engine.probe().quoteCount);
        assertEquals(0, engine.engine().orders().openCount());

        engine.command(CommandAction.RESUME_BOT, BOT).quote(BTC_USDT, 6_000_000, 6_000_010);
        assertEquals(BotState.RUNNING, engine.bot().state());
        assertEquals(quotes + 1, engine.probe().quoteCount);
    }

    @Test
    void shouldFailOnlyTheBotThatThrows()
    {
        engine.command(CommandAction.DEFINE_BOT, "maker", "strategy", "market-maker", "account", "paper",
            "symbols", "BTCUSDT");
        engine.command(CommandAction.START_BOT, "maker");
        final long orderId = buy();
        engine.probe().throwOnQuote = new IllegalStateException("broken");

        engine.quote(BTC_USDT, 6_000_000, 6_000_020);
        engine.after(MS);

        assertEquals(BotState.FAILED, engine.bot().state());
        assertEquals(OrderStatus.CANCELED, engine.order(orderId).status());
        assertEquals(AlertCode.BOT_FAILED.code(), engine.lastAlert().code());
        assertTrue(engine.lastAlert().text().endsWith("onQuote threw IllegalStateException"),
            "the message is not state: it may differ from run to run");
        assertEquals(BotState.RUNNING, engine.engine().bots().byName("maker").state());
        assertEquals(2, engine.engine().bots().byName("maker").risk().openOrderCount());
    }

    @Test
    void shouldFailBotThatThrowsWhileStopping()
    {
        engine.probe().throwOnStop = new IllegalStateException("cannot stop");

        engine.command(CommandAction.STOP_BOT, BOT);

        assertEquals(BotState.FAILED, engine.bot().state());
    }

    @Test
    void shouldRefuseOrdersOfKilledBotUntilStartedAgain()
    {
        final long orderId = buy();
        engine.command(CommandAction.KILL_BOT, BOT).after(MS);

        assertEquals(BotState.KILLED, engine.bot().state());
        assertEquals(OrderStatus.CANCELED, engine.order(orderId).status());

        engine.command(CommandAction.START_BOT, BOT);
        assertEquals(BotState.RUNNING, engine.bot().state());
        assertTrue(buy() > 0);
    }

    @Test
    void shouldStopEverythingWhenKillSwitchGoesOn()
    {
        buy();
        engine.command(CommandAction.KILL_SWITCH_ON, "").after(MS);

        assertEquals(BotState.PAUSED, engine.bot().state());
        assertEquals(0, engine.engine().orders().openCount());
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000);
        assertEquals(RejectReason.KILL_SWITCH, engine.lastReject());
        engine.command(CommandAction.RESUME_BOT, BOT);
        assertEquals(BotState.PAUSED, engine.bot().state());

        engine.command(CommandAction.KILL_SWITCH_OFF, "").command(CommandAction.RESUME_BOT, BOT);
        assertTrue(buy() > 0);
    }

    @Test
    void shouldDoNothingWhenDefinedAgainTheSame()
    {
        engine.clearOutputs();
        engine.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper",
            "symbols", "BTCUSDT,ETHUSDT");

        assertEquals(0, engine.outputs().size());
        assertEquals(BotState.RUNNING, engine.bot().state());
    }

    @Test
    void shouldRestartWithChangedDefinitionAfterItsOrdersAreGone()
    {
        buy();
        engine.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper",
            "symbols", "BTCUSDT,ETHUSDT", "limits.maxOrderQuantity", "0.001");
        assertEquals(BotState.STOPPING, engine.bot().state());

        engine.after(MS);

        assertEquals(BotState.RUNNING, engine.bot().state());
        assertEquals(2, engine.probe().startCount);
        assertEquals(-RejectReason.MAX_ORDER_QUANTITY.code(), buy());
    }

    @Test
    void shouldActOnceWhenRequestIsRepeated()
    {
        engine.request(CommandAction.PAUSE_BOT, BOT, "r1");
        engine.command(CommandAction.RESUME_BOT, BOT);

        engine.request(CommandAction.PAUSE_BOT, BOT, "r1");

        assertEquals(BotState.RUNNING, engine.bot().state());
    }

    @Test
    void shouldSayWhatIsWrongWithADefinition()
    {
        engine.command(CommandAction.DEFINE_BOT, "x", "strategy", "crosover", "account", "paper", "symbols", "BTCUSDT");
        assertTrue(engine.lastAlert().text().contains("did you mean crossover?"), engine.lastAlert().text());

        engine.command(CommandAction.DEFINE_BOT, "x", "strategy", "crossover", "account", "paper",
            "symbols", "BTCUSDT", "fats", "3");
        assertTrue(engine.lastAlert().text().contains("did you mean fast?"), engine.lastAlert().text());

        engine.command(CommandAction.DEFINE_BOT, "x", "strategy", "crossover", "account", "nobody",
            "symbols", "BTCUSDT");
        assertTrue(engine.lastAlert().text().contains("account: found 'nobody'"), engine.lastAlert().text());
        assertNull(engine.engine().bots().byName("x"));
    }

    @Test
    void shouldAnnounceRecoveredStateWhenSessionStarts()
    {
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);
        engine.after(MS);
        final long before = buy();
        engine.clearOutputs();

        engine.sessionStarted(2, 0);

        assertEquals(1, engine.count(BotStatusDecoder.TEMPLATE_ID));
        assertEquals(1, engine.count(PositionChangedDecoder.TEMPLATE_ID));
        assertEquals(2, engine.engine().epoch());
        assertEquals(BotState.RUNNING, engine.bot().state());
        engine.quote(BTC_USDT, 6_000_000, 6_000_010);
        final long after = buy();
        assertNotEquals(before, after);
        assertEquals(2, ClientOrderIds.epoch(after));
        assertEquals(1, ClientOrderIds.counter(after));
    }

    @Test
    void shouldStopBotsAndCancelOrdersWhenSessionStops()
    {
        buy();
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000);
        engine.sessionStopping().after(MS);

        assertEquals(BotState.STOPPED, engine.bot().state());
        assertEquals("session stopping", engine.bot().reason());
        assertEquals(0, engine.engine().orders().openCount());
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000);
        assertEquals(RejectReason.SESSION_STOPPING, engine.lastReject());
    }

    @Test
    void shouldTellStatusAtMostOnceASecondAfterFills()
    {
        engine.after(SECOND);
        engine.clearOutputs();
        for (int i = 0; i < 5; i++)
        {
            engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);
            engine.after(2 * MS);
        }
        assertEquals(1, engine.count(BotStatusDecoder.TEMPLATE_ID));

        engine.after(SECOND);

        assertEquals(2, engine.count(BotStatusDecoder.TEMPLATE_ID));
        assertEquals(5, engine.lastStatus().fills());
        assertEquals(5, engine.count(PositionChangedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldFireTimersInOrderAndDropThemOnStop()
    {
        final long late = engine.act(context -> context.setTimer(20 * MS));
        final long early = engine.act(context -> context.setTimer(10 * MS));
        final long canceled = engine.act(context -> context.setTimer(15 * MS));
        assertEquals(1, engine.act(context -> context.cancelTimer(canceled) ? 1 : 0));
        assertEquals(engine.timeNs() + 10 * MS, engine.engine().nextDeadlineNs());

        engine.after(50 * MS);
        assertEquals(List.of(early, late), engine.probe().timerIds);

        engine.act(context -> context.setTimer(10 * MS));
        engine.command(CommandAction.STOP_BOT, BOT).after(SECOND);
        assertEquals(2, engine.probe().timerIds.size());
    }

    @Test
    void shouldCloseBarsByTime()
    {
        engine.trade(BTC_USDT, 6_000_000, 1_000, Side.BUY);

        engine.after(62 * SECOND);

        assertEquals(1, engine.probe().bars.size());
        assertEquals(6_000_000, engine.probe().bars.get(0).close());
    }

    @Test
    void shouldPassManualOrdersAndCancels()
    {
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000).after(MS);
        final long orderId = engine.engine().orders().firstOpen().orderId();
        assertEquals(Bot.MANUAL_ID, engine.order(orderId).botId());

        engine.command(CommandAction.CANCEL_ORDER, "", "", -1, orderId).after(MS);

        assertEquals(OrderStatus.CANCELED, engine.order(orderId).status());
        assertEquals(1, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldCountUnknownFramesAndGoOn()
    {
        engine.unknownFrame();

        assertEquals(1, engine.engine().unknownTemplateCount());
        assertTrue(buy() > 0);
    }

    @Test
    void shouldBookLateFillAndAlert()
    {
        final long orderId = buy();
        engine.act(context -> context.cancel(orderId));
        engine.after(MS);

        engine.filled(orderId, 9_999, BTC_USDT, 5_999_000, 400);
        engine.filled(orderId, 9_999, BTC_USDT, 5_999_000, 400);

        assertEquals(400, engine.position(BTC_USDT).quantity());
        assertEquals(OrderStatus.CANCELED, engine.order(orderId).status());
        assertEquals(AlertCode.LATE_FILL.code(), engine.lastAlert().code());
    }

    @Test
    void shouldPassManualOrdersAgainWhenTheirKillIsTakenBack()
    {
        engine.command(CommandAction.KILL_BOT, "manual");
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000);
        assertEquals(RejectReason.BOT_KILLED, engine.lastReject());

        engine.command(CommandAction.KILL_SWITCH_OFF, "manual", "reason", "desk is staffed again");

        assertEquals("kill switch of bot manual off by tester: desk is staffed again", engine.lastAlert().text());
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000);
        assertEquals(1, engine.engine().orders().openCount());
    }

    @Test
    void shouldSayWhoTurnedTheKillSwitchAndWhy()
    {
        engine.command(CommandAction.KILL_SWITCH_ON, "", "reason", "strange prices");
        assertEquals("kill switch of everything on by tester: strange prices", engine.lastAlert().text());
        assertEquals(AlertCode.KILL_SWITCH.code(), engine.lastAlert().code());

        engine.command(CommandAction.KILL_SWITCH_OFF, "", "reason", "prices are right again");
        assertEquals("kill switch of everything off by tester: prices are right again", engine.lastAlert().text());
    }

    @Test
    void shouldLetARefusedRequestBeRepeated()
    {
        engine.command(CommandAction.PAUSE_BOT, BOT);
        engine.request(CommandAction.PAUSE_BOT, BOT, "r1");
        assertEquals(AlertCode.COMMAND_REFUSED.code(), engine.lastAlert().code());
        engine.command(CommandAction.RESUME_BOT, BOT);

        engine.request(CommandAction.PAUSE_BOT, BOT, "r1");
        assertEquals(BotState.PAUSED, engine.bot().state());

        engine.command(CommandAction.RESUME_BOT, BOT).request(CommandAction.PAUSE_BOT, BOT, "r1");
        assertEquals(BotState.RUNNING, engine.bot().state());
    }

    @Test
    void shouldHashWhatIsRememberedOfEndedOrders()
    {
        final long first = endedOrderHash(1_000);
        final long second = endedOrderHash(2_000);

        assertNotEquals(first, second);
        assertEquals(first, endedOrderHash(1_000));
    }

    private static long endedOrderHash(final long quantity)
    {
        final Orders orders = new Orders();
        final Order order = orders.create(
            77, 0, 0, 0, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100);
        orders.requested(order, quantity, 5);
        order.apply(OrderEvent.CANCELED, 6);
        orders.retire(order);
        final StateHasher hasher = new StateHasher();
        orders.describe(hasher);
        return hasher.value();
    }

    private long buy()
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000);
        engine.after(MS);
        return orderId;
    }
}
