package org.lockstep.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

class OpenOrdersTest
{
    private static final int INSTRUMENTS = 5;
    private static final int HIGHEST_INSTRUMENT = 3_000;

    private final Orders orders = new Orders();
    private final List<Order> open = new ArrayList<>();
    private final List<Order> ended = new ArrayList<>();
    private long orderId;

    @Test
    void shouldListOpenOrdersByAgeWholeAndByInstrumentWhenTheyComeAndGo()
    {
        final Random random = new Random(7);

        for (int step = 0; step < 40_000; step++)
        {
            final int choice = random.nextInt(10);
            if (choice < 5 || open.isEmpty())
            {
                create(random.nextInt(INSTRUMENTS));
            }
            else if (choice < 9 || ended.isEmpty())
            {
                retire(open.remove(random.nextInt(open.size())));
            }
            else
            {
                reopen(ended.remove(ended.size() - 1));
            }
            if (0 == step % 100)
            {
                assertLists();
            }
        }
        assertLists();
    }

    @Test
    void shouldListNothingOfAnInstrumentThatNeverHadAnOrder()
    {
        create(0);

        assertEquals(List.of(), listed(HIGHEST_INSTRUMENT));
    }

    @Test
    void shouldListAnInstrumentBeyondThoseThereWasRoomFor()
    {
        create(HIGHEST_INSTRUMENT);
        create(0);
        create(HIGHEST_INSTRUMENT);

        assertEquals(List.of(open.get(0), open.get(2)), listed(HIGHEST_INSTRUMENT));
        assertEquals(List.of(open.get(1)), listed(0));
    }

    private void create(final int instrumentId)
    {
        final Order order = orders.create(
            ++orderId, 0, 0, instrumentId, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100);
        orders.requested(order, 10, 0);
        open.add(order);
    }

    private void retire(final Order order)
    {
        order.apply(OrderEvent.CANCELED, 0);
        orders.retire(order);
        ended.add(order);
        if (ended.size() > Orders.RETIRED_CAPACITY / 2)
        {
            ended.remove(0);
        }
    }

    private void reopen(final Order order)
    {
        order.reopen(0);
        orders.reopen(order);
        open.add(order);
    }

    private void assertLists()
    {
        final List<Order> all = new ArrayList<>();
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            all.add(order);
        }
        assertEquals(open, all);
        assertEquals(open.size(), orders.openCount());
        for (int i = 0; i < INSTRUMENTS; i++)
        {
            final int instrumentId = i;
            assertEquals(open.stream().filter(order -> instrumentId == order.instrumentId()).toList(), listed(i));
        }
    }

    private List<Order> listed(final int instrumentId)
    {
        final List<Order> listed = new ArrayList<>();
        for (Order order = orders.firstOpen(instrumentId); null != order; order = orders.nextOpenOfInstrument(order))
        {
            listed.add(order);
        }
        return listed;
    }
}
