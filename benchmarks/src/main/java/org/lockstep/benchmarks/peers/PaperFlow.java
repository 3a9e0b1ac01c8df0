package org.lockstep.benchmarks.peers;

import org.lockstep.benchmarks.peers.flow.FlowMaker;
import org.lockstep.benchmarks.peers.flow.OrderFlow;

/**
 * Runs the paper venue on a flow and prints a line, {@code lane commandsPerSecond commandsPerCpuSecond}, of the best
 * round: its matching alone ({@code books}) or the whole engine ({@code engine}). In a process they have to themselves,
 * since the one market that each knows is all that a real process has.
 */
final class PaperFlow
{
    static final String BOOKS = "books";
    static final String ENGINE = "engine";

    private static final int ARGUMENTS = 7;

    private PaperFlow()
    {
    }

    /**
     * Runs.
     *
     * @param args lane, seed, commands, symbols, orders of ours that rest, rounds and milliseconds at least.
     */
    public static void main(final String... args)
    {
        if (ARGUMENTS != args.length)
        {
            throw new IllegalArgumentException("found " + args.length + " arguments, allowed " + ARGUMENTS);
        }
        final int symbols = Integer.parseInt(args[3]);
        final OrderFlow flow = FlowMaker.make(
            Long.parseLong(args[1]), Integer.parseInt(args[2]), symbols, Integer.parseInt(args[4]));
        final Runnable lane =
            BOOKS.equals(args[0]) ? new PaperBooks(flow, symbols)::run : new PaperEngine(flow, symbols)::run;
        final Rates rates = Rates.best(flow.count(), Integer.parseInt(args[5]), Long.parseLong(args[6]), lane);
        System.out.printf("%s %.0f %.0f%n", args[0], rates.perSecond(), rates.perCpuSecond());
    }

    /** Runs one of the two in a process of its own. */
    static Rates run(final String lane, final Object... args)
    {
        final Object[] all = new Object[args.length + 1];
        all[0] = lane;
        System.arraycopy(args, 0, all, 1, args.length);
        return LaneProcess.run(System.getProperty("java.class.path"), PaperFlow.class, all).get(lane);
    }
}
