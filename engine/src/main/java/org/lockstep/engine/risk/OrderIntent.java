package org.lockstep.engine.risk;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

/** What somebody wants to do, before it is an order. Reused; valid during the call it is handed to. */
public final class OrderIntent
{
    private int botId;
    private int accountId;
    private int instrumentId;
    private Side side = Side.NULL_VAL;
    private OrderType orderType = OrderType.NULL_VAL;
    private TimeInForce timeInForce = TimeInForce.NULL_VAL;
    private long price;
    private long quantity;
    private boolean closing;
    private long stopPrice;

    /**
     * Says who and where.
     *
     * @param newBotId        dense id.
     * @param newAccountId    dense id.
     * @param newInstrumentId dense id.
     * @return this.
     */
    public OrderIntent of(final int newBotId, final int newAccountId, final int newInstrumentId)
    {
        botId = newBotId;
        accountId = newAccountId;
        instrumentId = newInstrumentId;
        closing = false;
        return this;
    }

    /**
     * Says what.
     *
     * @param newSide        buy or sell.
     * @param newOrderType   type.
     * @param newTimeInForce how long.
     * @param newPrice       mantissa, 0 for a market order and the stop types that become one.
     * @param newQuantity    mantissa.
     * @return this.
     */
    public OrderIntent order(
        final Side newSide,
        final OrderType newOrderType,
        final TimeInForce newTimeInForce,
        final long newPrice,
        final long newQuantity)
    {
        side = newSide;
        orderType = newOrderType;
        timeInForce = newTimeInForce;
        price = newPrice;
        quantity = newQuantity;
        stopPrice = 0;
        return this;
    }

    /**
     * Says that it closes a position (or part of it) for risk's sake: it passes kill switches and limits, but only if
     * it brings the position of its bot nearer to zero and not through it.
     *
     * @return this.
     */
    public OrderIntent closing()
    {
        closing = true;
        return this;
    }

    /** @return true when it closes a position for risk's sake. */
    public boolean isClosing()
    {
        return closing;
    }

    /**
     * Says at which price the order is triggered; after {@link #order}, which forgets it.
     *
     * @param newStopPrice mantissa, 0 = at once.
     * @return this.
     */
    public OrderIntent stop(final long newStopPrice)
    {
        stopPrice = newStopPrice;
        return this;
    }

    /** @return trigger price, mantissa; 0 = none. */
    public long stopPrice()
    {
        return stopPrice;
    }

    /** @return whether it has no limit: MARKET, and the stop types that become one. */
    public boolean isMarket()
    {
        return OrderType.MARKET == orderType || OrderType.STOP_LOSS == orderType ||
            OrderType.TAKE_PROFIT == orderType;
    }

    /** @return whether it waits for a trigger. */
    public boolean isStop()
    {
        return OrderType.STOP_LOSS == orderType || OrderType.TAKE_PROFIT == orderType ||
            OrderType.STOP_LOSS_LIMIT == orderType || OrderType.TAKE_PROFIT_LIMIT == orderType;
    }

    /** @return dense id of the bot. */
    public int botId()
    {
        return botId;
    }

    /** @return dense id of the account. */
    public int accountId()
    {
        return accountId;
    }

    /** @return dense id of the instrument. */
    public int instrumentId()
    {
        return instrumentId;
    }

    /** @return buy or sell. */
    public Side side()
    {
        return side;
    }

    /** @return type. */
    public OrderType orderType()
    {
        return orderType;
    }

    /** @return how long it stays. */
    public TimeInForce timeInForce()
    {
        return timeInForce;
    }

    /** @return mantissa, 0 for a market order. */
    public long price()
    {
        return price;
    }

    /** @return mantissa. */
    public long quantity()
    {
        return quantity;
    }
}
