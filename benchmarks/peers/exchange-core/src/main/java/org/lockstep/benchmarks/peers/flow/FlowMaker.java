package org.lockstep.benchmarks.peers.flow;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes flows: a fifth takes, the rest rests and cancels, half of it the market's and half of it ours. */
public final class FlowMaker
{
    private FlowMaker()
    {
    }

    /**
     * Makes a flow.
     *
     * @param seed     the same seed makes the same flow.
     * @param commands about how many.
     * @param symbols  among which they are spread.
     * @param ownRests how many orders of ours are to rest in each symbol; of the market ten times as many.
     * @return the flow.
     */
    public static OrderFlow make(final long seed, final int commands, final int symbols, final int ownRests)
    {
        final OrderFlow flow = new OrderFlow();
        final RandomGenerator random = new SplittableRandom(seed);
        final FlowBook[] books = new FlowBook[symbols];
        for (int i = 0; i < symbols; i++)
        {
            books[i] = new FlowBook(flow, i, random, ownRests);
        }
        int orderId = 0;
        while (flow.count() < commands)
        {
            orderId += books[random.nextInt(symbols)].next(orderId + 1) ? 1 : 0;
        }
        for (final FlowBook book : books)
        {
            book.cancelAll();
        }
        return flow;
    }
}
