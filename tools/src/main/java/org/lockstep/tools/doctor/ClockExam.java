package org.lockstep.tools.doctor;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.lockstep.tools.host.HostFiles;

/** Where time comes from, what reading it costs, and whether it is right. */
final class ClockExam
{
    private static final String AREA = "clock";
    private static final int READS = 200_000;
    private static final int ROUNDS = 3;
    private static final long CHEAP_NS = 100;

    private final HostFiles files;
    private final Supplier<KernelClock.State> kernel;

    ClockExam(final HostFiles files, final Supplier<KernelClock.State> kernel)
    {
        this.files = files;
        this.kernel = kernel;
    }

    void run(final Consumer<Finding> sink)
    {
        sink.accept(source());
        sink.accept(synchronisation());
    }

    private Finding source()
    {
        final String base = "sys/devices/system/clocksource/clocksource0/";
        final String source = files.text(base + "current_clocksource");
        final String others = files.text(base + "available_clocksource");
        final long readNs = readNs();
        final String found = (null == source ? "unknown" : source) + ", one reading takes " + readNs + " ns";
        final Object[] values = {"source", source, "available", others, "readNs", readNs};
        if (readNs <= CHEAP_NS || null == source)
        {
            return Finding.ok(AREA, "source", found, values);
        }
        if ("tsc".equals(source))
        {
            return Finding.warn(AREA, "source", found, "a reading of the processor's own counter should take a tenth " +
                "of that; the feed takes one per read of a socket, the engine one per batch",
                "try again when nothing else runs; if it stays, the hypervisor intercepts the reading", values);
        }
        return Finding.warn(AREA, "source", found, "every reading is a system call; the feed takes one per read of a " +
            "socket, the engine one per batch", null != others && others.contains("tsc") ?
            "echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource" :
            "a host whose TSC the kernel trusts (dmesg | grep -i tsc says why not)", values);
    }

    private Finding synchronisation()
    {
        final KernelClock.State state = kernel.get();
        if (null == state)
        {
            return Finding.note(AREA, "ntp", "the kernel cannot be asked here", null, null);
        }
        final String found = state.synchronised() ?
            "synchronised, off by at most %.1f ms".formatted(state.maxErrorUs() / 1e3) : "nothing keeps it";
        final Object[] values = {"synchronised", state.synchronised(), "maxErrorUs", state.maxErrorUs()};
        return state.synchronised() ? Finding.ok(AREA, "ntp", found, values) : Finding.warn(AREA, "ntp", found,
            "it drifts by seconds a week: order requests are refused once they look too old (-1021), and times of " +
            "venue and host cannot be compared", "chronyd with the provider's time servers (or PTP); Lockstep " +
            "measures " +
            "each venue's offset, but only to half a round trip", values);
    }

    private static long readNs()
    {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++)
        {
            final long startNs = System.nanoTime();
            long last = startNs;
            for (int i = 0; i < READS; i++)
            {
                last = System.nanoTime();
            }
            best = Math.min(best, (last - startNs) / READS);
        }
        return best;
    }
}
