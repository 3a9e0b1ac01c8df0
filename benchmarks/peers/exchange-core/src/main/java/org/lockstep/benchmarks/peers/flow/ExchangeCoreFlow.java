package org.lockstep.benchmarks.peers.flow;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * Runs exchange-core on a flow and prints one line a lane: {@code lane commandsPerSecond commandsPerCpuSecond}, of the
 * best round; the lanes are {@code book} and the wait strategies. Ends with a message when it did not come to the
 * executions that it must.
 */
public final class ExchangeCoreFlow
{
    private static final int ARGUMENTS = 7;

    private ExchangeCoreFlow()
    {
    }

    /**
     * Runs.
     *
     * @param args seed, commands, symbols, orders of ours that rest, rounds and milliseconds of each lane at least,
     *             wait strategies with commas.
     */
    public static void main(final String... args)
    {
        if (ARGUMENTS != args.length)
        {
            throw new IllegalArgumentException("found " + args.length + " arguments, allowed " + ARGUMENTS);
        }
        final int symbols = Integer.parseInt(args[2]);
        final int rounds = Integer.parseInt(args[4]);
        final long millis = Long.parseLong(args[5]);
        final OrderFlow flow = FlowMaker.make(
            Long.parseLong(args[0]), Integer.parseInt(args[1]), symbols, Integer.parseInt(args[3]));
        measure("book", flow, rounds, millis, new BookRun(flow, symbols)::run);
        for (final String wait : args[6].split(","))
        {
            try (WholeRun whole = new WholeRun(flow, symbols, wait))
            {
                measure(wait, flow, rounds, millis, whole::run);
            }
        }
    }

    private static void measure(
        final String lane, final OrderFlow flow, final int rounds, final long millis, final Runnable run)
    {
        final OperatingSystemMXBean system =
            (OperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();
        double wall = Double.MAX_VALUE;
        double cpu = Double.MAX_VALUE;
        final long endNs = System.nanoTime() + millis * 1_000_000;
        for (int round = 0; round <= rounds || System.nanoTime() - endNs < 0; round++)
        {
            final long startNs = System.nanoTime();
            final long startCpuNs = system.getProcessCpuTime();
            run.run();
            if (round > 0)
            {
                wall = Math.min(wall, System.nanoTime() - startNs);
                cpu = Math.min(cpu, system.getProcessCpuTime() - startCpuNs);
            }
        }
        System.out.printf("%s %.0f %.0f%n", lane, flow.count() * 1e9 / wall, flow.count() * 1e9 / cpu);
    }
}
