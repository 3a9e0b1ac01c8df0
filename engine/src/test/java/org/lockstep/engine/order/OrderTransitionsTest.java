package org.lockstep.engine.order;

import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OrderTransitionsTest
{
    private static final Set<Transition> CHANGES_NOTHING =
        EnumSet.of(Transition.DUPLICATE, Transition.CONTRADICTION, Transition.REFUSED);

    private final Orders orders = new Orders();
    private final long orderId = ClientOrderIds.encode(1, 1, 1);

    @Test
    void shouldDecideEveryPair()
    {
        for (final OrderStatus status : OrderStatus.values())
        {
            for (final OrderEvent event : OrderEvent.values())
            {
                assertNotNull(OrderTransitions.of(status, event), status + " " + event);
            }
        }
    }

    @Test
    void shouldOnlyLetExecutionsChangeEndedOrders()
    {
        for (final OrderStatus status : OrderStatus.values())
        {
            if (status.isTerminal())
            {
                for (final OrderEvent event : OrderEvent.values())
                {
                    final Transition transition = OrderTransitions.of(status, event);
                    assertEquals(OrderEvent.FILLED != event, CHANGES_NOTHING.contains(transition),
                        status + " " + event);
                }
            }
        }
    }

    @Test
    void shouldCountExecutionsInEveryState()
    {
        for (final OrderStatus status : OrderStatus.values())
        {
            assertFalse(CHANGES_NOTHING.contains(OrderTransitions.of(status, OrderEvent.FILLED)), status.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'ACCEPTED', NEW",
        "'ACCEPTED ACCEPTED', NEW",
        "'REJECTED', REJECTED",
        "'CANCELED', CANCELED",
        "'EXPIRED', EXPIRED",
        "'REPLACED', PENDING_NEW",
        "'FILL', PARTIALLY_FILLED",
        "'FILL ACCEPTED', PARTIALLY_FILLED",
        "'ACCEPTED FILL', PARTIALLY_FILLED",
        "'ACCEPTED FILL REJECTED', PARTIALLY_FILLED",
        "'ACCEPTED FILL FILL', FILLED",
        "'FILL FILL CANCELED', FILLED",
        "'CANCEL_REQUESTED', PENDING_CANCEL",
        "'CANCEL_REQUESTED REJECTED', REJECTED",
        "'ACCEPTED CANCEL_REQUESTED REJECTED', NEW",
        "'ACCEPTED FILL CANCEL_REQUESTED REJECTED', PARTIALLY_FILLED",
        "'ACCEPTED CANCEL_REQUESTED FILL', PENDING_CANCEL",
        "'ACCEPTED CANCEL_REQUESTED FILL FILL', FILLED",
        "'ACCEPTED CANCEL_REQUESTED FILL FILL CANCELED', FILLED",
        "'ACCEPTED CANCEL_REQUESTED CANCELED', CANCELED",
        "'ACCEPTED CANCEL_REQUESTED CANCELED FILL', CANCELED",
        "'ACCEPTED CANCELED FILL FILL', FILLED",
        "'ACCEPTED REPLACE_REQUESTED', PENDING_REPLACE",
        "'ACCEPTED REPLACE_REQUESTED REJECTED', NEW",
        "'ACCEPTED REPLACE_REQUESTED REPLACED', NEW",
        "'ACCEPTED REPLACE_REQUESTED FILL REPLACED', PARTIALLY_FILLED",
        "'ACCEPTED REPLACE_REQUESTED FILL FILL', FILLED",
        "'ACCEPTED REPLACE_REQUESTED CANCEL_REQUESTED REPLACED CANCELED', CANCELED",
        "'ACCEPTED REPLACE_REQUESTED CANCEL_REQUESTED REJECTED REJECTED', NEW",
        "'ACCEPTED OUTCOME_LOST REJECTED', NEW",
        "'ACCEPTED FILL OUTCOME_LOST REJECTED', PARTIALLY_FILLED",
        "'REPLACE_REQUESTED', PENDING_NEW",
        "'OUTCOME_LOST', UNKNOWN",
        "'OUTCOME_LOST ACCEPTED', NEW",
        "'OUTCOME_LOST REJECTED', REJECTED",
        "'OUTCOME_LOST FILL', PARTIALLY_FILLED",
        "'OUTCOME_LOST CANCEL_REQUESTED CANCELED', CANCELED",
        "'ACCEPTED CANCEL_REQUESTED OUTCOME_LOST CANCELED', CANCELED",
        "'REJECTED ACCEPTED', REJECTED",
        "'EXPIRED FILL', EXPIRED"})
    void shouldEndInStateAfterEvents(final String events, final OrderStatus expected)
    {
        final Order order = newOrder();

        long tradeId = 1;
        for (final String event : events.split(" "))
        {
            if ("FILL".equals(event))
            {
                order.applyFill(tradeId++, 5, 2);
            }
            else
            {
                order.apply(OrderEvent.valueOf(event), 2);
            }
        }

        assertEquals(expected, order.status());
    }

    @Test
    void shouldIgnoreExecutionWhenTradeIdWasSeen()
    {
        final Order order = newOrder();
        order.applyFill(7, 5, 2);

        final Transition transition = order.applyFill(7, 5, 3);

        assertEquals(Transition.DUPLICATE, transition);
        assertEquals(5, order.cumulativeQuantity());
        assertEquals(2, order.lastUpdateTimeNs());
    }

    @Test
    void shouldIgnoreExecutionWhenTradeIdWasSeenLongBefore()
    {
        final Order order = orders.create(orderId, 1, 0, 0, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100);
        orders.requested(order, 1_000, 1);
        for (int i = 0; i < 100; i++)
        {
            order.applyFill(i, 1, 2);
        }

        assertEquals(Transition.DUPLICATE, order.applyFill(3, 1, 3));
        assertEquals(100, order.cumulativeQuantity());
    }

    @Test
    void shouldReportLateFillWhenOrderWasCanceled()
    {
        final Order order = newOrder();
        order.apply(OrderEvent.ACCEPTED, 1);
        order.apply(OrderEvent.CANCELED, 2);

        assertEquals(Transition.LATE_FILL, order.applyFill(1, 5, 3));
        assertEquals(5, order.cumulativeQuantity());
        assertEquals(0, order.remainingQuantity());
    }

    @Test
    void shouldCompleteOrderWhenReplacedBelowExecutedQuantity()
    {
        final Order order = newOrder();
        order.apply(OrderEvent.ACCEPTED, 1);
        order.apply(OrderEvent.REPLACE_REQUESTED, 1);
        order.applyFill(1, 5, 2);

        order.apply(OrderEvent.REPLACED, 3);
        order.replaced(101, 5, 1);

        assertEquals(OrderStatus.FILLED, order.status());
    }

    @Test
    void shouldFindEndedOrdersUntilCapacityOfOthersEnded()
    {
        final Order first = newOrder();
        first.apply(OrderEvent.REJECTED, 1);
        orders.retire(first);
        assertSame(first, orders.find(orderId));

        for (int i = 2; i <= Orders.RETIRED_CAPACITY + 1; i++)
        {
            final Order order = orders.create(
                ClientOrderIds.encode(1, 1, i), 1, 0, 0, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100);
            order.apply(OrderEvent.REJECTED, 1);
            orders.retire(order);
        }

        assertEquals(null, orders.find(orderId));
        assertEquals(0, orders.openCount());
        assertNotNull(orders.find(ClientOrderIds.encode(1, 1, 2)));
    }

    @Test
    void shouldVisitOpenOrdersInOrderOfRequest()
    {
        for (int i = 1; i <= 5; i++)
        {
            orders.create(ClientOrderIds.encode(1, 1, i), 1, 0, 0, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100);
        }
        final Order third = orders.find(ClientOrderIds.encode(1, 1, 3));
        third.apply(OrderEvent.REJECTED, 1);
        orders.retire(third);

        final StringBuilder visited = new StringBuilder();
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            visited.append(ClientOrderIds.counter(order.orderId())).append(' ');
        }

        assertEquals("1 2 4 5 ", visited.toString());
        assertTrue(orders.openCount() == 4);
    }

    private Order newOrder()
    {
        final Order order = orders.create(orderId, 1, 0, 0, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100);
        orders.requested(order, 10, 1);
        return order;
    }
}
