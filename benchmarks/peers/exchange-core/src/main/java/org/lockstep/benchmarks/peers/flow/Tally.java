package org.lockstep.benchmarks.peers.flow;

import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;

/** Counts what exchange-core executed, and compares it with what the flow must come to. */
final class Tally
{
    private final OrderFlow flow;
    private final boolean[] isOwn;
    private long commands;
    private long trades;
    private long tradedQuantity;
    private long ownFills;
    private long ownQuantity;
    private long refused;

    Tally(final OrderFlow flow)
    {
        this.flow = flow;
        int largest = 0;
        for (int i = 0; i < flow.count(); i++)
        {
            largest = Math.max(largest, flow.orderId(i));
        }
        isOwn = new boolean[largest + 1];
        for (int i = 0; i < flow.count(); i++)
        {
            isOwn[flow.orderId(i)] = flow.kind(i).isOwn();
        }
    }

    /** Takes in a command that has been run. */
    void add(final OrderCommand command)
    {
        commands++;
        if (CommandResultCode.SUCCESS != command.resultCode)
        {
            refused++;
            return;
        }
        final boolean isTakerOwn = isOwn[(int)command.orderId];
        long lastPrice = 0;
        for (MatcherTradeEvent event = command.matcherEvent; null != event; event = event.nextEvent)
        {
            if (MatcherEventType.TRADE == event.eventType)
            {
                trades++;
                tradedQuantity += event.size;
                if (isTakerOwn || isOwn[(int)event.matchedOrderId])
                {
                    ownFills += isTakerOwn && lastPrice == event.price ? 0 : 1;
                    ownQuantity += event.size;
                }
                lastPrice = event.price;
            }
        }
    }

    /** Commands run since the last check. */
    long commands()
    {
        return commands;
    }

    /** Ends the program when a whole run of the flow did not come to what it must, and begins anew. */
    void check(final String what)
    {
        if (0 != refused || trades != flow.trades() || tradedQuantity != flow.tradedQuantity() ||
            ownFills != flow.ownFills() || ownQuantity != flow.ownQuantity())
        {
            throw new IllegalStateException(what + ": " + refused + " refused, trades " + trades + " of " +
                flow.trades() + ", quantity " + tradedQuantity + " of " + flow.tradedQuantity() + ", own fills " +
                ownFills + " of " + flow.ownFills() + ", own quantity " + ownQuantity + " of " + flow.ownQuantity());
        }
        commands = 0;
        trades = 0;
        tradedQuantity = 0;
        ownFills = 0;
        ownQuantity = 0;
    }
}
