package org.lockstep.gateway.client.command;

import java.util.Map;

import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

/**
 * What a command says, whoever gives it.
 *
 * @param action       what to do.
 * @param name         of a bot or instrument, or empty.
 * @param accountId    that it is about, -1 = none.
 * @param instrumentId of an order, -1 = none.
 * @param orderId      to cancel, 0 = none.
 * @param price        of an order at the instrument's scale, 0 = none.
 * @param quantity     of an order at the instrument's scale, 0 = none.
 * @param side         of an order, or its null value.
 * @param orderType    of an order, or its null value.
 * @param timeInForce  of an order, or its null value.
 * @param parameters   further ones.
 */
public record CommandTerms(
    CommandAction action,
    String name,
    int accountId,
    int instrumentId,
    long orderId,
    long price,
    long quantity,
    Side side,
    OrderType orderType,
    TimeInForce timeInForce,
    Map<String, String> parameters)
{
    /**
     * A command that is not about an order.
     *
     * @param action     what to do.
     * @param name       of a bot or instrument, or empty.
     * @param accountId  that it is about, -1 = none.
     * @param parameters further ones.
     * @return the terms.
     */
    public static CommandTerms of(
        final CommandAction action, final String name, final int accountId, final Map<String, String> parameters)
    {
        return new CommandTerms(action, name, accountId, Frame.NULL_INSTRUMENT_ID, 0, 0, 0, Side.NULL_VAL,
            OrderType.NULL_VAL, TimeInForce.NULL_VAL, parameters);
    }

    /**
     * An order entered by hand.
     *
     * @param accountId    it is for, -1 = the only one.
     * @param instrumentId that is traded.
     * @param side         bought or sold.
     * @param orderType    limit, market or limit maker.
     * @param timeInForce  how long it stands.
     * @param price        at the instrument's scale, 0 for market orders.
     * @param quantity     at the instrument's scale.
     * @return the terms.
     */
    public static CommandTerms order(
        final int accountId,
        final int instrumentId,
        final Side side,
        final OrderType orderType,
        final TimeInForce timeInForce,
        final long price,
        final long quantity)
    {
        return new CommandTerms(CommandAction.SUBMIT_ORDER, "", accountId, instrumentId, 0, price, quantity, side,
            orderType, timeInForce, Map.of());
    }

    /**
     * The wish to cancel an order.
     *
     * @param orderId of the order.
     * @return the terms.
     */
    public static CommandTerms cancel(final long orderId)
    {
        return new CommandTerms(CommandAction.CANCEL_ORDER, "", -1, Frame.NULL_INSTRUMENT_ID, orderId, 0, 0,
            Side.NULL_VAL, OrderType.NULL_VAL, TimeInForce.NULL_VAL, Map.of());
    }
}
