package org.lockstep.engine.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.AlertCode;

class FeedLossTest
{
    private final EngineFixture engine = anEngine().start();

    @ParameterizedTest
    @EnumSource(value = FeedState.class, names = {"STALE", "GAP", "RECONNECTING", "STOPPED"})
    void shouldTakeRestingOrdersBackWhenTheFeedIsLost(final FeedState state)
    {
        engine.withProbe();
        quote();
        final long lost = submit(BTC_USDT, 5_999_000);
        final long other = submit(ETH_USDT, 299_000);

        engine.feed(BTC_USDT, state).after(MS);

        assertEquals(OrderStatus.CANCELED, engine.order(lost).status());
        assertEquals(OrderStatus.NEW, engine.order(other).status());
        assertEquals(List.of("0 " + state), engine.probe().feedStates);
        assertEquals(AlertCode.FEED.code(), engine.lastAlert().code());
        assertEquals("feed of binance:BTCUSDT is " + state + ": test", engine.lastAlert().text());
    }

    @ParameterizedTest
    @EnumSource(value = FeedState.class, names = {"CONNECTED", "RESYNC", "POLLING"})
    void shouldLeaveOrdersAloneWhenTheFeedIsThere(final FeedState state)
    {
        engine.withProbe();
        quote();
        final long orderId = submit(BTC_USDT, 5_999_000);

        engine.feed(BTC_USDT, state).after(MS);

        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
        assertEquals(List.of("0 " + state), engine.probe().feedStates);
        assertEquals(0, engine.count(AlertDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldAlertOnceWhenAWholeVenueIsLost()
    {
        engine.withProbe();
        quote();
        submit(BTC_USDT, 5_999_000);
        submit(ETH_USDT, 299_000);

        engine.feed(null, FeedState.RECONNECTING).feed(null, FeedState.RECONNECTING).after(MS);

        assertEquals(0, engine.engine().orders().openCount());
        assertEquals(1, engine.count(AlertDecoder.TEMPLATE_ID));
        assertTrue(engine.lastAlert().text().startsWith("feed of binance is RECONNECTING"));
    }

    @Test
    void shouldKeepOrdersWhenDefinedSo()
    {
        engine.withProbe("onFeedLoss", "keep");
        quote();
        final long orderId = submit(BTC_USDT, 5_999_000);

        engine.feed(null, FeedState.STALE).after(MS);

        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
    }

    @Test
    void shouldLeaveManualOrdersToThePerson()
    {
        quote();
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 1_000).after(MS);

        engine.feed(null, FeedState.STALE).after(MS);

        assertEquals(1, engine.engine().orders().openCount());
    }

    @Test
    void shouldRefuseAnUnknownPolicy()
    {
        engine.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper",
            "symbols", "BTCUSDT", "onFeedLoss", "hope");

        assertTrue(engine.lastAlert().text().contains("onFeedLoss: found 'hope', allowed cancel or keep"));
    }

    @ParameterizedTest
    @EnumSource(value = FeedState.class, names = {"STALE", "RECONNECTING"})
    void shouldQuoteAgainWhenTheMarketIsBack(final FeedState state)
    {
        final Bot maker = maker();
        final Bot grid = grid();
        quote();
        engine.after(MS);
        assertEquals(2, maker.risk().openOrderCount());
        assertEquals(10, grid.risk().openOrderCount());

        engine.feed(null, state).after(MS);
        assertEquals(0, engine.engine().orders().openCount());
        engine.after(SECOND).feed(null, FeedState.CONNECTED);
        quote();
        engine.after(MS);

        assertEquals(2, maker.risk().openOrderCount());
        assertEquals(10, grid.risk().openOrderCount());
    }

    @Test
    void shouldNotQuoteIntoAGapUntilTheBookIsWhole()
    {
        final Bot maker = maker();
        final Bot grid = grid();
        quote();
        engine.after(MS);

        engine.feed(BTC_USDT, FeedState.GAP).feed(BTC_USDT, FeedState.RESYNC).after(SECOND);
        quote();
        engine.after(MS);
        assertEquals(0, maker.risk().openOrderCount());
        assertEquals(0, grid.risk().openOrderCount());
        engine.book(BTC_USDT, new long[]{6_000_000, 1_000}, new long[]{6_000_010, 1_000});
        quote();
        engine.after(MS);

        assertEquals(2, maker.risk().openOrderCount());
        assertEquals(10, grid.risk().openOrderCount());
    }

    private Bot maker()
    {
        return bot("maker", "market-maker");
    }

    private Bot grid()
    {
        return bot("grid", "grid");
    }

    private Bot bot(final String name, final String strategy)
    {
        engine.command(CommandAction.DEFINE_BOT, name, "strategy", strategy, "account", "paper",
            "symbols", "BTCUSDT");
        engine.command(CommandAction.START_BOT, name);
        return engine.engine().bots().byName(name);
    }

    private void quote()
    {
        engine.quote(BTC_USDT, 6_000_000, 6_000_010).quote(ETH_USDT, 300_000, 300_010);
    }

    private long submit(final Instrument instrument, final long price)
    {
        final long orderId = engine.submit(instrument, Side.BUY, OrderType.LIMIT, price, 1_000);
        engine.after(MS);
        return orderId;
    }
}
