package org.lockstep.gateway.venue.binance.ws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.lockstep.gateway.net.WebSocketSession;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;

/**
 * What one connection subscribes: what waits to be asked for, what was asked and is not answered, what is confirmed.
 * Wishes wait until the session's frame limit lets the next request out, so that many of them share one request.
 * Threading: the feed's loop. Cold.
 */
final class StreamSubscriptions
{
    private final BinanceFeedConfig config;
    private final Set<InstrumentFeed> toUnsubscribe = new LinkedHashSet<>();
    private final Set<InstrumentFeed> toSubscribe = new LinkedHashSet<>();
    private final Map<Long, Request> pending = new HashMap<>();
    private final Set<InstrumentFeed> confirmed = new HashSet<>();
    private long nextRequestId = 1;

    StreamSubscriptions(final BinanceFeedConfig config)
    {
        this.config = config;
    }

    // --------------------------------------------------------------------------------------------------- operations

    void subscribe(final Collection<InstrumentFeed> feeds)
    {
        toSubscribe.addAll(feeds);
    }

    void unsubscribe(final InstrumentFeed feed)
    {
        if (!toSubscribe.remove(feed) || isAsked(feed))
        {
            toUnsubscribe.add(feed);
        }
        confirmed.remove(feed);
    }

    /** Sends what waits, unless earlier frames still wait themselves. */
    void flush(final WebSocketSession session)
    {
        if (0 != session.queuedFrames() || toUnsubscribe.isEmpty() && toSubscribe.isEmpty())
        {
            return;
        }
        send(session, toUnsubscribe, false);
        send(session, toSubscribe, true);
    }

    /**
     * Takes an acknowledgement.
     *
     * @return the request it answers, or null.
     */
    Request onReply(final long id)
    {
        final Request request = pending.remove(id);
        if (null != request && request.isSubscribe)
        {
            request.feeds.removeIf(feed -> toUnsubscribe.contains(feed) || isAsked(feed, false));
            confirmed.addAll(request.feeds);
        }
        return request;
    }

    // ----------------------------------------------------------------------------------------------------- queries

    /** @return true when nothing waits and everything asked for is confirmed. */
    boolean isSettled()
    {
        return pending.isEmpty() && toSubscribe.isEmpty() && toUnsubscribe.isEmpty();
    }

    /** @return true when all streams of an instrument are confirmed. */
    boolean isConfirmed(final InstrumentFeed feed)
    {
        return confirmed.contains(feed);
    }

    /** @return true while an instrument's streams may still flow although they are not wanted. */
    boolean isLeaving(final InstrumentFeed feed)
    {
        return toUnsubscribe.contains(feed) || isAsked(feed, false);
    }

    /** @return true when a request that has left was not answered in time. */
    boolean isOverdue(final WebSocketSession session, final long nowNs)
    {
        if (pending.isEmpty())
        {
            return false;
        }
        final long ackTimeoutNs = config.times().ackTimeoutMs() * 1_000_000L;
        for (final Request request : pending.values())
        {
            if (0 == request.sentNs && 0 == session.queuedFrames())
            {
                request.sentNs = nowNs;
            }
            if (0 != request.sentNs && nowNs - request.sentNs > ackTimeoutNs)
            {
                return true;
            }
        }
        return false;
    }

    // ----------------------------------------------------------------------------------------------------- private

    private boolean isAsked(final InstrumentFeed feed)
    {
        return confirmed.contains(feed) || isAsked(feed, true);
    }

    private boolean isAsked(final InstrumentFeed feed, final boolean isSubscribe)
    {
        return pending.values().stream()
            .anyMatch(request -> isSubscribe == request.isSubscribe && request.feeds.contains(feed));
    }

    private void send(final WebSocketSession session, final Set<InstrumentFeed> feeds, final boolean isSubscribe)
    {
        final int limit = config.limits().streamsPerRequest();
        final List<String> names = new ArrayList<>();
        List<InstrumentFeed> complete = new ArrayList<>();
        for (final InstrumentFeed feed : feeds)
        {
            for (final String name : StreamNames.of(feed, config))
            {
                if (names.size() == limit)
                {
                    send(session, names, complete, isSubscribe);
                    names.clear();
                    complete = new ArrayList<>();
                }
                names.add(name);
            }
            complete.add(feed);
        }
        feeds.clear();
        if (!names.isEmpty())
        {
            send(session, names, complete, isSubscribe);
        }
    }

    private void send(
        final WebSocketSession session,
        final List<String> names,
        final List<InstrumentFeed> complete,
        final boolean isSubscribe)
    {
        final long id = nextRequestId++;
        pending.put(id, new Request(complete, isSubscribe));
        session.sendText("{\"method\":\"" + (isSubscribe ? "SUBSCRIBE" : "UNSUBSCRIBE") + "\",\"params\":[\"" +
            String.join("\",\"", names) + "\"],\"id\":" + id + "}");
    }

    /** A request on its way, and the instruments whose streams are complete once it is confirmed. */
    static final class Request
    {
        final List<InstrumentFeed> feeds;
        final boolean isSubscribe;
        private long sentNs;

        Request(final List<InstrumentFeed> feeds, final boolean isSubscribe)
        {
            this.feeds = feeds;
            this.isSubscribe = isSubscribe;
        }
    }
}
