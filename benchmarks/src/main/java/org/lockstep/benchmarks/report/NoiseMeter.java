package org.lockstep.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How much the machine did besides what is measured. An idle loop on a thread of its own would take a core from what it
 * watches, so this one spins for some ms between lanes ({@link #probe()}) and counts the time that it did not get; and
 * it compares what all processors did with what this process and its children did. One thread.
 */
public final class NoiseMeter
{
    /** A gap in an idle loop from here on is a hiccup, ns. */
    static final long HICCUP_NS = 20_000;

    private static final long PROBE_NS = 20_000_000;
    private static final double MAX_OTHER_CORES = 0.15;
    private static final double MAX_STEAL_PERCENT = 2;
    private static final double MAX_LOST_PERCENT = 5;
    private static final double PERCENT = 100;

    private final long startNs = System.nanoTime();
    private final ProcessTimes start = ProcessTimes.read();
    private int probes;
    private long spunNs;
    private long lostNs;
    private long worstNs;

    /** Spins for 20 ms and notes the time that it did not get. */
    public void probe()
    {
        final long beginNs = System.nanoTime();
        long lastNs = beginNs;
        while (lastNs - beginNs < PROBE_NS)
        {
            final long nowNs = System.nanoTime();
            final long gapNs = nowNs - lastNs;
            if (gapNs >= HICCUP_NS)
            {
                lostNs += gapNs;
                worstNs = Math.max(worstNs, gapNs);
            }
            lastNs = nowNs;
        }
        spunNs += lastNs - beginNs;
        probes++;
    }

    /** @return what was seen since this meter was made; {@code noisy} holds what was too much, in words. */
    public ObjectNode result()
    {
        final ProcessTimes end = ProcessTimes.read();
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        final double otherCores = Math.max(0, end.busySeconds() - start.busySeconds() -
            (end.ownSeconds() - start.ownSeconds())) / seconds;
        final double stealPercent = PERCENT * (end.stealSeconds() - start.stealSeconds()) / seconds /
            Runtime.getRuntime().availableProcessors();
        final double lostPercent = 0 == spunNs ? 0 : PERCENT * lostNs / spunNs;
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("seconds", rounded(seconds));
        node.put("otherCores", rounded(otherCores));
        node.put("stealPercent", rounded(stealPercent));
        node.put("load", rounded(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        node.put("probes", probes);
        node.put("lostPercent", rounded(lostPercent));
        node.put("worstHiccupNs", worstNs);
        for (final String reason : reasons(otherCores, stealPercent, lostPercent))
        {
            node.withArrayProperty("noisy").add(reason);
        }
        return node;
    }

    /** What was too much for the figures to be trusted. */
    static List<String> reasons(final double otherCores, final double stealPercent, final double lostPercent)
    {
        final List<String> reasons = new ArrayList<>();
        if (otherCores > MAX_OTHER_CORES)
        {
            reasons.add("other processes kept %.2f cores busy".formatted(otherCores));
        }
        if (stealPercent > MAX_STEAL_PERCENT)
        {
            reasons.add("the host took away %.1f %% of the processors".formatted(stealPercent));
        }
        if (lostPercent > MAX_LOST_PERCENT)
        {
            reasons.add("an idle loop lost %.1f %% of its time".formatted(lostPercent));
        }
        return reasons;
    }

    private static double rounded(final double value)
    {
        return Math.round(value * 1_000) / 1e3;
    }
}
