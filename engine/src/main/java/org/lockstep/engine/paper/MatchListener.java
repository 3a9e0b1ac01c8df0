package org.lockstep.engine.paper;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.risk.RejectReason;

/** What a {@link MatchingBook} reports. Must not call back into the book. */
public interface MatchListener
{
    /**
     * The order is in.
     *
     * @param orderId as submitted.
     */
    void onAccepted(long orderId);

    /**
     * The order, or a replace of it, was refused; after a refused replace it works on unchanged.
     *
     * @param orderId as submitted.
     * @param reason  why.
     */
    void onRejected(long orderId, RejectReason reason);

    /**
     * One execution.
     *
     * @param orderId   as submitted.
     * @param price     mantissa.
     * @param quantity  mantissa.
     * @param liquidity maker or taker.
     */
    void onFilled(long orderId, long price, long quantity, Liquidity liquidity);

    /**
     * The order was taken off on request.
     *
     * @param orderId           as submitted.
     * @param remainingQuantity mantissa.
     */
    void onCanceled(long orderId, long remainingQuantity);

    /**
     * The order was changed on request.
     *
     * @param orderId  as submitted.
     * @param price    in force.
     * @param quantity in force, whole.
     */
    void onReplaced(long orderId, long price, long quantity);

    /**
     * The order ended by its time in force.
     *
     * @param orderId           as submitted.
     * @param remainingQuantity mantissa.
     * @param reason            in words.
     */
    void onExpired(long orderId, long remainingQuantity, String reason);
}
