package org.lockstep.gateway.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.net.ScriptedVenue.Reply;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Times;
import org.lockstep.gateway.venue.binance.common.StreamKind;

/** Two lines at once, and polling when there is none. */
class BinanceLinesTest
{
    private static final Times POLLING =
        new Times(1, 20_000, 120_000, 60_000, 5, 20, 120_000, 10, 20, 86_400_000, 50, 1, 5, 60_000,
            86_400_000, 86_400_000);

    private final FeedFixture fixture = new FeedFixture();
    private final ScriptedVenue venue = fixture.venue;
    private final MemoryPublisher frames = fixture.frames;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldTakeTheFirstArrivalOfTwoLinesAndDropTheOther() throws Exception
    {
        startTwoLines();

        for (long id = 1; id <= 50; id++)
        {
            final ScriptedVenue.Connection first = venue.connections.get((int)(id & 1));
            final ScriptedVenue.Connection second = venue.connections.get(1 - (int)(id & 1));
            sendAll(first, id);
            sendAll(second, id);
            final long sent = id;
            Await.until("event " + id, () -> frames.deltaIds().size() >= sent && tradeIds().size() >= sent &&
                fixture.counters.duplicates() >= 3 * sent);
        }

        assertEquals(LongStream.rangeClosed(1, 50).boxed().toList(), tradeIds());
        assertEquals(50, frames.frames(QuoteDecoder.TEMPLATE_ID).size());
        assertEquals(150, fixture.counters.duplicates());
        assertEquals(1, frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
        assertEquals(0, fixture.counters.gaps());
    }

    @Test
    void shouldLoseNothingWhenOneOfTwoLinesIsLost() throws Exception
    {
        startTwoLines();
        sendAll(venue.connection(0), 1);
        Await.until("all three", () -> 1 == tradeIds().size() && 1 == frames.deltaIds().size());

        venue.connection(0).drop();
        Await.until("reconnected", () -> venue.connections.size() >= 3 && fixture.counters.reconnects() >= 1);
        sendAll(venue.connection(1), 2);
        Await.until("trade", () -> 2 == tradeIds().size());
        Await.until("delta", () -> 2 == frames.deltaIds().size());

        assertEquals(List.of("101-101", "102-102"), frames.deltaIds());
        assertEquals(1, frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
        assertEquals(List.of(FeedState.CONNECTED), frames.feedStates());
        assertEquals(SessionState.LIVE, fixture.feed.state());
    }

    @Test
    void shouldSyncAgainWhenBothLinesAreLost() throws Exception
    {
        startTwoLines();

        venue.refusesSockets = true;        // or the first is back before the second is lost
        venue.connection(0).drop();
        venue.connection(1).drop();
        Await.until("both are lost", () -> frames.feedStates().contains(FeedState.RECONNECTING));
        venue.refusesSockets = false;
        Await.until("synced again", () -> 2 == frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
        Await.until("live", () -> SessionState.LIVE == fixture.feed.state());

        Await.until("all is told", () -> List.of(FeedState.CONNECTED, FeedState.RECONNECTING, FeedState.CONNECTED)
            .equals(frames.feedStates()));
    }

    @Test
    void shouldAddAndRemoveOnBothLines() throws Exception
    {
        startTwoLines();

        final int added = fixture.feed.subscribe("ETHUSDT").get(60, TimeUnit.SECONDS).id();
        Await.until("asked on both", () -> venue.connections.stream().allMatch(connection ->
            connection.texts.stream().anyMatch(text -> text.contains("ethusdt@trade"))));
        final boolean isRemoved = fixture.feed.unsubscribe(added).get(60, TimeUnit.SECONDS);

        assertTrue(isRemoved);
        Await.until("asked on both", () -> venue.connections.stream().allMatch(connection ->
            connection.texts.stream().anyMatch(text -> text.contains("UNSUBSCRIBE"))));
        assertEquals(2, frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldPublishNoOldTradesWhenPollingBegins() throws Exception
    {
        final AtomicLong newest = new AtomicLong(12);
        venue.refusesSockets = true;
        venue.reply("/api/v3/trades", query -> Reply.ok(
            "[" + FeedFixture.restTrade(10) + "," + FeedFixture.restTrade(11) + "," +
                FeedFixture.restTrade(newest.get()) + "]"));

        fixture.start(config -> config.with(FeedFixture.LIMITS, POLLING), "BTCUSDT");
        Await.until("polled", () -> venue.requestCount("/api/v3/trades") >= 3);
        newest.set(13);
        Await.until("a new trade", () -> !tradeIds().isEmpty());

        assertEquals(List.of(13L), tradeIds());
    }

    @Test
    void shouldDropAPolledQuoteThatComesAfterAStreamedOne() throws Exception
    {
        final CompletableFuture<Reply> late = new CompletableFuture<>();
        venue.refusesSockets = true;
        venue.replyLater("/api/v3/ticker/bookTicker", query -> late);

        fixture.start(config -> config.with(FeedFixture.LIMITS, POLLING).with(EnumSet.of(StreamKind.QUOTE)), "BTCUSDT");
        Await.until("polled", () -> venue.requestCount("/api/v3/ticker") >= 1);
        venue.refusesSockets = false;
        Await.until("live", () -> SessionState.LIVE == fixture.feed.state());
        venue.connection(0).send(FeedFixture.quote("BTCUSDT", 10));
        Await.until("quote", () -> 1 == frames.frames(QuoteDecoder.TEMPLATE_ID).size());
        final long timesBefore = venue.requestCount("/api/v3/time");
        fixture.feed.venueClock().measureNow();
        late.complete(Reply.ok("{\"bidPrice\":\"1.00\",\"bidQty\":\"2.00\",\"askPrice\":\"3.00\",\"askQty\":\"4\"}"));
        Await.until("what was asked later is answered", () -> venue.requestCount("/api/v3/time") > timesBefore);

        assertEquals(1, frames.frames(QuoteDecoder.TEMPLATE_ID).size());
        assertFalse(frames.feedStates().isEmpty());
    }

    @Test
    void shouldNotHoldTradesBackThroughASilenceTheVenueDemands() throws Exception
    {
        final Times impatient =
            new Times(1, 20_000, 120_000, 60_000, 5, 20, 120_000, 60_000, 20, 86_400_000, 50, 1, 5, 500,
                60_000, 86_400_000);
        fixture.startLive(
            config -> config.with(FeedFixture.LIMITS, impatient).with(EnumSet.of(StreamKind.TRADE)), "BTCUSDT");
        venue.connection(0).send(FeedFixture.trade("BTCUSDT", 1));
        Await.until("trade", () -> List.of(1L).equals(tradeIds()));
        final AtomicLong refusals = new AtomicLong();
        venue.reply("/api/v3/time", query ->
        {
            refusals.incrementAndGet();
            return new Reply(429, "slow down", Map.of("Retry-After", "3600"));
        });
        fixture.feed.venueClock().measureNow();
        Await.until("refused", () -> 1 == refusals.get());

        venue.connection(0).drop();
        venue.connection(1).send(FeedFixture.trade("BTCUSDT", 5));
        Await.until("trade", () -> List.of(1L, 5L).equals(tradeIds()));

        assertEquals(1, fixture.counters.gaps());
        assertEquals(0, venue.requestCount("/api/v3/trades"));
    }

    private void startTwoLines() throws Exception
    {
        fixture.startLive(config -> config.withLines(2), "BTCUSDT");
        Await.until("both lines", () -> 2 == venue.connections.size() && 2 == fixture.counters.control());
    }

    private void sendAll(final ScriptedVenue.Connection connection, final long id)
    {
        connection.send(FeedFixture.trade("BTCUSDT", id));
        connection.send(FeedFixture.quote("BTCUSDT", id));
        connection.send(FeedFixture.diff("BTCUSDT", 100 + id, 100 + id));
    }

    private List<Long> tradeIds()
    {
        return frames.frames(TradeDecoder.TEMPLATE_ID).stream()
            .map(frame -> new TradeDecoder().wrapAndApplyHeader(frame, 0, new FrameHeaderDecoder()).tradeId())
            .toList();
    }
}
