package org.lockstep.engine.order;

import static org.lockstep.engine.order.Transition.CONTRADICTION;
import static org.lockstep.engine.order.Transition.DUPLICATE;
import static org.lockstep.engine.order.Transition.LATE_FILL;
import static org.lockstep.engine.order.Transition.NOTED;
import static org.lockstep.engine.order.Transition.REFUSED;
import static org.lockstep.engine.order.Transition.TO_BEFORE;
import static org.lockstep.engine.order.Transition.TO_CANCELED;
import static org.lockstep.engine.order.Transition.TO_EXPIRED;
import static org.lockstep.engine.order.Transition.TO_FILLED_OR_SAME;
import static org.lockstep.engine.order.Transition.TO_FILLED_OR_WORKING;
import static org.lockstep.engine.order.Transition.TO_PENDING_CANCEL;
import static org.lockstep.engine.order.Transition.TO_PENDING_REPLACE;
import static org.lockstep.engine.order.Transition.TO_REJECTED;
import static org.lockstep.engine.order.Transition.TO_UNKNOWN;
import static org.lockstep.engine.order.Transition.TO_WORKING;

/**
 * The one table that decides every (state, event) pair. Venues lose acknowledgements, repeat executions and answer a
 * cancel after the fill that made it moot; each such pair has its cell here, so nothing is left to the order of ifs.
 * <ul>
 * <li>Executions always count, whatever the state: they are money that moved.</li>
 * <li>A refusal before the order was acknowledged ends it; afterwards it can only mean the request in flight, and the
 * order works on. Which of the two is decided by {@link Order#isAcknowledged()}, see {@link #resolve}.</li>
 * <li>A cancel may be asked for before the acknowledgement and may overtake a replace; a replace only of a working
 * order.</li>
 * <li>An ended order stays ended, except that executions found later complete it.</li>
 * </ul>
 */
public final class OrderTransitions
{
    private static final Transition[][] TABLE = new Transition[OrderStatus.values().length][];

    static
    {
        //  ACCEPTED, REJECTED, FILLED, CANCELED, REPLACED, EXPIRED,
        //  CANCEL_REQUESTED, REPLACE_REQUESTED, OUTCOME_LOST, CANCEL_REJECTED, REPLACE_REJECTED
        row(OrderStatus.PENDING_NEW,
            TO_WORKING, TO_REJECTED, TO_FILLED_OR_WORKING, TO_CANCELED, CONTRADICTION, TO_EXPIRED,
            TO_PENDING_CANCEL, REFUSED, TO_UNKNOWN, DUPLICATE, DUPLICATE);
        row(OrderStatus.NEW,
            DUPLICATE, CONTRADICTION, TO_FILLED_OR_WORKING, TO_CANCELED, NOTED, TO_EXPIRED,
            TO_PENDING_CANCEL, TO_PENDING_REPLACE, TO_UNKNOWN, DUPLICATE, NOTED);
        row(OrderStatus.PARTIALLY_FILLED,
            NOTED, CONTRADICTION, TO_FILLED_OR_WORKING, TO_CANCELED, NOTED, TO_EXPIRED,
            TO_PENDING_CANCEL, TO_PENDING_REPLACE, TO_UNKNOWN, DUPLICATE, NOTED);
        row(OrderStatus.PENDING_CANCEL,
            NOTED, TO_WORKING, TO_FILLED_OR_SAME, TO_CANCELED, NOTED, TO_EXPIRED,
            REFUSED, REFUSED, TO_UNKNOWN, TO_BEFORE, NOTED);
        row(OrderStatus.PENDING_REPLACE,
            NOTED, TO_WORKING, TO_FILLED_OR_SAME, TO_CANCELED, TO_WORKING, TO_EXPIRED,
            TO_PENDING_CANCEL, REFUSED, TO_UNKNOWN, DUPLICATE, TO_WORKING);
        row(OrderStatus.UNKNOWN,
            TO_WORKING, TO_WORKING, TO_FILLED_OR_SAME, TO_CANCELED, TO_WORKING, TO_EXPIRED,
            TO_PENDING_CANCEL, REFUSED, DUPLICATE, NOTED, NOTED);
        row(OrderStatus.FILLED,
            DUPLICATE, CONTRADICTION, LATE_FILL, DUPLICATE, DUPLICATE, DUPLICATE,
            REFUSED, REFUSED, DUPLICATE, DUPLICATE, DUPLICATE);
        row(OrderStatus.CANCELED,
            DUPLICATE, DUPLICATE, LATE_FILL, DUPLICATE, DUPLICATE, DUPLICATE,
            REFUSED, REFUSED, DUPLICATE, DUPLICATE, DUPLICATE);
        row(OrderStatus.EXPIRED,
            DUPLICATE, DUPLICATE, LATE_FILL, DUPLICATE, DUPLICATE, DUPLICATE,
            REFUSED, REFUSED, DUPLICATE, DUPLICATE, DUPLICATE);
        row(OrderStatus.REJECTED,
            CONTRADICTION, DUPLICATE, LATE_FILL, DUPLICATE, CONTRADICTION, DUPLICATE,
            REFUSED, REFUSED, DUPLICATE, DUPLICATE, DUPLICATE);
    }

    private OrderTransitions()
    {
    }

    /**
     * Looks a pair up.
     *
     * @param status where the order is.
     * @param event  what happens.
     * @return what it does, never null.
     */
    public static Transition of(final OrderStatus status, final OrderEvent event)
    {
        return TABLE[status.ordinal()][event.ordinal()];
    }

    /**
     * Looks a pair up, taking into account whether the venue had acknowledged the order: a refusal that arrives while
     * a cancel is in flight, or after an outcome was lost, ends an order that was never acknowledged.
     *
     * @param status       where the order is.
     * @param event        what happens.
     * @param acknowledged whether the venue is known to have (had) the order.
     * @return what it does, never null.
     */
    public static Transition resolve(final OrderStatus status, final OrderEvent event, final boolean acknowledged)
    {
        final Transition transition = of(status, event);
        return OrderEvent.REJECTED == event && TO_WORKING == transition && !acknowledged ? TO_REJECTED : transition;
    }

    private static void row(final OrderStatus status, final Transition... transitions)
    {
        TABLE[status.ordinal()] = transitions;
    }
}
