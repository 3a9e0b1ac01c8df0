package org.lockstep.tools.simulator.binance.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An order and all that has become of it. Amounts have eight decimals. Event loop only. */
public final class Order
{
    /** Stands for "in no list" and for "not working yet". */
    public static final long NONE = -1;

    private final long id;
    private final Account account;
    private final OrderTerms terms;
    private final long createdUs;
    private final List<Fill> fills = new ArrayList<>();

    String clientOrderId;
    OrderList list;
    OrderStatus status = OrderStatus.NEW;
    long quantityE8;
    long executedE8;
    long executedQuoteE8;
    long lockedE8;
    long updatedUs;
    long workingUs = NONE;
    long queueAheadE8;
    String expiryReason;
    boolean isTriggered;
    int amends;

    Order(final long id, final Account account, final OrderTerms terms, final String clientOrderId, final long nowUs)
    {
        this.id = id;
        this.account = account;
        this.terms = terms;
        this.clientOrderId = clientOrderId;
        this.createdUs = nowUs;
        this.updatedUs = nowUs;
        this.quantityE8 = terms.quantityE8();
    }

    long remainingE8()
    {
        return quantityE8 - executedE8;
    }

    boolean isBuy()
    {
        return terms.isBuy();
    }

    void addFill(final Fill fill)
    {
        fills.add(fill);
        executedE8 += fill.quantityE8();
        executedQuoteE8 += fill.quoteE8();
        updatedUs = fill.timeUs();
    }

    /** @return unique in the symbol. */
    public long id()
    {
        return id;
    }

    /** @return whose it is. */
    public Account account()
    {
        return account;
    }

    /** @return what was asked for. */
    public OrderTerms terms()
    {
        return terms;
    }

    /** @return as given by the client, or made up for it. */
    public String clientOrderId()
    {
        return clientOrderId;
    }

    /** @return id of the list it belongs to, or {@link #NONE}. */
    public long listId()
    {
        return null == list ? NONE : list.id();
    }

    /** @return where it stands. */
    public OrderStatus status()
    {
        return status;
    }

    /** @return whole quantity in force. */
    public long quantityE8()
    {
        return quantityE8;
    }

    /** @return executed so far, in base. */
    public long executedE8()
    {
        return executedE8;
    }

    /** @return executed so far, in quote. */
    public long executedQuoteE8()
    {
        return executedQuoteE8;
    }

    /** @return what it holds of the asset it would spend. */
    public long lockedE8()
    {
        return lockedE8;
    }

    /** @return epoch microseconds. */
    public long createdUs()
    {
        return createdUs;
    }

    /** @return epoch microseconds of the last change. */
    public long updatedUs()
    {
        return updatedUs;
    }

    /** @return epoch microseconds since when it could trade, or {@link #NONE}. */
    public long workingUs()
    {
        return workingUs;
    }

    /** @return whether it could trade, now or before it ended. */
    public boolean isWorking()
    {
        return NONE != workingUs;
    }

    /** @return why it expired, or null. */
    public String expiryReason()
    {
        return expiryReason;
    }

    /** @return its executions, oldest first; read only. */
    public List<Fill> fills()
    {
        return Collections.unmodifiableList(fills);
    }
}
