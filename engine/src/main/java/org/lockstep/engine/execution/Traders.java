package org.lockstep.engine.execution;

import org.lockstep.engine.order.Order;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.risk.RiskSubject;

/** Those who trade, as the desk sees them. Called on the engine thread. */
public interface Traders
{
    /**
     * Limits and holdings of a bot.
     *
     * @param botId dense id.
     * @return its risk subject, or null when there is no such bot.
     */
    RiskSubject risk(int botId);

    /**
     * May a bot send orders in an instrument at all?
     *
     * @param botId        dense id of a bot that exists.
     * @param instrumentId dense id.
     * @param isClosing    true for an order that closes its position for risk's sake; the bot need not run then.
     * @return {@link RejectReason#NONE}, or why not.
     */
    RejectReason refusal(int botId, int instrumentId, boolean isClosing);

    /**
     * Draws an order id.
     *
     * @param botId dense id.
     * @return the id, or {@code ClientOrderIds.NULL_ORDER_ID} when there are none left or no session.
     */
    long nextOrderId(int botId);

    /**
     * An order went out.
     *
     * @param botId dense id.
     */
    void onOrderRequested(int botId);

    /**
     * An order changed. Must not be called while a strategy is being called.
     *
     * @param order    changed; it may have ended.
     * @param isFilled true when the change is an execution.
     */
    void onOrderChanged(Order order, boolean isFilled);

    /**
     * A limit was tripped that ends trading.
     *
     * @param botId  dense id.
     * @param reason which.
     */
    void onRiskTrip(int botId, RejectReason reason);
}
