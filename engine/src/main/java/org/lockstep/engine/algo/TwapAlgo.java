package org.lockstep.engine.algo;

import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.state.StateWriter;

/** Equal slices at equal times; which slice it is follows from the time alone, so none is made up for in a hurry. */
final class TwapAlgo extends Algo
{
    private final long startNs;
    private int nextSlice;
    private boolean isSliceDue;

    TwapAlgo(
        final AlgoOrder terms,
        final AlgoHost host,
        final int slot,
        final long algoId,
        final int botId,
        final int accountId)
    {
        super(terms, host, slot, algoId, botId, accountId);
        startNs = host.timeNs();
    }

    @Override
    void onBegin()
    {
        onDue();
    }

    @Override
    void onPrice(final Market market)
    {
        // Time alone decides.
    }

    @Override
    void onDue()
    {
        final long intervalNs = terms.durationNs() / terms.slices();
        final long slice = (host.timeNs() - startNs) / intervalNs;
        if (slice < nextSlice)
        {
            sendSlice();
            return;
        }
        if (slice >= terms.slices())
        {
            cancel("time is up");
            return;
        }
        nextSlice = (int)slice + 1;
        isSliceDue = true;
        host.wakeAt(this, startNs + nextSlice * intervalNs);
        if (hasChild())
        {
            cancelChild();
        }
        else
        {
            sendSlice();
        }
    }

    @Override
    void onChildEnded(final OrderStatus status, final boolean isWithdrawn)
    {
        sendSlice();
        if (!hasChild())
        {
            waiting();
        }
    }

    @Override
    void describeKind(final StateWriter out)
    {
        out.field("startNs", startNs);
        out.field("nextSlice", nextSlice);
        out.field("isSliceDue", isSliceDue);
    }

    private void sendSlice()
    {
        if (!isSliceDue)
        {
            return;
        }
        final int left = terms.slices() - nextSlice + 1;
        final long price =
            0 != terms.limitPrice() ? terms.limitPrice() : host.market(terms.instrumentId()).referencePrice();
        final long share = Money.roundToLot(remaining() / left, instrument().lotSize());
        final boolean isLast = 1 == left || isTooSmall(remaining() - share, price);
        if (isLast || !isTooSmall(share, price))
        {
            send(terms.side(), terms.limitPrice(), isLast ? remaining() : share);
            isSliceDue = !hasChild();
        }
        else
        {
            isSliceDue = false;
        }
    }
}
