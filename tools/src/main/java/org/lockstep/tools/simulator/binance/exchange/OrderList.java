package org.lockstep.tools.simulator.binance.exchange;

import java.util.List;

/** One cancels the other: a limit-maker order and a conditional order of the same account. Event loop only. */
public final class OrderList
{
    private final long id;
    private final String clientListId;
    private final String symbol;
    private final List<Order> orders;
    private final long createdUs;

    boolean isDone;

    OrderList(
        final long id, final String clientListId, final String symbol, final List<Order> orders, final long createdUs)
    {
        this.id = id;
        this.clientListId = clientListId;
        this.symbol = symbol;
        this.orders = List.copyOf(orders);
        this.createdUs = createdUs;
    }

    /** @return unique. */
    public long id()
    {
        return id;
    }

    /** @return as given by the client, or made up for it. */
    public String clientListId()
    {
        return clientListId;
    }

    /** @return what is traded. */
    public String symbol()
    {
        return symbol;
    }

    /** @return the one above, then the one below. */
    public List<Order> orders()
    {
        return orders;
    }

    /** @return epoch microseconds. */
    public long createdUs()
    {
        return createdUs;
    }

    /** @return whether no order of it is open. */
    public boolean isDone()
    {
        return isDone;
    }
}
