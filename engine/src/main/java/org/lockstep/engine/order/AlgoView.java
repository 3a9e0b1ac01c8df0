package org.lockstep.engine.order;

import org.lockstep.engine.event.codec.AlgoKind;
import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.event.codec.Side;

/** An emulated order as strategies and queries see it. Valid during the callback it is handed to. */
public interface AlgoView
{
    /** @return its id, from the same range as order ids. */
    long algoId();

    /** @return dense id of the bot it belongs to. */
    int botId();

    /** @return dense id of the account it trades on. */
    int accountId();

    /** @return dense id of its instrument. */
    int instrumentId();

    /** @return which kind. */
    AlgoKind kind();

    /** @return state; DONE, CANCELED and FAILED are final. */
    AlgoState state();

    /** @return buy or sell; of a bracket: of the entry. */
    Side side();

    /** @return whole quantity, mantissa. */
    long quantity();

    /** @return executed so far, mantissa; of a bracket: by the entry. */
    long filledQuantity();

    /** @return trigger in force, mantissa, 0 = none. */
    long triggerPrice();

    /** @return limit of the order that is sent, mantissa, 0 = market. */
    long limitPrice();

    /** @return order that is open for it now, 0 = none. */
    long childOrderId();

    /** @return why it is in its state, in words; may be empty. */
    String reason();

    /** @return true once nothing more will happen. */
    default boolean isEnded()
    {
        return AlgoState.DONE == state() || AlgoState.CANCELED == state() || AlgoState.FAILED == state();
    }
}
