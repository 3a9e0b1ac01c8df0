package org.lockstep.gateway.venue.binance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when instruments without a socket are polled: after an outage has lasted for a while, and then as often as
 * configured or, with many of them, as often as the polls' share of the request weight allows. Threading: the feed's
 * loop.
 */
final class FallbackPolls
{
    private static final Logger LOG = LoggerFactory.getLogger(FallbackPolls.class);
    private static final long MS = 1_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;

    private final BinanceFeedConfig config;
    private final RestPoller poller;
    private final Map<LineGroup, Long> nextPolls = new HashMap<>();

    FallbackPolls(final BinanceFeedConfig config, final RestPoller poller)
    {
        this.config = config;
        this.poller = poller;
    }

    /**
     * Polls a group if that is due.
     *
     * @return true when this begins its polling.
     */
    boolean poll(final LineGroup group, final List<LineGroup> all, final long nowNs)
    {
        if (group.isUp() || group.feeds().isEmpty() ||
            nowNs - group.downSinceNs() <= config.times().pollAfterMs() * MS)
        {
            return false;
        }
        final Long nextNs = nextPolls.get(group);
        if (null == nextNs)
        {
            LOG.warn("binance line {}: polling over REST", group.firstLine());
        }
        if (null == nextNs || nowNs - nextNs >= 0)
        {
            nextPolls.put(group, nowNs + intervalNs(all));
            group.feeds().forEach(poller::poll);
        }
        return null == nextNs;
    }

    /** Ends the polling of a group. */
    void end(final LineGroup group)
    {
        if (null != nextPolls.remove(group))
        {
            group.feeds().forEach(poller::cancel);
        }
    }

    Set<LineGroup> polled()
    {
        return nextPolls.keySet();
    }

    private long intervalNs(final List<LineGroup> all)
    {
        final long count = all.stream().filter(group -> !group.isUp()).mapToLong(group -> group.feeds().size()).sum();
        final long perMinute = config.limits().weightPerMinute() * RequestPriority.POLL.ceilingPercent() / 100L;
        return Math.max(
            config.times().pollIntervalMs() * MS, count * poller.weightPerInstrument() * MINUTE_NS / perMinute);
    }
}
