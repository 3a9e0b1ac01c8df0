package org.lockstep.gateway.venue.binance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBufUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.net.RestResponse;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;
import org.lockstep.gateway.venue.binance.rest.DepthSnapshot;
import org.lockstep.gateway.venue.binance.ws.BookSync;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.lockstep.gateway.venue.binance.ws.SyncBuffers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings books into sync, a few at a time and not faster than the venue likes: takes the next instrument, begins to
 * buffer its changes, fetches a snapshot, and asks again if that was too old. Threading: the feed's loop.
 */
final class SnapshotQueue
{
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotQueue.class);
    private static final int MAX_DELAY_DOUBLINGS = 5;

    private final BinanceRest rest;
    private final BinanceFeedConfig config;
    private final FeedGuard guard;
    private final SyncBuffers buffers;
    private final DepthSnapshot snapshot = new DepthSnapshot();
    private final ArrayDeque<Sync> waiting = new ArrayDeque<>();
    private final List<Sync> running = new ArrayList<>();
    private long nextRequestNs = System.nanoTime();

    SnapshotQueue(final BinanceRest rest, final BinanceFeedConfig config, final FeedGuard guard)
    {
        this.rest = rest;
        this.config = config;
        this.guard = guard;
        this.buffers = new SyncBuffers(config.limits().concurrentSnapshots(), config.limits().syncBufferLevels());
    }

    /** Queues a book. */
    void add(final InstrumentFeed feed)
    {
        cancel(feed);
        feed.book().await();
        waiting.add(new Sync(feed));
    }

    /** Forgets a book. */
    void cancel(final InstrumentFeed feed)
    {
        waiting.removeIf(sync -> sync.feed == feed);
        for (final Sync sync : running)
        {
            sync.isCancelled |= sync.feed == feed;
        }
        rest.cancelDepth(feed.instrument().symbol(), RequestPriority.SNAPSHOT);
        running.removeIf(sync -> sync.feed == feed);
        if (BookSync.State.BUFFERING == feed.book().state())
        {
            feed.book().await();
        }
        buffers.takeBack(feed.book());
    }

    /** Does what is due. */
    void poll(final long nowNs)
    {
        for (int i = 0; i < running.size(); i++)
        {
            final Sync sync = running.get(i);
            if (!sync.isRequested && nowNs - sync.nextAttemptNs >= 0 && nowNs - nextRequestNs >= 0)
            {
                request(sync, nowNs);
            }
        }
        while (!waiting.isEmpty() && buffers.hasFree() && nowNs - nextRequestNs >= 0)
        {
            final Sync sync = waiting.peek();
            buffers.lend(sync.feed.book());
            waiting.remove();
            running.add(sync);
            request(sync, nowNs);
        }
    }

    private void request(final Sync sync, final long nowNs)
    {
        nextRequestNs = nowNs + config.times().snapshotIntervalMs() * 1_000_000L;
        sync.isRequested = rest.depth(
            sync.feed.instrument().symbol(),
            config.limits().snapshotLevels(),
            RequestPriority.SNAPSHOT,
            response -> guard.run(() -> onResponse(sync, response)),
            (status, reason) -> guard.run(() -> onFailure(sync, reason)));
    }

    private void onResponse(final Sync sync, final RestResponse response)
    {
        if (sync.isCancelled)
        {
            return;
        }
        final UnsafeBuffer body = new UnsafeBuffer(ByteBufUtil.getBytes(response.body()));
        final RejectKind problem = snapshot.read(body, 0, body.capacity(), sync.feed.instrument());
        if (null != problem)
        {
            onFailure(sync, problem.text() + ": " + response.excerpt());
            return;
        }
        switch (sync.feed.book().onSnapshot(snapshot.lastUpdateId(), snapshot.levels()))
        {
            case SYNCED, NOT_WANTED ->
            {
                running.remove(sync);
                buffers.takeBack(sync.feed.book());
                if (BookSync.State.WAITING == sync.feed.book().state())
                {
                    add(sync.feed);
                }
            }
            case TOO_OLD -> retry(sync, "snapshot " + snapshot.lastUpdateId() + " is older than the stream");
        }
    }

    private void onFailure(final Sync sync, final String reason)
    {
        if (!sync.isCancelled)
        {
            retry(sync, reason);
        }
    }

    private void retry(final Sync sync, final String reason)
    {
        LOG.info("binance: snapshot of {} to be repeated: {}", sync.feed.instrument().symbol(), reason);
        final int doublings = Math.min(Math.max(0, sync.attempts - 3), MAX_DELAY_DOUBLINGS);
        sync.attempts++;
        sync.isRequested = false;
        sync.nextAttemptNs = System.nanoTime() + (config.times().snapshotRetryMs() * 1_000_000L << doublings);
    }

    /** One book on its way into sync. */
    private static final class Sync
    {
        private final InstrumentFeed feed;
        private boolean isRequested;
        private boolean isCancelled;
        private int attempts;
        private long nextAttemptNs = System.nanoTime();

        Sync(final InstrumentFeed feed)
        {
            this.feed = feed;
        }
    }
}
