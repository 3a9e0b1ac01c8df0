package org.lockstep.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

class ReachedOrdersTest
{
    private static final int INSTRUMENTS = 3;
    private static final int FIRST_INSTRUMENT = 1_023;
    private static final int PRICES = 20;

    private final Orders orders = new Orders();
    private final List<Order> open = new ArrayList<>();
    private long orderId;

    @Test
    void shouldSayTheSameAsAWalkOverAllOpenOrdersWhenTheyComeGoAndAreReplaced()
    {
        final Random random = new Random(11);

        for (int step = 0; step < 50_000; step++)
        {
            change(random);
            final int instrumentId = FIRST_INSTRUMENT + random.nextInt(INSTRUMENTS);
            final boolean isBuy = random.nextBoolean();
            final long limit = random.nextInt(10) == 0 ? isBuy ? Long.MAX_VALUE : 0 : random.nextInt(PRICES);

            assertEquals(walk(instrumentId, isBuy, limit), orders.isAnyReached(instrumentId, isBuy, limit));
        }
    }

    @Test
    void shouldReachNothingWhenAnInstrumentNeverHadAnOrder()
    {
        create(0, Side.SELL, OrderType.LIMIT, 5);

        assertTrue(orders.isAnyReached(0, true, 5));
        assertFalse(orders.isAnyReached(5_000, true, Long.MAX_VALUE));
        assertFalse(orders.isAnyReached(5_000, false, 0));
    }

    @Test
    void shouldReachNoMarketOrder()
    {
        create(0, Side.SELL, OrderType.MARKET, 0);

        assertFalse(orders.isAnyReached(0, true, Long.MAX_VALUE));
    }

    private void change(final Random random)
    {
        final int choice = random.nextInt(10);
        if (choice < 5 || open.isEmpty())
        {
            create(FIRST_INSTRUMENT + random.nextInt(INSTRUMENTS), random.nextBoolean() ? Side.BUY : Side.SELL,
                OrderType.LIMIT, 1 + random.nextInt(PRICES));
        }
        else if (choice < 9)
        {
            final Order order = open.remove(random.nextInt(open.size()));
            order.apply(OrderEvent.CANCELED, 0);
            orders.retire(order);
        }
        else
        {
            orders.replaced(open.get(random.nextInt(open.size())), 1 + random.nextInt(PRICES), 10, 1);
        }
    }

    private void create(final int instrumentId, final Side side, final OrderType orderType, final long price)
    {
        final Order order =
            orders.create(++orderId, 0, 0, instrumentId, side, orderType, TimeInForce.GTC, price);
        orders.requested(order, 10, 0);
        open.add(order);
    }

    private boolean walk(final int instrumentId, final boolean isBuy, final long limit)
    {
        return open.stream().anyMatch(order -> order.instrumentId() == instrumentId &&
            (Side.BUY == order.side()) != isBuy && (isBuy ? order.price() <= limit : order.price() >= limit));
    }
}
