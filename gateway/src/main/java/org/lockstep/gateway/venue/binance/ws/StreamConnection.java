package org.lockstep.gateway.venue.binance.ws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.gateway.net.WebSocketListener;
import org.lockstep.gateway.net.WebSocketSession;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.StreamKind;

/**
 * One socket of the market streams: subscribes what its line carries, matches acknowledgements, hands messages on.
 * Threading: the feed's loop. Allocation: none per message.
 */
public final class StreamConnection implements WebSocketListener
{
    /** Where a connection stands. */
    public enum State
    {
        /** No handshake yet. */
        CONNECTING,
        /** Open, not every subscription is confirmed. */
        SUBSCRIBING,
        /** Open and every subscription confirmed. */
        LIVE,
        /** Ended. */
        CLOSED
    }

    private final StreamLine line;
    private final EventRouter router;
    private final FeedCounters counters;
    private final BinanceFeedConfig config;
    private final Map<Long, Request> pending = new HashMap<>();

    private WebSocketSession session;
    private State state = State.CONNECTING;
    private long nextRequestId = 1;
    private long liveSinceNs;
    private long lastMessageSeenNs;
    private boolean hasMessage;
    private String closeReason;

    StreamConnection(
        final StreamLine line, final EventRouter router, final FeedCounters counters, final BinanceFeedConfig config)
    {
        this.line = line;
        this.router = router;
        this.counters = counters;
        this.config = config;
    }

    void session(final WebSocketSession newSession)
    {
        session = newSession;
    }

    // --------------------------------------------------------------------------------------------------- operations

    void subscribe(final List<InstrumentFeed> feeds)
    {
        request("SUBSCRIBE", feeds);
    }

    void unsubscribe(final List<InstrumentFeed> feeds)
    {
        request("UNSUBSCRIBE", feeds);
    }

    /** Does what is due. */
    void poll(final long nowNs)
    {
        if (State.CLOSED == state)
        {
            return;
        }
        if (hasMessage)
        {
            hasMessage = false;
            lastMessageSeenNs = nowNs;
        }
        session.poll(nowNs);
        final long ackTimeoutNs = config.times().ackTimeoutMs() * 1_000_000L;
        for (final Request request : pending.values())
        {
            if (0 == request.sentNs && 0 == session.queuedFrames())
            {
                request.sentNs = nowNs;
            }
            if (0 != request.sentNs && nowNs - request.sentNs > ackTimeoutNs)
            {
                close("subscription not confirmed within " + config.times().ackTimeoutMs() + " ms");
                return;
            }
        }
    }

    void close(final String reason)
    {
        if (State.CLOSED != state)
        {
            closeReason = reason;
            session.close();
        }
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    @Override
    public void onOpen(final WebSocketSession opened)
    {
        session = opened;
        state = State.SUBSCRIBING;
        lastMessageSeenNs = System.nanoTime();
        line.onOpen(this);
        checkLive();
    }

    @Override
    public void onMessage(
        final WebSocketSession from, final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        hasMessage = true;
        try
        {
            router.onMessage(this, buffer, offset, length, timeNs);
        }
        catch (final IllegalStateException ex)
        {
            line.onHalted(ex);
        }
        catch (final RuntimeException ex)
        {
            counters.onRejected(RejectKind.FAULT, buffer, offset, length);
        }
    }

    @Override
    public void onReadComplete(final WebSocketSession from)
    {
        line.onReadComplete();
    }

    @Override
    public void onClosed(
        final WebSocketSession closed, final String reason, final int status, final long retryAfterSeconds)
    {
        if (State.CLOSED != state)
        {
            state = State.CLOSED;
            line.onClosed(this, null == closeReason ? reason : closeReason, status, retryAfterSeconds);
        }
    }

    /** A reply to a request: an acknowledgement, or an error text. */
    void onReply(final long id, final String error)
    {
        final Request request = pending.remove(id);
        if (null != error)
        {
            close("venue refused a subscription: " + error);
        }
        else if (null != request)
        {
            line.onConfirmed(this, request.feeds, request.isSubscribe);
            checkLive();
        }
    }

    void onServerShutdown()
    {
        line.onServerShutdown(this);
    }

    // ----------------------------------------------------------------------------------------------------- queries

    State state()
    {
        return state;
    }

    /** @return index of the line, for the source id of its frames. */
    int lineIndex()
    {
        return line.index();
    }

    /** @return monotonic time at which everything was confirmed. */
    long liveSinceNs()
    {
        return liveSinceNs;
    }

    /** @return monotonic time, exact to a duty cycle, of the last message. */
    long lastMessageSeenNs()
    {
        return lastMessageSeenNs;
    }

    private void checkLive()
    {
        if (State.SUBSCRIBING == state && pending.isEmpty())
        {
            state = State.LIVE;
            liveSinceNs = System.nanoTime();
            line.onLive(this);
        }
    }

    private void request(final String method, final List<InstrumentFeed> feeds)
    {
        final int limit = config.limits().streamsPerRequest();
        final List<String> names = new ArrayList<>();
        List<InstrumentFeed> complete = new ArrayList<>();
        for (final InstrumentFeed feed : feeds)
        {
            final List<String> own = names(feed, config);
            for (final String name : own)
            {
                if (names.size() == limit)
                {
                    send(method, names, complete);
                    names.clear();
                    complete = new ArrayList<>();
                }
                names.add(name);
            }
            complete.add(feed);
        }
        if (!names.isEmpty())
        {
            send(method, names, complete);
        }
    }

    private void send(final String method, final List<String> names, final List<InstrumentFeed> feeds)
    {
        final long id = nextRequestId++;
        pending.put(id, new Request(feeds, "SUBSCRIBE".equals(method)));
        session.sendText(
            "{\"method\":\"" + method + "\",\"params\":[\"" + String.join("\",\"", names) + "\"],\"id\":" + id + "}");
    }

    static List<String> names(final InstrumentFeed feed, final BinanceFeedConfig config)
    {
        final String symbol = feed.instrument().symbol().toLowerCase(Locale.ROOT);
        final List<String> names = new ArrayList<>();
        for (final StreamKind kind : StreamKind.values())
        {
            if (StreamKind.BAR == kind && config.streams().contains(kind))
            {
                for (final BarInterval interval : BarInterval.values())
                {
                    if (config.barIntervals().contains(interval))
                    {
                        names.add(symbol + kind.suffix() + intervalName(interval));
                    }
                }
            }
            else if (config.streams().contains(kind))
            {
                names.add(symbol + kind.suffix());
            }
        }
        return names;
    }

    private static String intervalName(final BarInterval interval)
    {
        return switch (interval)
        {
            case M1 -> "1m";
            case M5 -> "5m";
            case M15 -> "15m";
            case H1 -> "1h";
            case D1 -> "1d";
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("no interval: " + interval);
        };
    }

    /** A request on its way, and the instruments whose streams are complete once it is confirmed. */
    private static final class Request
    {
        private final List<InstrumentFeed> feeds;
        private final boolean isSubscribe;
        private long sentNs;

        Request(final List<InstrumentFeed> feeds, final boolean isSubscribe)
        {
            this.feeds = feeds;
            this.isSubscribe = isSubscribe;
        }
    }
}
