package org.lockstep.gateway.venue.binance.ws;

import java.util.Collection;

import org.agrona.DirectBuffer;
import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.gateway.net.WebSocketListener;
import org.lockstep.gateway.net.WebSocketSession;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;

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
    private final StreamSubscriptions subscriptions;

    private WebSocketSession session;
    private State state = State.CONNECTING;
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
        this.subscriptions = new StreamSubscriptions(config);
    }

    void session(final WebSocketSession newSession)
    {
        session = newSession;
    }

    // --------------------------------------------------------------------------------------------------- operations

    void subscribe(final Collection<InstrumentFeed> feeds)
    {
        subscriptions.subscribe(feeds);
    }

    void unsubscribe(final InstrumentFeed feed)
    {
        subscriptions.unsubscribe(feed);
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
        if (State.CONNECTING == state || State.CLOSED == state)
        {
            return;
        }
        subscriptions.flush(session);
        if (subscriptions.isOverdue(session, nowNs))
        {
            close("subscription not confirmed within " + config.times().ackTimeoutMs() + " ms");
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
        subscriptions.flush(session);
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
        catch (final PipelineHaltedException ex)
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
        if (null != error)
        {
            close("venue refused a subscription: " + error);
        }
        else if (null != subscriptions.onReply(id))
        {
            line.onConfirmed(this);
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

    /** @return true when everything wished for is confirmed. */
    boolean isSettled()
    {
        return subscriptions.isSettled();
    }

    /** @return true when the connection is open and carries all streams of an instrument. */
    boolean carries(final InstrumentFeed feed)
    {
        return isOpen() && subscriptions.isConfirmed(feed);
    }

    /** @return true while streams that were unsubscribed may still flow. */
    boolean isLeaving(final InstrumentFeed feed)
    {
        return isOpen() && subscriptions.isLeaving(feed);
    }

    /** @return true between handshake and end. */
    boolean isOpen()
    {
        return State.SUBSCRIBING == state || State.LIVE == state;
    }

    private void checkLive()
    {
        if (State.SUBSCRIBING == state && subscriptions.isSettled())
        {
            state = State.LIVE;
            liveSinceNs = System.nanoTime();
            line.onLive(this);
        }
    }
}
