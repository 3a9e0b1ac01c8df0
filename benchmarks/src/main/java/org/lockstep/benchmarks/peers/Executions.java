package org.lockstep.benchmarks.peers;

import org.lockstep.benchmarks.peers.flow.OrderFlow;

/** Counts executions of our orders, and compares them with what a flow must come to. */
final class Executions
{
    private long fills;
    private long quantity;

    void add(final long filledQuantity)
    {
        fills++;
        quantity += filledQuantity;
    }

    /** Ends the program when a whole run did not come to what it must, and begins anew. */
    void check(final String what, final OrderFlow flow)
    {
        if (fills != flow.ownFills() || quantity != flow.ownQuantity())
        {
            throw new IllegalStateException(what + ": " + fills + " executions of " + quantity + " lots, but " +
                flow.ownFills() + " of " + flow.ownQuantity() + " where all orders meet in one book");
        }
        fills = 0;
        quantity = 0;
    }
}
