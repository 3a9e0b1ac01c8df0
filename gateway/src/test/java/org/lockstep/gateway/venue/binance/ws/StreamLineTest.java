package org.lockstep.gateway.venue.binance.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.gateway.net.AttemptBudget;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.net.WebSocketClient;
import org.lockstep.gateway.net.WebSocketConfig;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Limits;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Times;

class StreamLineTest
{
    private static final Times TIMES =
        new Times(1, 20_000, 120_000, 60_000, 1, 20, 10_000, 60_000, 20, 86_400_000, 10, 1, 5, 60_000,
            86_400_000, 86_400_000);

    private final EventLoopGroup group = NetTransport.newGroup(1, "line-test");
    private final EventLoop loop = group.next();
    private final ScriptedVenue venue = new ScriptedVenue();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final FeedCounters counters = new FeedCounters("test");
    private final Backoff backoff = new Backoff(1_000_000, 20_000_000, () -> 0.5);
    private volatile long bannedForNs;

    @AfterEach
    void close()
    {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        venue.close();
    }

    @Test
    void shouldStartOverWithItsBackOffWhenASuccessorTookOver()
    {
        newLine();
        Await.until("up", () -> events.contains("up first"));
        venue.refusesSockets = true;
        venue.connection(0).send("{\"e\":\"serverShutdown\",\"E\":1}");
        Await.until("successors fail", () -> backoff.attempts() >= 3);

        venue.refusesSockets = false;
        Await.until("took over", () -> events.contains("up seamless"));

        Await.until("back-off starts over", () -> 0 == backoff.attempts());
        assertEquals(1, counters.plannedReconnects());
        assertEquals(0, counters.reconnects());
    }

    @Test
    void shouldOpenNoSocketWhileTheAddressIsBanned()
    {
        bannedForNs = 20_000_000;

        newLine();
        Await.until("asked for the ban", () -> events.stream().filter("asked for a ban"::equals).count() >= 3);
        final int connectionsBefore = venue.connections.size();
        bannedForNs = 0;
        Await.until("up", () -> events.contains("up first"));

        assertEquals(0, connectionsBefore);
        assertTrue(venue.connections.size() >= 1);
    }

    private void newLine()
    {
        final MarketDataPublisher publisher =
            new MarketDataPublisher(new MemoryPublisher(false), counters, Venue.BINANCE);
        final BinanceFeedConfig config = BinanceFeedConfig
            .of(new BinanceEndpoints(venue.rest(), venue.stream()), List.of())
            .with(new Limits(1000, 100, 1000, 100, 1000, 300, 4, 10_000), TIMES);
        final WebSocketConfig sockets = new WebSocketConfig(20_000, 20_000_000_000L, 10_000_000_000L, 1 << 20, 50, 50);
        final StreamLine line = new StreamLine(0, config.endpoints().combinedStream(),
            new WebSocketClient(loop, new SystemEpochNanoClock(), sockets, null), new EventRouter(publisher, counters),
            counters, config, new AttemptBudget(300, 1_000_000_000L), backoff, new Owner());
        loop.execute(() -> line.add(List.of(new InstrumentFeed(StreamFixtures.instrument(), publisher, counters))));
        loop.scheduleWithFixedDelay(() -> line.poll(System.nanoTime()), 1, 1, TimeUnit.MILLISECONDS);
    }

    private final class Owner implements StreamLineOwner
    {
        @Override
        public void onSubscribed(final StreamLine line, final List<InstrumentFeed> feeds)
        {
            events.add("subscribed " + feeds.size());
        }

        @Override
        public void onUnsubscribed(final StreamLine line, final List<InstrumentFeed> feeds)
        {
            events.add("unsubscribed " + feeds.size());
        }

        @Override
        public void onFeedsLost(final StreamLine line, final List<InstrumentFeed> feeds)
        {
            events.add("lost " + feeds.size());
        }

        @Override
        public void onLineUp(final StreamLine line, final boolean isFirst, final boolean isSeamless)
        {
            events.add("up " + (isFirst ? "first" : isSeamless ? "seamless" : "again"));
        }

        @Override
        public void onLineDown(final StreamLine line, final boolean wasUp, final String reason)
        {
            events.add("down");
        }

        @Override
        public void onRefused(final int status, final long retryAfterSeconds)
        {
            events.add("refused " + status);
        }

        @Override
        public long bannedForNs()
        {
            events.add("asked for a ban");
            return bannedForNs;
        }

        @Override
        public void onReadComplete()
        {
            // Nothing runs behind this line.
        }

        @Override
        public void onHalted(final PipelineHaltedException reason)
        {
            events.add("halted");
        }
    }
}
