package org.lockstep.engine.algo;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.market.Market;

/** What an emulated order acts through. */
interface AlgoHost
{
    /** Engine time. */
    long timeNs();

    Market market(int instrumentId);

    /** Order id, or the negative code of a refusal. */
    long submit(Algo algo, Side side, OrderType orderType, TimeInForce timeInForce, long price, long quantity);

    void cancel(long childId);

    /**
     * Asks again for a child to be taken back, if the last time was a second ago.
     *
     * @param childId order id.
     */
    void cancelAgain(long childId);

    /** What a child may still execute. */
    long openQuantity(long childId);

    void wakeAt(Algo algo, long deadlineNs);

    /** Tells of a change. */
    void changed(Algo algo);

    /** Tells of the end, and forgets it. */
    void ended(Algo algo);
}
