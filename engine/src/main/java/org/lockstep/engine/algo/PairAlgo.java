package org.lockstep.engine.algo;

import org.lockstep.engine.event.codec.AlgoKind;
import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.state.StateWriter;

/**
 * One-cancels-the-other, and the bracket, which is an entry with such a pair behind it. The limit leg rests at the
 * venue, the stop leg is watched here: it becomes a market order only when the limit leg has ended on the venue's word,
 * for what that left. So never do both execute, whatever the venue does in between.
 */
final class PairAlgo extends Algo
{
    private final Side exitSide;
    private boolean isEntering;
    private boolean isExitWanted;
    private boolean isStopped;
    private int entryCount;
    private long entered;
    private long exited;

    PairAlgo(
        final AlgoOrder terms,
        final AlgoHost host,
        final int slot,
        final long algoId,
        final int botId,
        final int accountId)
    {
        super(terms, host, slot, algoId, botId, accountId);
        isEntering = AlgoKind.BRACKET == terms.kind();
        exitSide = !isEntering ? terms.side() : Side.BUY == terms.side() ? Side.SELL : Side.BUY;
        entered = isEntering ? 0 : terms.quantity();
    }

    @Override
    void onBegin()
    {
        if (isEntering)
        {
            send(terms.side(), terms.limitPrice(), terms.quantity());
        }
        else
        {
            onPrice(host.market(terms.instrumentId()));
        }
    }

    @Override
    void onPrice(final Market market)
    {
        final long price = exitPrice(market, exitSide);
        if (!isStopped && entered > 0 && isStopReached(exitSide, price, terms.triggerPrice()))
        {
            isStopped = true;
            isExitWanted = isEntering;
            cancelChild();
        }
        if (isEntering && entered > 0 && !isExitWanted && isTakeProfitReached(price))
        {
            isExitWanted = true;
            cancelChild();
        }
        if (!hasChild() && !isRetrying())
        {
            sendNext();
        }
    }

    @Override
    void onChildEnded(final OrderStatus status, final boolean isWithdrawn)
    {
        if (isEntering)
        {
            onEntryEnded(status, isWithdrawn);
        }
        else if (isWithdrawn || OrderStatus.FILLED == status)
        {
            sendNext();
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
        sendNext();
    }

    @Override
    void onComplete()
    {
        if (isEntering)
        {
            leaveEntry();
        }
        else
        {
            super.onComplete();
        }
    }

    @Override
    long remaining()
    {
        return isEntering ? terms.quantity() - entered : entered - exited;
    }

    @Override
    void onFill(final long quantity, final int childIndex)
    {
        if (isEntering || childIndex < entryCount)
        {
            entered += quantity;
            filled(quantity);
            return;
        }
        exited += quantity;
        if (AlgoKind.OCO == terms.kind())
        {
            filled(quantity);
        }
    }

    @Override
    boolean isWhole()
    {
        return !isEntering && remaining() <= 0;
    }

    @Override
    void describeKind(final StateWriter out)
    {
        out.field("isEntering", isEntering);
        out.field("isExitWanted", isExitWanted);
        out.field("isStopped", isStopped);
        out.field("entryCount", entryCount);
        out.field("entered", entered);
        out.field("exited", exited);
    }

    private void onEntryEnded(final OrderStatus status, final boolean isWithdrawn)
    {
        if (entered > 0)
        {
            leaveEntry();
        }
        else if (isWithdrawn)
        {
            sendNext();
        }
        else if (OrderStatus.CANCELED == status)
        {
            end(AlgoState.CANCELED, "its entry was taken back");
        }
        else
        {
            end(AlgoState.FAILED, "its entry did not execute: " + status);
        }
    }

    private void leaveEntry()
    {
        isEntering = false;
        entryCount = childCount();
        sendNext();
    }

    private void sendNext()
    {
        if (isEntering)
        {
            send(terms.side(), terms.limitPrice(), remaining());
        }
        else
        {
            send(exitSide, isStopped ? 0 : terms.takeProfitPrice(), remaining());
        }
    }

    private boolean isTakeProfitReached(final long price)
    {
        return price > 0 &&
            (Side.SELL == exitSide ? price >= terms.takeProfitPrice() : price <= terms.takeProfitPrice());
    }
}
