package org.lockstep.engine.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.AlgoKind;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.order.Order;

/**
 * Random emulated orders, prices, partial executions (also while a cancel is on its way), lost feeds, cancels of whole
 * orders and of their children, pauses, kills and restarts.
 */
class AlgosPropertyTest
{
    private static final int STEPS = 300;

    @Property(tries = 150)
    void shouldNeverSendMoreThanTheWholeAndLeaveNothingBehind(@ForAll final long seed)
    {
        final Random random = new Random(seed);
        final EngineFixture engine = anEngine().start("balance", "900000000").withProbe(
            "limits.maxOrderRate", "none", "limits.maxOpenOrders", "1000");
        final List<Algo> algos = new ArrayList<>();
        long mid = 6_000_000;
        quote(engine, mid);
        for (int i = 0; i < STEPS; i++)
        {
            mid += random.nextInt(2_001) - 1_000;
            step(engine, random, mid, algos);
            assertChildrenAreWithinTheirWhole(engine, algos, seed);
        }
        engine.command(CommandAction.STOP_BOT, BOT);
        for (int i = 0; i < 10; i++)
        {
            engine.after(SECOND);
        }
        engine.after(5 * MS).after(5 * MS);

        assertEquals(0, engine.engine().algos().count(), "seed " + seed);
        assertNull(engine.engine().orders().firstOpen(), "seed " + seed);
        for (final Algo algo : algos)
        {
            assertTrue(algo.isEnded(), "seed " + seed);
        }
    }

    private static void step(
        final EngineFixture engine, final Random random, final long mid, final List<Algo> algos)
    {
        engine.pass(random.nextInt(3) * MS / 2);
        switch (random.nextInt(12))
        {
            case 0, 1, 2 -> quote(engine, mid);
            case 3 -> engine.trade(BTC_USDT, mid + random.nextInt(2_001) - 1_000, 1 + random.nextInt(500),
                random.nextBoolean() ? Side.BUY : Side.SELL);
            case 4, 5 -> submit(engine, random, mid, algos);
            case 6 -> engine.trade(BTC_USDT, mid - 3_000 + random.nextInt(2) * 6_000, 1 + random.nextInt(2_000),
                random.nextBoolean() ? Side.BUY : Side.SELL);
            case 7 ->
            {
                if (!algos.isEmpty())
                {
                    final long algoId = algos.get(random.nextInt(algos.size())).algoId();
                    engine.act(context -> context.cancel(algoId));
                }
            }
            case 8 -> cancelChild(engine, random);
            case 9 ->
            {
                engine.feed(BTC_USDT, random.nextBoolean() ? FeedState.STALE : FeedState.GAP).after(MS);
                quote(engine, mid);
            }
            case 10 -> rarely(engine, random);
            default -> engine.after(random.nextInt(2) * SECOND + random.nextInt(3) * MS);
        }
    }

    private static void rarely(final EngineFixture engine, final Random random)
    {
        switch (random.nextInt(5))
        {
            case 0 -> engine.command(CommandAction.PAUSE_BOT, BOT).command(CommandAction.RESUME_BOT, BOT);
            case 1 -> engine.command(CommandAction.KILL_BOT, BOT, "flatten", "yes")
                .command(CommandAction.START_BOT, BOT);
            case 2 -> engine.sessionStarted(engine.engine().epoch() + 1, 0);
            default -> engine.after(MS);
        }
    }

    private static void cancelChild(final EngineFixture engine, final Random random)
    {
        final Order order = anyOpen(engine, random);
        if (null != order)
        {
            engine.command(CommandAction.CANCEL_ORDER, "", "", -1, order.orderId());
        }
    }

    private static Order anyOpen(final EngineFixture engine, final Random random)
    {
        Order order = engine.engine().orders().firstOpen();
        for (int i = random.nextInt(5); i > 0 && null != order; i--)
        {
            order = engine.engine().orders().nextOpen(order);
        }
        return order;
    }

    private static void submit(
        final EngineFixture engine, final Random random, final long mid, final List<Algo> algos)
    {
        final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        final long quantity = 10 + random.nextInt(1_000);
        final int away = side == Side.SELL ? 1 : -1;
        final AlgoOrder order = switch (random.nextInt(7))
        {
            case 0 -> new AlgoOrder().stop(0, side, quantity, mid - away * 500);
            case 1 -> new AlgoOrder().takeProfit(0, side, quantity, mid + away * 500).limit(mid + away * 400);
            case 2 -> new AlgoOrder().trailingStop(0, side, quantity).trail(300);
            case 3 -> new AlgoOrder().oco(0, side, quantity, mid + away * 600, mid - away * 600);
            case 4 -> new AlgoOrder().bracket(0, side, quantity, mid - away * 600, mid + away * 600)
                .limit(random.nextBoolean() ? 0 : mid + away * 100);
            case 5 -> new AlgoOrder().iceberg(0, side, quantity, mid + away * 50, 1 + random.nextInt(9));
            default -> new AlgoOrder().twap(0, side, quantity, 1 + random.nextInt(9), 9 * SECOND);
        };
        engine.act(context ->
        {
            final long algoId = context.submitAlgo(order);
            if (algoId > 0 && null != context.algo(algoId))
            {
                algos.add((Algo)context.algo(algoId));
            }
            return algoId;
        });
    }

    private static void assertChildrenAreWithinTheirWhole(
        final EngineFixture engine, final List<Algo> algos, final long seed)
    {
        for (final Algo algo : algos)
        {
            long filled = 0;
            long open = 0;
            int openCount = 0;
            for (int i = 0; i < algo.childIds().size(); i++)
            {
                final Order child = engine.order(algo.childIds().getLong(i));
                final boolean isExit = AlgoKind.BRACKET == algo.kind() && child.side() != algo.side();
                filled += isExit ? 0 : child.cumulativeQuantity();
                open += isExit ? 0 : child.openQuantity();
                openCount += child.isOpen() ? 1 : 0;
            }
            assertTrue(openCount <= 1, "seed " + seed + ": " + openCount + " children at once");
            assertTrue(filled + open <= algo.quantity(),
                "seed " + seed + ": " + algo.kind() + " " + filled + " + " + open + " of " + algo.quantity());
            assertTrue(algo.filledQuantity() <= algo.quantity(), "seed " + seed);
            if (algo.isEnded())
            {
                assertEquals(0, openCount, "seed " + seed + ": a child outlives " + algo.kind() + " " + algo.state());
            }
        }
    }

    private static void quote(final EngineFixture engine, final long bid)
    {
        engine.quote(BTC_USDT, bid, 1_000, bid + 10, 1_000);
    }
}
