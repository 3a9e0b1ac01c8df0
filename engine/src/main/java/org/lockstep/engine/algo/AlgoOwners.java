package org.lockstep.engine.algo;

import org.lockstep.engine.order.AlgoView;

/** Those whose emulated orders these are. Called on the engine thread. */
public interface AlgoOwners
{
    /**
     * Draws an id.
     *
     * @param botId dense id.
     * @return from the bot's order ids, or {@code ClientOrderIds.NULL_ORDER_ID} when there are none left.
     */
    long nextOrderId(int botId);

    /**
     * What happens to what rests when the feed is lost.
     *
     * @param botId dense id.
     * @return true when it is taken back.
     */
    boolean isCancelingOnFeedLoss(int botId);

    /**
     * An emulated order changed, other than by a request that has just been made.
     *
     * @param algo changed.
     */
    void onAlgoChanged(AlgoView algo);
}
