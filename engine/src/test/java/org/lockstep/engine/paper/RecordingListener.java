package org.lockstep.engine.paper;

import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.risk.RejectReason;

/** Keeps reports as lines of text, and sums what each order executed. */
final class RecordingListener implements MatchListener
{
    private final List<String> lines = new ArrayList<>();
    private final long[] executed;

    RecordingListener(final int orderCount)
    {
        executed = new long[orderCount];
    }

    List<String> lines()
    {
        return lines;
    }

    String last()
    {
        return lines.get(lines.size() - 1);
    }

    long executed(final long orderId)
    {
        return executed[(int)orderId];
    }

    @Override
    public void onAccepted(final long orderId)
    {
        lines.add("accepted " + orderId);
    }

    @Override
    public void onRejected(final long orderId, final RejectReason reason)
    {
        lines.add("rejected " + orderId + " " + reason);
    }

    @Override
    public void onFilled(final long orderId, final long price, final long quantity, final Liquidity liquidity)
    {
        executed[(int)orderId] += quantity;
        lines.add("filled " + orderId + " " + price + " " + quantity + " " + liquidity);
    }

    @Override
    public void onCanceled(final long orderId, final long remainingQuantity)
    {
        lines.add("canceled " + orderId + " " + remainingQuantity);
    }

    @Override
    public void onReplaced(final long orderId, final long price, final long quantity)
    {
        lines.add("replaced " + orderId + " " + price + " " + quantity);
    }

    @Override
    public void onExpired(final long orderId, final long remainingQuantity, final String reason)
    {
        lines.add("expired " + orderId + " " + remainingQuantity);
    }
}
