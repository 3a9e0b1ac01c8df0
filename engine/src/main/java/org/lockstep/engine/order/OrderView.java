package org.lockstep.engine.order;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

/**
 * An order as strategies and queries see it. The engine reuses the object after the order ended: read it during the
 * callback or look it up by id again, never keep it.
 */
public interface OrderView
{
    /** @return client order id, see {@link ClientOrderIds}. */
    long orderId();

    /** @return the venue's id, 0 before the acknowledgement. */
    long venueOrderId();

    /** @return dense id of the bot it belongs to. */
    int botId();

    /** @return dense id of the account it trades on. */
    int accountId();

    /** @return dense id of its instrument. */
    int instrumentId();

    /** @return buy or sell. */
    Side side();

    /** @return limit, market, limit-maker, or one of the stop types. */
    OrderType orderType();

    /** @return how long it stays. */
    TimeInForce timeInForce();

    /** @return state. */
    OrderStatus status();

    /** @return limit price, mantissa at the instrument's price scale; 0 for a market order. */
    long price();

    /** @return whole quantity, mantissa at the instrument's quantity scale. */
    long quantity();

    /** @return executed so far, mantissa at the instrument's quantity scale. */
    long cumulativeQuantity();

    /** @return what may still execute, never negative; 0 once the order has ended. */
    long remainingQuantity();

    /** @return trigger of a stop or take-profit order, mantissa at the instrument's price scale; 0 = none. */
    long stopPrice();

    /** @return order list it is a leg of, {@link ClientOrderIds#NULL_ORDER_ID} = none. */
    long listId();

    /** @return which of its replaces is in force, 0 = none; see {@link ClientOrderIdText}. */
    int generation();

    /** @return the last replace that was asked for, confirmed or not; 0 = none. */
    int askedGeneration();

    /** @return engine time of the request, epoch ns. */
    long requestedTimeNs();

    /** @return engine time of the last change, epoch ns; of an UNKNOWN order: since when it is so. */
    long lastUpdateTimeNs();
}
