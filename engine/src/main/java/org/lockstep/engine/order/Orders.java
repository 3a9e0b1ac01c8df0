package org.lockstep.engine.order;

import java.util.Arrays;

import org.agrona.collections.Long2LongHashMap;
import org.lockstep.engine.event.Deterministic;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateWriter;

/**
 * Every order that is open, and the most recently ended ones so that late evidence still finds its order.
 * Slots are dense; open orders form one list in the order of their requests, which is the order of every iteration.
 * The id index is for look-ups only and never iterated.
 * Threading: the engine thread. Allocation: at the start, and when more orders are open at once than ever before.
 */
@Deterministic(because = "the id index is looked up and never iterated")
public final class Orders
{
    /** Orders that may be open at once; more are refused. */
    public static final int MAX_OPEN = 65_536;

    /** Ended orders that are remembered. */
    public static final int RETIRED_CAPACITY = 4_096;

    private static final int INITIAL_CAPACITY = 2 * RETIRED_CAPACITY;
    private static final int INITIAL_INSTRUMENTS = 1_024;
    private static final int ALL = 0;
    private static final int NONE = SlotLists.NONE;

    private final Long2LongHashMap slotById = new Long2LongHashMap(2 * INITIAL_CAPACITY, 0.65f, NONE);
    private final SlotLists open = new SlotLists(1, INITIAL_CAPACITY);
    private final SlotLists openByInstrument = new SlotLists(INITIAL_INSTRUMENTS, INITIAL_CAPACITY);
    private final ReachedPrices openBuys = new ReachedPrices(true, INITIAL_INSTRUMENTS);
    private final ReachedPrices openSells = new ReachedPrices(false, INITIAL_INSTRUMENTS);
    private final int[] retired = new int[RETIRED_CAPACITY];
    private Order[] slots = new Order[INITIAL_CAPACITY];
    private int[] free = new int[INITIAL_CAPACITY];
    private int slotCount;
    private int freeCount;
    private int openCount;
    private long retiredCount;

    /** An empty table with room for {@link #RETIRED_CAPACITY} open orders before anything is allocated. */
    public Orders()
    {
        for (int i = 0; i < INITIAL_CAPACITY; i++)
        {
            slots[i] = new Order(i);
        }
    }

    /**
     * Begins an order in PENDING_NEW.
     *
     * @return the order, or null when {@link #MAX_OPEN} are open.
     */
    public Order create(
        final long orderId,
        final int botId,
        final int accountId,
        final int instrumentId,
        final Side side,
        final OrderType orderType,
        final TimeInForce timeInForce,
        final long price)
    {
        if (openCount == MAX_OPEN)
        {
            return null;
        }
        final Order order = takeSlot();
        order.init(orderId, botId, accountId, instrumentId, side, orderType, timeInForce, price);
        slotById.put(orderId, order.slot());
        linkOpen(order);
        openCount++;
        return order;
    }

    /**
     * Completes an order that {@link #create} began; before this it has no quantity.
     *
     * @param order    as created.
     * @param quantity whole quantity.
     * @param timeNs   engine time of the request.
     */
    public void requested(final Order order, final long quantity, final long timeNs)
    {
        order.requested(quantity, timeNs);
    }

    /**
     * Finds an order, open or recently ended.
     *
     * @param orderId client order id.
     * @return the order, or null.
     */
    public Order find(final long orderId)
    {
        return orderOrNull((int)slotById.get(orderId));
    }

    /**
     * Takes an ended order off the open list; it stays findable until {@link #RETIRED_CAPACITY} others have ended.
     *
     * @param order that has reached a terminal state.
     */
    public void retire(final Order order)
    {
        assert order.status().isTerminal() : "an open order cannot be retired: " + order.orderId();
        unlinkOpen(order);
        openCount--;
        final int index = (int)(retiredCount % RETIRED_CAPACITY);
        if (retiredCount >= RETIRED_CAPACITY)
        {
            final int slot = retired[index];
            if (NONE != slot)
            {
                slotById.remove(slots[slot].orderId());
                free[freeCount++] = slot;
            }
        }
        retired[index] = order.slot();
        retiredCount++;
    }

    /**
     * Puts an ended order back on the list of open ones, as the youngest.
     *
     * @param order that was retired and then {@link Order#reopen reopened}.
     */
    public void reopen(final Order order)
    {
        assert order.isOpen() : "only an open order can be taken up again: " + order.orderId();
        for (int i = 0; i < RETIRED_CAPACITY; i++)
        {
            if (i < retiredCount && retired[i] == order.slot())
            {
                retired[i] = NONE;
            }
        }
        linkOpen(order);
        openCount++;
    }

    /** @return orders that have not ended. */
    public int openCount()
    {
        return openCount;
    }

    /** @return the oldest open order, or null. */
    public Order firstOpen()
    {
        return orderOrNull(open.first(ALL));
    }

    /**
     * The open order after one; take it before the one is retired.
     *
     * @param order an open order.
     * @return the next younger open order, or null.
     */
    public Order nextOpen(final Order order)
    {
        return orderOrNull(open.next(order.slot()));
    }

    /**
     * The oldest open order of an instrument, of all accounts.
     *
     * @param instrumentId dense id.
     * @return the order, or null.
     */
    public Order firstOpen(final int instrumentId)
    {
        return orderOrNull(openByInstrument.first(instrumentId));
    }

    /**
     * The open order of the same instrument after one; take it before the one is retired.
     *
     * @param order an open order.
     * @return the next younger open order of its instrument, or null.
     */
    public Order nextOpenOfInstrument(final Order order)
    {
        return orderOrNull(openByInstrument.next(order.slot()));
    }

    /**
     * Might an open order be met by one of the other side? For who wants to know whether to look at them one by one.
     *
     * @param instrumentId dense id.
     * @param isBuy        side of the order that would meet them.
     * @param limit        worst price at which it trades, mantissa.
     * @return false when none of any account rests at that price or a better one.
     */
    public boolean isAnyReached(final int instrumentId, final boolean isBuy, final long limit)
    {
        final ReachedPrices prices = isBuy ? openSells : openBuys;
        if (!prices.isReached(instrumentId, limit))
        {
            return false;
        }
        if (!prices.isExact(instrumentId))
        {
            prices.clear(instrumentId);
            for (Order order = firstOpen(instrumentId); null != order; order = nextOpenOfInstrument(order))
            {
                notePrice(order);
            }
        }
        return prices.isReached(instrumentId, limit);
    }

    /**
     * Takes the price and quantity the venue confirmed, see {@link Order#replaced}.
     *
     * @param order      open or to be reopened.
     * @param price      mantissa.
     * @param quantity   whole quantity, mantissa.
     * @param generation in force.
     */
    public void replaced(final Order order, final long price, final long quantity, final int generation)
    {
        if (order.price() != price)
        {
            pricesOf(order).onGone(order.instrumentId(), order.price());
        }
        order.replaced(price, quantity, generation);
        notePrice(order);
    }

    /**
     * Writes open orders in the order of their requests, then remembered ones in the order of their ends.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("orders");
        out.field("open", openCount);
        for (Order order = firstOpen(); null != order; order = nextOpen(order))
        {
            order.describe(out);
        }
        out.field("ended", retiredCount);
        for (long i = Math.max(0, retiredCount - RETIRED_CAPACITY); i < retiredCount; i++)
        {
            final int slot = retired[(int)(i % RETIRED_CAPACITY)];
            if (NONE == slot)
            {
                out.field("id", ClientOrderIds.NULL_ORDER_ID);
            }
            else
            {
                slots[slot].describe(out);
            }
        }
        out.end();
    }

    private Order takeSlot()
    {
        if (freeCount > 0)
        {
            return slots[free[--freeCount]];
        }
        if (slotCount == slots.length)
        {
            final int capacity = slots.length * 2;
            slots = Arrays.copyOf(slots, capacity);
            free = Arrays.copyOf(free, capacity);
        }
        if (null == slots[slotCount])
        {
            slots[slotCount] = new Order(slotCount);
        }
        return slots[slotCount++];
    }

    private void linkOpen(final Order order)
    {
        open.append(ALL, order.slot());
        openByInstrument.append(order.instrumentId(), order.slot());
        notePrice(order);
    }

    private void unlinkOpen(final Order order)
    {
        open.remove(ALL, order.slot());
        openByInstrument.remove(order.instrumentId(), order.slot());
        pricesOf(order).onGone(order.instrumentId(), order.price());
    }

    private void notePrice(final Order order)
    {
        if (OrderType.MARKET != order.orderType())
        {
            pricesOf(order).onPrice(order.instrumentId(), order.price());
        }
    }

    private ReachedPrices pricesOf(final Order order)
    {
        return Side.BUY == order.side() ? openBuys : openSells;
    }

    private Order orderOrNull(final int slot)
    {
        return NONE == slot ? null : slots[slot];
    }
}
