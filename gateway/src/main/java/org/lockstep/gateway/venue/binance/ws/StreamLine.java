package org.lockstep.gateway.venue.binance.ws;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.gateway.net.AttemptBudget;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.net.WebSocketClient;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A set of instruments and the connection that carries them. When the connection is lost it comes back with back-off,
 * for ever. When it is merely old, silent, or told by the server that it will end, a successor subscribes the same
 * streams beside it, and takes over after both have run for a while, so that nothing is lost.
 * Threading: the feed's loop.
 */
public final class StreamLine
{
    private static final Logger LOG = LoggerFactory.getLogger(StreamLine.class);
    private static final int BANNED = 418;
    private static final int TOO_MANY = 429;

    private final int index;
    private final URI uri;
    private final WebSocketClient client;
    private final EventRouter router;
    private final FeedCounters counters;
    private final BinanceFeedConfig config;
    private final AttemptBudget attempts;
    private final Backoff backoff;
    private final StreamLineOwner owner;
    private final List<InstrumentFeed> feeds = new ArrayList<>();
    private final Set<InstrumentFeed> reported = new HashSet<>();
    private final Set<InstrumentFeed> leaving = new LinkedHashSet<>();

    private StreamConnection active;
    private StreamConnection successor;
    private long nextAttemptNs;
    private long downSinceNs;
    private long renewAtNs;
    private boolean wasUp;
    private boolean isStale;
    private boolean isClosed;

    /**
     * Constructs a line without a connection; it connects at the next {@link #poll(long)}.
     *
     * @param index    of the line, from 0.
     * @param uri      of the combined streams.
     * @param client   opens sockets.
     * @param router   takes messages.
     * @param counters of the feed.
     * @param config   of the feed.
     * @param attempts budget of connection attempts of all lines.
     * @param backoff  this line's own.
     * @param owner    told what happens.
     */
    public StreamLine(
        final int index,
        final URI uri,
        final WebSocketClient client,
        final EventRouter router,
        final FeedCounters counters,
        final BinanceFeedConfig config,
        final AttemptBudget attempts,
        final Backoff backoff,
        final StreamLineOwner owner)
    {
        this.index = index;
        this.uri = uri;
        this.client = client;
        this.router = router;
        this.counters = counters;
        this.config = config;
        this.attempts = attempts;
        this.backoff = backoff;
        this.owner = owner;
        final long nowNs = System.nanoTime();
        this.nextAttemptNs = nowNs;
        this.downSinceNs = nowNs;
    }

    // --------------------------------------------------------------------------------------------------- operations

    /**
     * Adds instruments; they are subscribed at once if the line is open, else when it opens.
     *
     * @param added instruments.
     */
    public void add(final List<InstrumentFeed> added)
    {
        feeds.addAll(added);
        if (isOpen(active))
        {
            active.subscribe(added);
        }
        if (isOpen(successor))
        {
            successor.subscribe(added);
        }
    }

    /**
     * Removes an instrument.
     *
     * @param removed one of this line's.
     */
    public void remove(final InstrumentFeed removed)
    {
        feeds.remove(removed);
        reported.remove(removed);
        leaving.add(removed);
        if (isOpen(successor))
        {
            successor.unsubscribe(removed);
        }
        if (isOpen(active))
        {
            active.unsubscribe(removed);
        }
        reportLeft();
    }

    /**
     * Does what is due.
     *
     * @param nowNs monotonic time.
     */
    public void poll(final long nowNs)
    {
        if (null != active)
        {
            active.poll(nowNs);
        }
        if (null != successor)
        {
            successor.poll(nowNs);
        }
        if (isClosed || feeds.isEmpty() && null == active)
        {
            return;
        }
        if (null == active)
        {
            if (nowNs - nextAttemptNs >= 0)
            {
                active = connect(nowNs);
            }
        }
        else if (StreamConnection.State.LIVE == active.state())
        {
            pollLive(nowNs);
        }
    }

    /** Closes for good. */
    public void close()
    {
        isClosed = true;
        if (null != successor)
        {
            successor.close("closed by us");
        }
        if (null != active)
        {
            active.close("closed by us");
        }
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    void onOpen(final StreamConnection connection)
    {
        if (!feeds.isEmpty())
        {
            connection.subscribe(feeds);
        }
    }

    void onConfirmed(final StreamConnection connection)
    {
        if (connection == active)
        {
            reportConfirmed();
            reportLeft();
        }
    }

    void onLive(final StreamConnection connection)
    {
        if (connection != active)
        {
            return;
        }
        backoff.reset();
        renewAtNs = renewAt(connection.liveSinceNs());
        final boolean isFirst = !wasUp;
        if (!isFirst)
        {
            counters.onReconnect();
        }
        wasUp = true;
        LOG.info("binance line {}: live with {} instruments", index, feeds.size());
        owner.onLineUp(this, isFirst, false);
    }

    void onClosed(
        final StreamConnection connection, final String reason, final int status, final long retryAfterSeconds)
    {
        final long nowNs = System.nanoTime();
        if (connection == successor)
        {
            successor = null;
            delayAttempts(nowNs, status, retryAfterSeconds);
            if (!isClosed)
            {
                LOG.warn("binance line {}: successor failed, the old connection goes on: {}", index, reason);
            }
            return;
        }
        if (connection != active || isClosed)
        {
            active = connection == active ? null : active;
            return;
        }
        active = null;
        if (null != successor && StreamConnection.State.LIVE == successor.state())
        {
            promote(nowNs);
            return;
        }
        final boolean wasLive = 0 != connection.liveSinceNs();
        LOG.warn("binance line {}: {}: {}", index, wasLive ? "connection lost" : "attempt failed", reason);
        isStale = false;
        if (wasLive)
        {
            downSinceNs = nowNs;
        }
        delayAttempts(nowNs, status, retryAfterSeconds);
        reported.clear();
        owner.onLineDown(this, wasLive, reason);
        active = successor;
        successor = null;
        reportConfirmed();
        reportLeft();
    }

    void onServerShutdown(final StreamConnection connection)
    {
        if (connection == active)
        {
            LOG.info("binance line {}: the venue announced the end of the connection", index);
            renewAtNs = System.nanoTime();
            nextAttemptNs = renewAtNs;
        }
    }

    void onReadComplete()
    {
        owner.onReadComplete();
    }

    void onHalted(final PipelineHaltedException reason)
    {
        owner.onHalted(reason);
    }

    // ----------------------------------------------------------------------------------------------------- queries

    /** @return index of the line, from 0. */
    public int index()
    {
        return index;
    }

    /** @return instruments of the line; the line's own list. */
    public List<InstrumentFeed> feeds()
    {
        return feeds;
    }

    /** @return state of the connection, or null when there is none. */
    public StreamConnection.State state()
    {
        return null == active ? null : active.state();
    }

    /** @return true while the connection is open but silent. */
    public boolean isStale()
    {
        return isStale;
    }

    /** @return since when the line has carried nothing, monotonic. */
    public long downSinceNs()
    {
        return downSinceNs;
    }

    /**
     * Says whether all streams of an instrument are confirmed.
     *
     * @param feed an instrument.
     * @return true when they are.
     */
    public boolean carries(final InstrumentFeed feed)
    {
        return reported.contains(feed);
    }

    /** @return true when streams are carried. */
    public boolean isUp()
    {
        return null != active && StreamConnection.State.LIVE == active.state();
    }

    // ----------------------------------------------------------------------------------------------------- private

    private void pollLive(final long nowNs)
    {
        final long silentNs = nowNs - active.lastMessageSeenNs();
        final boolean isSilent = !feeds.isEmpty() && silentNs > config.times().staleAfterMs() * 1_000_000L;
        if (isSilent && !isStale)
        {
            LOG.warn("binance line {}: silent for {} ms, replacing the connection", index, silentNs / 1_000_000);
            counters.onStale();
            renewAtNs = nowNs;
        }
        isStale = isSilent;

        if (null == successor)
        {
            if (nowNs - renewAtNs >= 0 && nowNs - nextAttemptNs >= 0)
            {
                successor = connect(nowNs);
            }
        }
        else if (StreamConnection.State.LIVE == successor.state() && successor.isSettled() &&
            nowNs - successor.liveSinceNs() >= config.times().overlapMs() * 1_000_000L)
        {
            final StreamConnection old = active;
            promote(nowNs);
            old.close("replaced");
        }
    }

    private void promote(final long nowNs)
    {
        active = successor;
        successor = null;
        backoff.reset();
        renewAtNs = renewAt(nowNs);
        counters.onPlannedReconnect();
        LOG.info("binance line {}: a new connection took over", index);
        final List<InstrumentFeed> lost = reported.stream().filter(feed -> !active.carries(feed)).toList();
        reported.removeAll(lost);
        if (!lost.isEmpty())
        {
            owner.onFeedsLost(this, lost);
        }
        owner.onLineUp(this, false, true);
        reportConfirmed();
        reportLeft();
    }

    /** Tells of instruments that the connection carries by now. */
    private void reportConfirmed()
    {
        final List<InstrumentFeed> confirmed = new ArrayList<>();
        for (final InstrumentFeed feed : feeds)
        {
            if (null != active && active.carries(feed) && reported.add(feed))
            {
                confirmed.add(feed);
            }
        }
        if (!confirmed.isEmpty())
        {
            owner.onSubscribed(this, confirmed);
        }
    }

    /** Tells of removed instruments that no connection carries any more. */
    private void reportLeft()
    {
        if (!leaving.isEmpty())
        {
            final List<InstrumentFeed> left =
                leaving.stream().filter(feed -> null == active || !active.isLeaving(feed)).toList();
            left.forEach(leaving::remove);
            if (!left.isEmpty())
            {
                owner.onUnsubscribed(this, left);
            }
        }
    }

    private StreamConnection connect(final long nowNs)
    {
        final long bannedNs = owner.bannedForNs();
        final long waitNs = bannedNs > 0 ? bannedNs : attempts.tryAcquire(nowNs);
        if (waitNs > 0)
        {
            nextAttemptNs = nowNs + waitNs;
            return null;
        }
        final StreamConnection connection = new StreamConnection(this, router, counters, config);
        connection.session(client.connect(uri, connection));
        return connection;
    }

    private void delayAttempts(final long nowNs, final int status, final long retryAfterSeconds)
    {
        long delayNs = backoff.nextDelayNs();
        if (BANNED == status || TOO_MANY == status)
        {
            owner.onRefused(status, retryAfterSeconds);
            delayNs = Math.max(delayNs, Math.max(60, retryAfterSeconds) * 1_000_000_000L);
        }
        nextAttemptNs = nowNs + delayNs;
    }

    /** Up to a tenth earlier, so that lines do not renew all at once. */
    private long renewAt(final long nowNs)
    {
        final long ageNs = config.times().plannedReconnectMs() * 1_000_000L;
        return nowNs + ageNs - (ageNs / 10 / 16) * (index & 15);
    }

    private static boolean isOpen(final StreamConnection connection)
    {
        return null != connection && connection.isOpen();
    }
}
