package org.lockstep.engine.execution;

import org.lockstep.engine.order.Order;

/** Where requests for orders of paper accounts go. Called on the engine thread; answers come later, never inside. */
public interface PaperPort
{
    /**
     * A new order.
     *
     * @param order    requested.
     * @param deadlineNs engine time at which it reaches the venue.
     */
    void onOrderRequested(Order order, long deadlineNs);

    /**
     * A new pair of orders of which one cancels the other, see {@code OrderListRequested}.
     *
     * @param limit      its limit-maker.
     * @param stop       its stop.
     * @param deadlineNs engine time at which both reach the venue.
     */
    void onPairRequested(Order limit, Order stop, long deadlineNs);

    /**
     * A cancel.
     *
     * @param order    to be taken back.
     * @param deadlineNs engine time at which it reaches the venue.
     */
    void onCancelRequested(Order order, long deadlineNs);

    /**
     * A replace.
     *
     * @param order    to be changed.
     * @param price    wanted, mantissa.
     * @param quantity wanted whole quantity, mantissa.
     * @param deadlineNs engine time at which it reaches the venue.
     */
    void onReplaceRequested(Order order, long price, long quantity, long deadlineNs);
}
