package org.lockstep.engine.bot;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;

import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * What a bot's positions are protected by. Immutable.
 *
 * @param stopLossBps    distance against the position from its average price that closes it, 1/10,000; 0 = none.
 * @param takeProfitBps  distance in its favour that closes it, 1/10,000; 0 = none.
 * @param timeStopNs     age at which it is closed; 0 = none.
 * @param limitOffsetBps how far beyond the best price the closing limit orders may execute; negative = market orders.
 */
record ProtectionTerms(int stopLossBps, int takeProfitBps, long timeStopNs, int limitOffsetBps)
{
    static final ProtectionTerms NONE = new ProtectionTerms(0, 0, 0, -1);

    private static final String PREFIX = "protect.";
    private static final int MAX_BPS = 10_000;

    /**
     * Takes {@code protect.stopLossBps}, {@code protect.takeProfitBps}, {@code protect.timeStop} (with its unit),
     * {@code protect.orderType} (market or limit) and {@code protect.limitOffsetBps} (50) out of some texts.
     */
    static ProtectionTerms take(final SortedMap<String, String> texts)
    {
        final int stopLossBps = bps(texts, "stopLossBps", 0);
        final int takeProfitBps = bps(texts, "takeProfitBps", 0);
        final String timeStop = texts.remove(PREFIX + "timeStop");
        final long timeStopNs = null == timeStop ? 0 : StrategyParameters.parseDurationNs(timeStop);
        if (timeStopNs < 0)
        {
            throw new IllegalArgumentException(
                PREFIX + "timeStop: found '" + timeStop + "', allowed a duration with its unit such as 30m");
        }
        final String orderType = texts.remove(PREFIX + "orderType");
        if (null != orderType && !"market".equals(orderType) && !"limit".equals(orderType))
        {
            throw new IllegalArgumentException(
                PREFIX + "orderType: found '" + orderType + "', allowed market or limit");
        }
        final int limitOffsetBps = bps(texts, "limitOffsetBps", 50);
        for (final Iterator<Map.Entry<String, String>> it = texts.entrySet().iterator(); it.hasNext();)
        {
            final String key = it.next().getKey();
            if (key.startsWith(PREFIX))
            {
                throw new IllegalArgumentException(key + ": found an unknown key, allowed stopLossBps, " +
                    "takeProfitBps, timeStop, orderType, limitOffsetBps");
            }
        }
        return new ProtectionTerms(
            stopLossBps, takeProfitBps, timeStopNs, "limit".equals(orderType) ? limitOffsetBps : -1);
    }

    boolean isOn()
    {
        return stopLossBps > 0 || takeProfitBps > 0 || timeStopNs > 0;
    }

    private static int bps(final SortedMap<String, String> texts, final String name, final int defaultBps)
    {
        final String text = texts.remove(PREFIX + name);
        final long value = null == text ? defaultBps : Decimals.parse(text, 0);
        if (Decimals.isError(value) || value < 0 || value > MAX_BPS)
        {
            throw new IllegalArgumentException(
                PREFIX + name + ": found '" + text + "', allowed a whole number in [0, " + MAX_BPS + "]");
        }
        return (int)value;
    }
}
