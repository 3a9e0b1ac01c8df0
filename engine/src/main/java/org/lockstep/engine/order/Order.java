package org.lockstep.engine.order;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateWriter;

/**
 * An order and what is known about it. Pooled by {@link Orders}; changed only through {@link #apply}.
 * Threading: the engine thread. Allocation: none, except when an order collects more executions than any before it.
 */
public final class Order implements OrderView
{
    private final int slot;
    private final OrderDoubt doubt = new OrderDoubt();
    private final TradeIds tradeIds = new TradeIds();
    private long orderId;
    private long venueOrderId;
    private int botId;
    private int accountId;
    private int instrumentId;
    private Side side = Side.NULL_VAL;
    private OrderType orderType = OrderType.NULL_VAL;
    private TimeInForce timeInForce = TimeInForce.NULL_VAL;
    private OrderStatus status = OrderStatus.REJECTED;
    private boolean acknowledged;
    private long price;
    private long quantity;
    private long cumulativeQuantity;
    private long askedQuantity;
    private long stopPrice;
    private long listId;
    private int generation;
    private int askedGeneration;
    private long requestedTimeNs;
    private long lastUpdateTimeNs;

    Order(final int slot)
    {
        this.slot = slot;
    }

    Order init(
        final long newOrderId,
        final int newBotId,
        final int newAccountId,
        final int newInstrumentId,
        final Side newSide,
        final OrderType newOrderType,
        final TimeInForce newTimeInForce,
        final long newPrice)
    {
        orderId = newOrderId;
        venueOrderId = 0;
        botId = newBotId;
        accountId = newAccountId;
        instrumentId = newInstrumentId;
        side = newSide;
        orderType = newOrderType;
        timeInForce = newTimeInForce;
        status = OrderStatus.PENDING_NEW;
        acknowledged = false;
        price = newPrice;
        cumulativeQuantity = 0;
        askedQuantity = 0;
        stopPrice = 0;
        listId = ClientOrderIds.NULL_ORDER_ID;
        generation = 0;
        askedGeneration = 0;
        doubt.clear();
        tradeIds.clear();
        return this;
    }

    /**
     * Completes an order that waits for a trigger, or is a leg of an order list; before its request goes out.
     *
     * @param newStopPrice trigger, mantissa; 0 = none.
     * @param newListId    order id of the list's first leg, {@link ClientOrderIds#NULL_ORDER_ID} = none.
     */
    public void conditional(final long newStopPrice, final long newListId)
    {
        stopPrice = newStopPrice;
        listId = newListId;
    }

    void requested(final long newQuantity, final long timeNs)
    {
        quantity = newQuantity;
        requestedTimeNs = timeNs;
        lastUpdateTimeNs = timeNs;
        doubt.requested(timeNs);
    }

    /**
     * Applies an event other than an execution.
     *
     * @param event  what happened; not {@link OrderEvent#FILLED}.
     * @param timeNs engine time.
     * @return what it did.
     */
    public Transition apply(final OrderEvent event, final long timeNs)
    {
        assert OrderEvent.FILLED != event : "executions go through applyFill";
        final Transition transition = OrderTransitions.resolve(status, event, acknowledged);
        if (OrderEvent.REJECTED == event && OrderStatus.PENDING_REPLACE == status ||
            OrderEvent.REPLACE_REJECTED == event && OrderStatus.UNKNOWN != status)
        {
            askedQuantity = 0;
            askedGeneration = generation;
        }
        switch (transition)
        {
            // That it works says nothing yet of a replace in flight.
            case TO_WORKING -> status = OrderEvent.ACCEPTED == event && isReplaceOpen() ?
                OrderStatus.PENDING_REPLACE : workingStatus();
            case TO_BEFORE -> status = !acknowledged ?
                0 != doubt.sinceNs() ? OrderStatus.UNKNOWN : OrderStatus.PENDING_NEW :
                isReplaceOpen() ? OrderStatus.PENDING_REPLACE : workingStatus();
            case TO_REJECTED -> status = OrderStatus.REJECTED;
            case TO_CANCELED -> status = OrderStatus.CANCELED;
            case TO_EXPIRED -> status = OrderStatus.EXPIRED;
            case TO_PENDING_CANCEL -> status = OrderStatus.PENDING_CANCEL;
            case TO_PENDING_REPLACE -> status = OrderStatus.PENDING_REPLACE;
            case TO_UNKNOWN -> status = OrderStatus.UNKNOWN;
            case NOTED ->
            {
            }
            default ->
            {
                return transition;
            }
        }
        if (OrderEvent.ACCEPTED == event || OrderEvent.REPLACED == event)
        {
            acknowledged = true;
        }
        if (isComplete() && OrderStatus.REJECTED != status && isReport(event))
        {
            status = OrderStatus.FILLED;
        }
        noteDoubt(event, timeNs);
        lastUpdateTimeNs = timeNs;
        return transition;
    }

    /** An end is what a venue tells of; nothing that we ask for or miss ends an order. */
    private static boolean isReport(final OrderEvent event)
    {
        return OrderEvent.CANCEL_REQUESTED != event && OrderEvent.REPLACE_REQUESTED != event &&
            OrderEvent.OUTCOME_LOST != event;
    }

    private void noteDoubt(final OrderEvent event, final long timeNs)
    {
        // A cancel does not settle whether the order ever arrived: the venue refuses it in either case. So that doubt
        // and its questions go on, counted from the request to place.
        final boolean isArrivalOpen =
            OrderStatus.PENDING_CANCEL == status && !acknowledged && 0 != doubt.sinceNs();
        if (OrderEvent.CANCEL_REQUESTED == event || OrderEvent.REPLACE_REQUESTED == event)
        {
            if (!isArrivalOpen)
            {
                doubt.requested(timeNs);
            }
            doubt.cancelWanted(OrderEvent.CANCEL_REQUESTED == event, generation);
            if (OrderEvent.CANCEL_REQUESTED == event)
            {
                doubt.cancelAsked(timeNs);
            }
        }
        if (OrderStatus.UNKNOWN != status)
        {
            if (!isArrivalOpen)
            {
                doubt.end();
            }
        }
        else if (0 == doubt.sinceNs())
        {
            doubt.begin(timeNs);
        }
    }

    /**
     * Takes up again an order that was thought to have ended: the venue shows it working.
     *
     * @param timeNs engine time.
     */
    public void reopen(final long timeNs)
    {
        status = workingStatus();
        acknowledged = true;
        lastUpdateTimeNs = timeNs;
        final boolean isCancelWanted = doubt.isCancelWanted();
        doubt.clear();
        doubt.cancelWanted(isCancelWanted, generation);
    }

    /** @return what is open about it at a live venue. */
    public OrderDoubt doubt()
    {
        return doubt;
    }

    /**
     * The venue has refused a cancel, which is then forgotten; unless the cancel came before the order did, or named
     * what a replace has taken the place of.
     */
    public void cancelRefused()
    {
        if (acknowledged && !isReplaceOpen() && doubt.canceledGeneration() == generation)
        {
            doubt.cancelWanted(false, generation);
        }
    }

    /**
     * Was an execution applied?
     *
     * @param tradeId execution id.
     * @return true when it was.
     */
    public boolean hasExecution(final long tradeId)
    {
        return tradeIds.contains(tradeId);
    }

    /** @return whether a replace was asked for that the venue has neither confirmed nor refused. */
    public boolean isReplaceOpen()
    {
        return 0 != askedQuantity;
    }

    /**
     * Applies one execution, unless its trade id was seen before.
     *
     * @param tradeId      execution id, unique on this order.
     * @param fillQuantity of this execution, from 1.
     * @param timeNs       engine time.
     * @return {@link Transition#DUPLICATE} when nothing changed, {@link Transition#LATE_FILL} when the order had ended.
     */
    public Transition applyFill(final long tradeId, final long fillQuantity, final long timeNs)
    {
        if (!tradeIds.add(tradeId))
        {
            return Transition.DUPLICATE;
        }
        final Transition transition = OrderTransitions.of(status, OrderEvent.FILLED);
        // An execution answers whether the order arrived, but not what became of a cancel or replace.
        final boolean isAnswer = OrderStatus.UNKNOWN == status && !acknowledged && !doubt.isCancelWanted();
        cumulativeQuantity += fillQuantity;
        acknowledged = true;
        lastUpdateTimeNs = timeNs;
        if (isComplete())
        {
            status = OrderStatus.FILLED;
        }
        else if (Transition.TO_FILLED_OR_WORKING == transition || isAnswer)
        {
            status = OrderStatus.PARTIALLY_FILLED;
        }
        if (OrderStatus.UNKNOWN != status)
        {
            doubt.end();
        }
        return transition;
    }

    /**
     * Notes the venue's id.
     *
     * @param id 0 = not known.
     */
    public void venueOrderId(final long id)
    {
        if (0 != id)
        {
            venueOrderId = id;
        }
    }

    /** Takes what the venue confirmed; thereby complete, it becomes FILLED. Only {@link Orders#replaced} calls it. */
    void replaced(final long newPrice, final long newQuantity, final int newGeneration)
    {
        generation = Math.max(generation, newGeneration);
        askedGeneration = Math.max(askedGeneration, generation);
        price = newPrice;
        quantity = newQuantity;
        askedQuantity = 0;
        if (!status.isTerminal() && cumulativeQuantity >= quantity)
        {
            status = OrderStatus.FILLED;
        }
    }

    /**
     * Notes the quantity that a replace asks for; it counts as open until the venue has answered the replace.
     *
     * @param newQuantity whole quantity, mantissa.
     */
    public void replaceAsked(final long newQuantity)
    {
        askedQuantity = Math.max(askedQuantity, newQuantity);
        askedGeneration++;
    }

    /** @return what may still execute: the remaining quantity, or what it becomes if a replace in flight is done. */
    public long openQuantity()
    {
        return status.isTerminal() ? 0 : Math.max(0, Math.max(quantity, askedQuantity) - cumulativeQuantity);
    }

    /** @return whether the venue is known to have (had) the order. */
    public boolean isAcknowledged()
    {
        return acknowledged;
    }

    /** @return true while the order is tracked as open: anything but ended. */
    public boolean isOpen()
    {
        return !status.isTerminal();
    }

    @Override
    public long orderId()
    {
        return orderId;
    }

    @Override
    public long venueOrderId()
    {
        return venueOrderId;
    }

    @Override
    public int botId()
    {
        return botId;
    }

    @Override
    public int accountId()
    {
        return accountId;
    }

    @Override
    public int instrumentId()
    {
        return instrumentId;
    }

    @Override
    public Side side()
    {
        return side;
    }

    @Override
    public OrderType orderType()
    {
        return orderType;
    }

    @Override
    public TimeInForce timeInForce()
    {
        return timeInForce;
    }

    @Override
    public OrderStatus status()
    {
        return status;
    }

    @Override
    public long price()
    {
        return price;
    }

    @Override
    public long quantity()
    {
        return quantity;
    }

    @Override
    public long cumulativeQuantity()
    {
        return cumulativeQuantity;
    }

    @Override
    public long remainingQuantity()
    {
        return status.isTerminal() ? 0 : Math.max(0, quantity - cumulativeQuantity);
    }

    @Override
    public long stopPrice()
    {
        return stopPrice;
    }

    @Override
    public long listId()
    {
        return listId;
    }

    @Override
    public int generation()
    {
        return generation;
    }

    @Override
    public int askedGeneration()
    {
        return askedGeneration;
    }

    @Override
    public long requestedTimeNs()
    {
        return requestedTimeNs;
    }

    @Override
    public long lastUpdateTimeNs()
    {
        return lastUpdateTimeNs;
    }

    int slot()
    {
        return slot;
    }

    void describe(final StateWriter out)
    {
        out.begin("order");
        out.field("id", orderId);
        out.field("venueOrderId", venueOrderId);
        out.field("bot", botId);
        out.field("account", accountId);
        out.field("instrument", instrumentId);
        out.field("side", side.name());
        out.field("type", orderType.name());
        out.field("timeInForce", timeInForce.name());
        out.field("status", status.name());
        out.field("acknowledged", acknowledged ? 1 : 0);
        out.field("price", price);
        out.field("quantity", quantity);
        out.field("cumulativeQuantity", cumulativeQuantity);
        out.field("askedQuantity", askedQuantity);
        out.field("stopPrice", stopPrice);
        out.field("listId", listId);
        out.field("generation", generation);
        out.field("askedGeneration", askedGeneration);
        out.field("requestedTimeNs", requestedTimeNs);
        doubt.describe(out);
        out.field("lastUpdateTimeNs", lastUpdateTimeNs);
        tradeIds.describe(out);
        out.end();
    }

    private OrderStatus workingStatus()
    {
        return cumulativeQuantity > 0 ? OrderStatus.PARTIALLY_FILLED : OrderStatus.NEW;
    }

    /** An execution of a replacing order may come before the answer that says how large it is. */
    private boolean isComplete()
    {
        return cumulativeQuantity > 0 && cumulativeQuantity >= Math.max(quantity, askedQuantity);
    }
}
