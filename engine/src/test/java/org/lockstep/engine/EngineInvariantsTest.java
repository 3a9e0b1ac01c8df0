package org.lockstep.engine;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.position.Position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

/** Random commands, market data and orders; what must hold whatever happens. */
class EngineInvariantsTest
{
    private static final int STEPS = 400;

    @Property(tries = 60)
    void shouldKeepBooksStraightWhateverHappens(@ForAll final long seed)
    {
        final Random random = new Random(seed);
        final EngineFixture engine = anEngine().start().withProbe("limits.maxOpenOrders", "8");
        engine.command(CommandAction.DEFINE_BOT, "maker", "strategy", "market-maker", "account", "paper",
            "symbols", "BTCUSDT", "refreshInterval", "5ms");
        engine.command(CommandAction.DEFINE_BOT, "grid", "strategy", "grid", "account", "paper",
            "symbols", "ETHUSDT", "stepBps", "1", "refreshInterval", "5ms");
        long mid = 6_000_000;
        for (int i = 0; i < STEPS; i++)
        {
            mid += random.nextInt(2_001) - 1_000;
            step(engine, random, mid);
        }
        engine.sessionStopping().after(SECOND);

        assertPositionsAreSumsOfFills(engine);
        assertEveryOrderHasEnded(engine);
        assertTrue(engine.engine().inputCount() > STEPS);
    }

    private static void step(final EngineFixture engine, final Random random, final long mid)
    {
        engine.pass(random.nextInt(3) * MS / 2);
        final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        final long offset = random.nextInt(2_001) - 1_000;
        switch (random.nextInt(14))
        {
            case 0, 1, 2 -> engine.quote(BTC_USDT, mid, 1 + random.nextInt(9_000), mid + 10, 1 + random.nextInt(9_000));
            case 3 -> engine.quote(ETH_USDT, mid / 20, 90_000, mid / 20 + 1, 90_000);
            case 4, 5 -> engine.trade(BTC_USDT, mid + offset, 1 + random.nextInt(20_000), side);
            case 6 -> engine.trade(ETH_USDT, mid / 20 + offset / 20, 1 + random.nextInt(20_000), side);
            case 7 -> engine.book(BTC_USDT, new long[]{mid, 900, mid - 10, 5_000},
                new long[]{mid + 10, 800, mid + 30, 9_000});
            case 8 -> engine.submit(BTC_USDT, side, OrderType.LIMIT, mid + offset, 1 + random.nextInt(5_000));
            case 9 -> engine.submit(BTC_USDT, side, random.nextBoolean() ? TimeInForce.IOC : TimeInForce.FOK,
                mid + offset, 1 + random.nextInt(5_000));
            case 10 -> engine.submit(BTC_USDT, side, OrderType.MARKET, 0, 1 + random.nextInt(5_000));
            case 11 -> engine.act(context ->
            {
                final Order order = engine.engine().orders().firstOpen();
                return null == order ? 0 : random.nextBoolean() ? context.cancel(order.orderId()) :
                    context.replace(order.orderId(), mid + offset, 1 + random.nextInt(5_000));
            });
            case 12 -> engine.after(random.nextInt(5) * MS);
            default -> command(engine, random);
        }
    }

    private static void command(final EngineFixture engine, final Random random)
    {
        final String[] names = {BOT, "maker", "grid"};
        final String name = names[random.nextInt(names.length)];
        switch (random.nextInt(10))
        {
            case 0 -> engine.command(CommandAction.STOP_BOT, name);
            case 1 -> engine.command(CommandAction.PAUSE_BOT, name);
            case 2 -> engine.command(CommandAction.KILL_BOT, name);
            case 3 -> engine.command(CommandAction.RESUME_BOT, name);
            case 4 -> engine.feed(BTC_USDT, random.nextBoolean() ? FeedState.GAP : FeedState.STALE);
            case 5 ->
            {
                engine.command(CommandAction.KILL_SWITCH_ON, "");
                engine.command(CommandAction.KILL_SWITCH_OFF, "");
            }
            default -> engine.command(CommandAction.START_BOT, name);
        }
    }

    private static void assertPositionsAreSumsOfFills(final EngineFixture engine)
    {
        final Map<String, Long> sums = new TreeMap<>();
        final OrderFilledDecoder fill = new OrderFilledDecoder();
        for (final DirectBuffer frame : engine.all(OrderFilledDecoder.TEMPLATE_ID))
        {
            fill.wrap(frame, Frame.HEADER_LENGTH, OrderFilledDecoder.BLOCK_LENGTH, 1);
            final long signed = Side.BUY == fill.side() ? fill.quantity() : -fill.quantity();
            final int instrumentId = Frame.instrumentId(frame, 0);
            sums.merge(fill.botId() + "/" + instrumentId, signed, Long::sum);
            sums.merge("account/" + instrumentId, signed, Long::sum);
        }
        for (int bot = 0; bot < engine.engine().bots().count(); bot++)
        {
            for (int id = 0; id < 2; id++)
            {
                final Position position = engine.engine().bots().find(bot).risk().holdings().position(id);
                assertEquals(sums.getOrDefault(bot + "/" + id, 0L), position.quantity());
                assertEquals(0, position.openBuyQuantity());
                assertEquals(0, position.openSellQuantity());
            }
            assertEquals(0, engine.engine().bots().find(bot).risk().openOrderCount());
        }
        for (int id = 0; id < 2; id++)
        {
            assertEquals(sums.getOrDefault("account/" + id, 0L),
                engine.engine().accounts().find(0).risk().holdings().position(id).quantity());
        }
    }

    private static void assertEveryOrderHasEnded(final EngineFixture engine)
    {
        assertNull(engine.engine().orders().firstOpen());
        final OrderRequestedDecoder request = new OrderRequestedDecoder();
        for (final DirectBuffer frame : engine.all(OrderRequestedDecoder.TEMPLATE_ID))
        {
            request.wrap(frame, Frame.HEADER_LENGTH, OrderRequestedDecoder.BLOCK_LENGTH, 1);
            final Order order = engine.order(request.orderId());
            assertTrue(order.status().isTerminal(), order.status() + " " + order.orderId());
            assertTrue(order.cumulativeQuantity() <= order.quantity());
        }
    }
}
