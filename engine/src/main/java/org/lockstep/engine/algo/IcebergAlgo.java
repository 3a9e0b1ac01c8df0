package org.lockstep.engine.algo;

import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.state.StateWriter;

/** A limit order of which a part shows; the next goes out when one has executed. A tail too small joins the last. */
final class IcebergAlgo extends Algo
{
    IcebergAlgo(
        final AlgoOrder terms,
        final AlgoHost host,
        final int slot,
        final long algoId,
        final int botId,
        final int accountId)
    {
        super(terms, host, slot, algoId, botId, accountId);
    }

    @Override
    void onBegin()
    {
        sendPart();
    }

    @Override
    void onPrice(final Market market)
    {
        if (!isRetrying())
        {
            sendPart();
        }
    }

    @Override
    void onChildEnded(final OrderStatus status, final boolean isWithdrawn)
    {
        if (isWithdrawn || OrderStatus.FILLED == status)
        {
            sendPart();
        }
        else if (OrderStatus.CANCELED == status)
        {
            end(AlgoState.CANCELED, "its order was taken back");
        }
        else
        {
            retryLater();
        }
    }

    @Override
    void onDue()
    {
        sendPart();
    }

    @Override
    void describeKind(final StateWriter out)
    {
        // What it does follows from what was executed.
    }

    private void sendPart()
    {
        final long part = Math.min(terms.displayQuantity(), remaining());
        final boolean isLast = isTooSmall(remaining() - part, terms.limitPrice());
        send(terms.side(), terms.limitPrice(), isLast ? remaining() : part);
    }
}
