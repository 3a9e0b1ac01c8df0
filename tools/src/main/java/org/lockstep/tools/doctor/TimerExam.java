package org.lockstep.tools.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.tools.host.HostFiles;

/** What the machine takes from a thread that does nothing else, and how late it wakes one that sleeps. */
final class TimerExam
{
    private static final String AREA = "timing";
    private static final long RESOLUTION_NS = 1_000;
    private static final long PARK_NS = 1_000;
    private static final long NOISY_NS = 1_000_000;
    private static final long COARSE_NS = 100_000;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final long TENTH = 10;
    private static final double P999 = 99.9;
    private static final int STEAL = 8;
    private static final int TICK_MS = 10;

    private final HostFiles files;
    private final int available;
    private final long spinNs;
    private final long parkNs;

    TimerExam(final HostFiles files, final int available, final long spinNs, final long parkNs)
    {
        this.files = files;
        this.available = available;
        this.spinNs = spinNs;
        this.parkNs = parkNs;
    }

    void run(final Consumer<Finding> sink)
    {
        sink.accept(hiccups());
        sink.accept(parking());
    }

    /** Weighs each gap by its length: what something that arrives at any moment would have waited. */
    private Finding hiccups()
    {
        spin(spinNs / TENTH);
        final long stolen = stolenTicks();
        final long switched = preemptions();
        final Histogram waits = spin(spinNs);
        final long stolenMs = (stolenTicks() - stolen) * TICK_MS;
        final long preempted = preemptions() - switched;
        final long p999 = waits.getValueAtPercentile(P999);
        final String found = "a thread that only spins for %.1f s: %s; it lost its core %d times, the host took %d ms"
            .formatted(spinNs / 1e9, Percentiles.text(waits), preempted, stolenMs);
        final List<Object> values = new ArrayList<>(List.of(Percentiles.values(waits)));
        values.addAll(List.of("preemptions", preempted, "stolenMs", stolenMs));
        return p999 < NOISY_NS ? Finding.ok(AREA, "hiccups", found, values.toArray()) :
            Finding.warn(AREA, "hiccups", found, "every tick waits for this, whatever the software does: one in a " +
            "thousand " + Percentiles.duration(p999) + " or more", "fewer processes, isolated cores and pinning, a " +
            "host without neighbours; figures taken now are not worth much", values.toArray());
    }

    /** Time that the hypervisor gave to others, all cores together; kernel ticks are hundredths of a second. */
    private long stolenTicks()
    {
        final List<String> lines = files.lines("proc/stat");
        final String[] columns = lines.isEmpty() ? new String[0] : lines.get(0).split("\\s+");
        return columns.length > STEAL && columns[STEAL].matches("\\d{1,18}") ? Long.parseLong(columns[STEAL]) : 0;
    }

    private long preemptions()
    {
        final Long count = files.bytes("proc/thread-self/status", "nonvoluntary_ctxt_switches");
        return null == count ? 0 : count;
    }

    private Histogram spin(final long lengthNs)
    {
        final Histogram waits = new Histogram(LONGEST_NS, 2);
        long lastNs = System.nanoTime();
        final long endNs = lastNs + lengthNs;
        while (lastNs - endNs < 0)
        {
            final long nowNs = System.nanoTime();
            final long gapNs = nowNs - lastNs;
            if (gapNs >= RESOLUTION_NS)
            {
                waits.recordValueWithExpectedInterval(Math.min(gapNs, LONGEST_NS), RESOLUTION_NS);
                lastNs = System.nanoTime();
            }
            else
            {
                lastNs = nowNs;
            }
        }
        final long missed = lengthNs / RESOLUTION_NS - waits.getTotalCount();
        if (missed > 0)
        {
            // The microseconds in which nothing happened.
            waits.recordValueWithCount(1, missed);
        }
        return waits;
    }

    private Finding parking()
    {
        final Histogram late = new Histogram(LONGEST_NS, 2);
        final long endNs = System.nanoTime() + parkNs;
        long startNs = System.nanoTime();
        while (startNs - endNs < 0)
        {
            LockSupport.parkNanos(PARK_NS);
            final long nowNs = System.nanoTime();
            late.recordValue(Math.min(LONGEST_NS, Math.max(0, nowNs - startNs - PARK_NS)));
            startNs = nowNs;
        }
        final Long slackNs = files.number("proc/self/timerslack_ns");
        final String found = "a sleep of 1 us ends late by " + Percentiles.text(late) +
            (null == slackNs ? "" : "; timer slack " + Percentiles.duration(slackNs));
        final boolean spins = ThreadPlan.Mode.DEDICATED_SPIN == ThreadPlan.choose(available, "auto").mode();
        final String fix = spins ? "a core for it to spin on (engine.threads: spin)" :
            "no thread of its own that sleeps (engine.threads: feed-loop, what auto takes here), or a host of four " +
            "cores for it to spin on one";
        final long median = late.getValueAtPercentile(50);
        return median <= COARSE_NS ? Finding.note(AREA, "parking", found, "an engine that sleeps when idle (backoff) " +
            "adds this to the first tick of a burst", fix,
            Percentiles.values(late)) : Finding.warn(AREA, "parking", found, "an engine that sleeps when idle " +
            "(backoff) " +
            "adds this to the first tick of a burst", "high-resolution timers in the kernel, or " + fix,
            Percentiles.values(late));
    }
}
