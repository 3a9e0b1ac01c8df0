package org.lockstep.tools.simulator.binance;

import java.util.HashMap;
import java.util.Map;

/** What goes wrong on request. Set by the control interface, consumed where it happens. Event loop only. */
final class Faults
{
    private final Map<String, Integer> gaps = new HashMap<>();
    private final Map<String, byte[]> staleDepth = new HashMap<>();
    private final Map<String, Integer> staleCounts = new HashMap<>();
    private long mutedUntilNs;
    private long refusedUntilNs;
    private boolean muted;
    private boolean refusing;
    private long skewUs;

    void mute(final long nowNs, final long durationNs)
    {
        muted = true;
        mutedUntilNs = nowNs + durationNs;
    }

    /** Whether nothing may be sent now. */
    boolean isMuted(final long nowNs)
    {
        muted = muted && mutedUntilNs - nowNs > 0;
        return muted;
    }

    void refuse(final long nowNs, final long durationNs)
    {
        refusing = true;
        refusedUntilNs = nowNs + durationNs;
    }

    /** Whether new connections are turned away now. */
    boolean isRefusing(final long nowNs)
    {
        refusing = refusing && refusedUntilNs - nowNs > 0;
        return refusing;
    }

    void skewUs(final long newSkewUs)
    {
        skewUs = newSkewUs;
    }

    /** How far the exchange's clock is ahead of what it should be, microseconds. */
    long skewUs()
    {
        return skewUs;
    }

    void withholdDiffs(final String symbol, final int count)
    {
        gaps.merge(symbol, count, Integer::sum);
    }

    /** Takes one of the diffs to withhold, if any is left. */
    boolean tryWithholdDiff(final String symbol)
    {
        if (gaps.isEmpty() || !gaps.containsKey(symbol))
        {
            return false;
        }
        gaps.computeIfPresent(symbol, (name, left) -> left > 1 ? left - 1 : null);
        return true;
    }

    void staleDepth(final String symbol, final byte[] body, final int count)
    {
        staleDepth.put(symbol, body);
        staleCounts.put(symbol, count);
    }

    /** An outdated order book to serve instead of the current one, or null. */
    byte[] tryStaleDepth(final String symbol)
    {
        final byte[] body = staleDepth.get(symbol);
        if (null != body && null == staleCounts.computeIfPresent(symbol, (name, left) -> left > 1 ? left - 1 : null))
        {
            staleDepth.remove(symbol);
        }
        return body;
    }
}
