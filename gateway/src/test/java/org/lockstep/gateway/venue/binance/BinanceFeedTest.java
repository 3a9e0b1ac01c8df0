package org.lockstep.gateway.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.net.ScriptedVenue.Reply;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Limits;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Times;

class BinanceFeedTest
{
    private static final Times FAST =
        new Times(1, 20_000, 120_000, 60_000, 5, 20, 120_000, 60_000, 20, 86_400_000, 50, 1, 5, 60_000,
            86_400_000, 86_400_000);
    private static final Limits LIMITS = new Limits(1000, 100, 1000, 100, 1_000_000, 300, 4, 10_000);

    private final EventLoopGroup group = NetTransport.newGroup(1, "feed-test");
    private final ScriptedVenue venue = new ScriptedVenue();
    private final MemoryPublisher frames = new MemoryPublisher(true);
    private final FeedCounters counters = new FeedCounters("binance");
    private final InstrumentDirectory directory = new InstrumentDirectory();
    private final AtomicInteger readCompletes = new AtomicInteger();
    private final AtomicLong snapshotId = new AtomicLong(100);
    private BinanceFeed feed;

    @BeforeEach
    void script()
    {
        venue.reply("/api/v3/exchangeInfo", Symbols.exchangeInfo());
        venue.reply("/api/v3/time", query -> Reply.ok("{\"serverTime\":" + (System.currentTimeMillis() + 5000) + "}"));
        venue.reply("/api/v3/depth", query -> Reply.ok(depth(snapshotId.get())));
        venue.reply("/api/v3/trades", query -> Reply.ok("[]"));
        venue.reply("/api/v3/ticker/bookTicker", query -> Reply.ok(
            "{\"symbol\":\"BTCUSDT\",\"bidPrice\":\"1.00\",\"bidQty\":\"2.00\"," +
                "\"askPrice\":\"3.00\",\"askQty\":\"4\"}"));
    }

    @AfterEach
    void close()
    {
        if (null != feed)
        {
            feed.close();
        }
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        venue.close();
    }

    @Test
    void shouldPublishInstrumentsTimeBookAndEventsWhenEverythingWorks() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        venue.connection(0).send(quote(7, "61837.63"));
        venue.connection(0).send(trade(1, "61837.63"));
        venue.connection(0).send(diff(101, 105));
        Await.until("delta", () -> 1 == frames.deltaIds().size() && 3 == counters.decoded());

        final InstrumentDefinedDecoder definition = new InstrumentDefinedDecoder().wrapAndApplyHeader(
            frames.frames(InstrumentDefinedDecoder.TEMPLATE_ID).get(0), 0, new FrameHeaderDecoder());
        assertEquals(2, definition.priceScale());
        assertEquals(8, definition.quantityScale());
        assertEquals(1000, definition.lotSize());
        assertEquals(500_000_000L, definition.minNotional());
        assertEquals("BTCUSDT", definition.symbol());
        assertEquals(List.of("101-105"), frames.deltaIds());
        assertEquals(1, frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
        assertEquals(1, frames.frames(QuoteDecoder.TEMPLATE_ID).size());
        assertEquals(1, frames.frames(TradeDecoder.TEMPLATE_ID).size());
        assertEquals(List.of(FeedState.CONNECTED), frames.feedStates());
        assertEquals("/stream", venue.connection(0).uri);
        assertEquals(SessionState.LIVE, feed.state());
        assertEquals(4, counters.received());
        assertEquals(3, counters.decoded());
        assertEquals(1, counters.control());
        assertTrue(readCompletes.get() > 0);
        Await.until("time", () -> 1 == frames.frames(TimeSyncDecoder.TEMPLATE_ID).size());
        final TimeSyncDecoder timeSync = new TimeSyncDecoder().wrapAndApplyHeader(
            frames.frames(TimeSyncDecoder.TEMPLATE_ID).get(0), 0, new FrameHeaderDecoder());
        assertEquals(5e9, timeSync.offsetNs(), 2e6 + timeSync.roundTripNs());
    }

    @Test
    void shouldRepeatTheSnapshotWhenItIsTooOld() throws Exception
    {
        final AtomicInteger asked = new AtomicInteger();
        venue.reply("/api/v3/depth", query ->
        {
            if (0 == asked.getAndIncrement())
            {
                venue.connection(0).send(diff(150, 160));
                Await.until("diff is buffered", () -> counters.decoded() >= 1);
                return Reply.ok(depth(148));
            }
            return Reply.ok(depth(155));
        });

        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        venue.connection(0).send(diff(161, 170));
        Await.until("deltas", () -> 2 == frames.deltaIds().size());

        assertEquals(2, asked.get());
        assertEquals(List.of("150-160", "161-170"), frames.deltaIds());
        assertEquals(1, frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
        assertEquals(0, counters.gaps());
    }

    @Test
    void shouldTakeASnapshotThatEndsJustBeforeTheFirstBufferedChange() throws Exception
    {
        venue.reply("/api/v3/depth", query ->
        {
            venue.connection(0).send(diff(150, 160));
            Await.until("diff is buffered", () -> counters.decoded() >= 1);
            return Reply.ok(depth(149));
        });

        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        assertEquals(1, venue.requestCount("/api/v3/depth"));
        assertEquals(List.of("150-160"), frames.deltaIds());
    }

    @Test
    void shouldSayGapAndSyncAgainWhenUpdatesAreMissing() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        snapshotId.set(120);
        venue.connection(0).send(diff(101, 105));
        venue.connection(0).send(diff(90, 105));
        venue.connection(0).send(diff(107, 110));
        Await.until("second snapshot", () -> 2 == frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
        venue.connection(0).send(diff(118, 125));
        Await.until("delta", () -> 2 == frames.deltaIds().size());

        assertEquals(List.of("101-105", "118-125"), frames.deltaIds());
        assertEquals(List.of(FeedState.CONNECTED, FeedState.GAP, FeedState.RESYNC), frames.feedStates());
        assertEquals(1, counters.gaps());
        assertEquals(1, counters.duplicates());
    }

    @Test
    void shouldComeBackAndFetchMissedTradesWhenTheConnectionIsLost() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        venue.connection(0).send(trade(10, "5.00"));
        Await.until("trade", () -> List.of(10L).equals(tradeIds()));
        venue.reply("/api/v3/trades", query ->
        {
            venue.connection(1).send(trade(14, "9.00"));
            venue.connection(1).send(trade(15, "9.00"));
            Await.until("new trades are held", () -> counters.decoded() >= 3);
            return Reply.ok("[" + restTrade(9) + "," + restTrade(10) + "," + restTrade(11) + "," + restTrade(12) + "," +
                restTrade(13) + "," + restTrade(14) + "]");
        });

        venue.connection(0).drop();
        Await.until("trades", () -> tradeIds().size() >= 6);
        Await.until("live", () -> SessionState.LIVE == feed.state());
        venue.connection(1).send(trade(16, "9.00"));
        Await.until("trades", () -> tradeIds().size() >= 7);

        assertEquals(List.of(10L, 11L, 12L, 13L, 14L, 15L, 16L), tradeIds());
        assertEquals(1, counters.reconnects());
        assertEquals(0, counters.gaps());
        assertEquals(
            List.of(FeedState.CONNECTED, FeedState.RECONNECTING, FeedState.CONNECTED), frames.feedStates());
        assertEquals(2, frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldPollWhileThereIsNoSocketAndReturnWhenThereIs() throws Exception
    {
        final Times times = new Times(
            1, 20_000, 120_000, 60_000, 5, 20, 120_000, 10, 20, 86_400_000, 50, 1, 5, 60_000, 86_400_000, 86_400_000);
        start(times, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        venue.connection(0).send(trade(10, "5.00"));
        Await.until("trade", () -> List.of(10L).equals(tradeIds()));
        final AtomicLong newestTrade = new AtomicLong(12);
        venue.reply("/api/v3/trades", query -> Reply.ok("[" + restTrade(10) + "," + restTrade(11) + "," +
            restTrade(newestTrade.get()) + "]"));
        venue.refusesSockets = true;

        venue.connection(0).drop();
        Await.until("polling", () -> SessionState.POLLING == feed.state());
        Await.until("polled quotes", () -> frames.frames(QuoteDecoder.TEMPLATE_ID).size() >= 2);
        Await.until("polled books", () -> frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size() >= 3);
        Await.until("polled trades", () -> List.of(10L, 11L, 12L).equals(tradeIds()));
        venue.refusesSockets = false;
        Await.until("live again", () -> SessionState.LIVE == feed.state());
        venue.connection(1).send(trade(13, "5.00"));
        Await.until("trade", () -> List.of(10L, 11L, 12L, 13L).equals(tradeIds()));

        final List<FeedState> states = frames.feedStates();
        assertEquals(List.of(FeedState.CONNECTED, FeedState.RECONNECTING, FeedState.POLLING, FeedState.CONNECTED),
            states.subList(states.indexOf(FeedState.CONNECTED), states.size()));
        assertTrue(counters.polls() >= 2);
        assertEquals(0, counters.gaps());
    }

    @Test
    void shouldLoseAndDoubleNothingWhenConnectionsAreReplaced() throws Exception
    {
        final Times times = new Times(
            1, 20_000, 120_000, 60_000, 5, 20, 120_000, 60_000, 20, 150, 40, 1, 5, 60_000, 86_400_000, 86_400_000);
        start(times, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        long id = 0;
        while (counters.plannedReconnects() < 3 || 0 == counters.duplicates())
        {
            id++;
            for (final ScriptedVenue.Connection connection : venue.connections)
            {
                connection.send(trade(id, "5.00"));
                connection.send(quote(id, "5.00"));
                connection.send(diff(100 + id, 100 + id));
            }
            final long sent = id;
            Await.until("trade " + id, () -> frames.frames(TradeDecoder.TEMPLATE_ID).size() >= sent &&
                frames.deltaIds().size() >= sent && frames.frames(QuoteDecoder.TEMPLATE_ID).size() >= sent);
        }

        assertEquals(LongStream.rangeClosed(1, id).boxed().toList(), tradeIds());
        assertEquals(LongStream.rangeClosed(101, 100 + id).mapToObj(u -> u + "-" + u).toList(), frames.deltaIds());
        assertEquals(id, frames.frames(QuoteDecoder.TEMPLATE_ID).size());
        assertEquals(0, counters.gaps());
        assertEquals(0, counters.reconnects());
        assertEquals(1, venue.requestCount("/api/v3/depth"));
        assertFalse(frames.feedStates().contains(FeedState.RECONNECTING));
    }

    @Test
    void shouldReplaceTheConnectionWhenTheServerAnnouncesItsEnd() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        venue.connection(0).send("{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1}}");
        Await.until("replaced", () -> 1 == counters.plannedReconnects());
        venue.connection(1).send(diff(101, 102));
        Await.until("delta", () -> 1 == frames.deltaIds().size());

        assertEquals(1, frames.frames(BookSnapshotDecoder.TEMPLATE_ID).size());
        assertEquals(0, counters.reconnects());
    }

    @Test
    void shouldSayStaleAndBackWhenAnInstrumentFallsSilent() throws Exception
    {
        final Times times = new Times(
            1, 20_000, 120_000, 60_000, 5, 20, 60, 60_000, 20, 86_400_000, 10_000, 1, 5, 60_000,
            86_400_000, 86_400_000);
        start(times, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        Await.until("stale", () -> frames.feedStates().contains(FeedState.STALE));
        Await.until("session is stale", () -> SessionState.STALE == feed.state());
        Await.until("a second connection is tried", () -> venue.connections.size() >= 2);
        venue.connection(0).send(quote(7, "5.00"));
        Await.until("back", () -> 1 == frames.frames(QuoteDecoder.TEMPLATE_ID).size());

        assertEquals(FeedState.CONNECTED, frames.feedStates().get(frames.feedStates().indexOf(FeedState.STALE) + 1));
        assertTrue(counters.stales() >= 2);
    }

    @Test
    void shouldGiveUpAMuteConnectionAndComeBack() throws Exception
    {
        final Times times = new Times(
            1, 2000, 1500, 5000, 5, 20, 60_000, 60_000, 20, 86_400_000, 50, 1, 5, 60_000, 86_400_000, 86_400_000);
        start(times, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        venue.connection(0).channel.config().setAutoRead(false);
        Await.until("reconnected", () -> counters.reconnects() >= 1);

        Await.until("live", () -> SessionState.LIVE == feed.state());
        assertTrue(venue.connections.size() >= 2);
    }

    @Test
    void shouldAnswerPingsAndStayWithinTheFrameLimit() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        for (int i = 0; i < 3; i++)
        {
            final int index = i;
            venue.connection(0).ping("payload-" + i);
            Await.until("pong", () -> venue.connection(0).pongs.contains("payload-" + index));
        }

        final long sinceNs = System.nanoTime();
        for (int i = 3; i < 12; i++)
        {
            venue.connection(0).ping("payload-" + i);
        }
        Await.until("the last is answered", () -> venue.connection(0).pongs.contains("payload-11"));

        assertWithinFrameLimit(venue.connection(0), sinceNs);
    }

    @Test
    void shouldSpreadManySymbolsOverConnectionsAndBatches() throws Exception
    {
        final String[] symbols = IntStream.range(0, 50).mapToObj(i -> "S" + (100 + i) + "USDT").toArray(String[]::new);
        final Limits limits = new Limits(100, 20, 1000, 100, 1_000_000, 300, 4, 10_000);

        start(FAST, limits, symbols).get(60, TimeUnit.SECONDS);

        assertEquals(3, venue.connections.size());
        final Set<String> streams = new HashSet<>();
        for (final ScriptedVenue.Connection connection : venue.connections)
        {
            for (final String text : connection.texts)
            {
                final String[] names = text.replaceAll(".*\\[|\\].*|\"", "").split(",");
                assertTrue(names.length <= 20, text);
                streams.addAll(List.of(names));
            }
            assertWithinFrameLimit(connection, connection.openedNs);
        }
        assertEquals(250, streams.size());
        assertTrue(streams.contains("s149usdt@kline_1m"));
        assertEquals(50, directory.size());
    }

    @Test
    void shouldGoOnWhenGarbageComesBetweenGoodMessages() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        final ScriptedVenue.Connection connection = venue.connection(0);
        for (int i = 0; i < 100; i++)
        {
            connection.send(quote(10 + i, "5.00"));
            connection.send(quote(10 + i, "5.00").substring(0, 3 * i % 90));
            connection.send("{\"e\":\"trade\",\"s\":[" + i);
        }
        Await.until("all quotes", () -> 100 == frames.frames(QuoteDecoder.TEMPLATE_ID).size());
        Await.until("all counted", () -> 200 == counters.rejected());

        assertEquals(SessionState.LIVE, feed.state());
        assertEquals(counters.received(), counters.decoded() + counters.control() + counters.rejected());
        assertEquals(1, venue.connections.size());
    }

    @Test
    void shouldAggregateFragmentsAndChunkLargeBooks() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);
        final StringBuilder levels = new StringBuilder("[\"1.00\",\"1\"]");
        for (int i = 1; i < 1000; i++)
        {
            levels.append(",[\"").append(i + 1).append(".00\",\"1\"]");
        }
        final String message = diff(101, 102).replace("[[\"99.00\",\"0.00000000\"]]", "[" + levels + "]");
        final Channel channel = venue.connection(0).channel;

        channel.write(new TextWebSocketFrame(false, 0, message.substring(0, 5000)));
        channel.write(new PingWebSocketFrame());
        channel.write(new ContinuationWebSocketFrame(false, 0, message.substring(5000, 9000)));
        channel.writeAndFlush(new ContinuationWebSocketFrame(true, 0, message.substring(9000)));
        Await.until("chunks", () -> frames.frames(BookDeltaDecoder.TEMPLATE_ID).stream().anyMatch(chunk ->
            YesNo.YES == new BookDeltaDecoder().wrapAndApplyHeader(chunk, 0, new FrameHeaderDecoder()).last()));

        int count = 0;
        final List<UnsafeBuffer> chunks = frames.frames(BookDeltaDecoder.TEMPLATE_ID);
        assertEquals(18, chunks.size());
        for (final UnsafeBuffer chunk : chunks)
        {
            final BookDeltaDecoder delta =
                new BookDeltaDecoder().wrapAndApplyHeader(chunk, 0, new FrameHeaderDecoder());
            assertEquals(chunk == chunks.get(chunks.size() - 1) ? YesNo.YES : YesNo.NO, delta.last());
            count += delta.levels().count();
        }
        assertEquals(1001, count);
    }

    @Test
    void shouldAddAndRemoveInstrumentsWhileRunning() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        final Instrument added = feed.subscribe("ETHUSDT").get(60, TimeUnit.SECONDS);
        final boolean isRemoved = feed.unsubscribe(0).get(60, TimeUnit.SECONDS);
        venue.connection(0).send(quote(7, "5.00"));
        venue.connection(0).send(quote(7, "5.00").replace("BTCUSDT", "ETHUSDT"));
        Await.until("quote", () -> 1 == frames.frames(QuoteDecoder.TEMPLATE_ID).size());
        final Instrument again = feed.subscribe("BTCUSDT").get(60, TimeUnit.SECONDS);

        assertEquals(1, added.id());
        assertTrue(isRemoved);
        assertFalse(feed.unsubscribe(77).get(60, TimeUnit.SECONDS));
        assertEquals(1, Frame.instrumentId(frames.frames(QuoteDecoder.TEMPLATE_ID).get(0), 0));
        assertEquals(0, again.id());
        assertEquals(0, counters.rejected());
    }

    @Test
    void shouldKeepIdsOfRecoveredInstruments() throws Exception
    {
        directory.seed(new Instrument(3, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", 4, 6, 1, 1, 0, Long.MAX_VALUE, 0,
            InstrumentStatus.TRADING));

        start(FAST, LIMITS, "BTCUSDT", "ETHUSDT").get(60, TimeUnit.SECONDS);

        assertEquals(3, directory.find(Venue.BINANCE, "BTCUSDT").id());
        assertEquals(4, directory.find(Venue.BINANCE, "BTCUSDT").priceScale());
        assertEquals(100, directory.find(Venue.BINANCE, "BTCUSDT").tickSize());
        assertEquals(4, directory.find(Venue.BINANCE, "ETHUSDT").id());
    }

    @Test
    void shouldFailToStartWhenTheVenueRefusesASymbol()
    {
        venue.reply("/api/v3/exchangeInfo", query ->
            new Reply(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", Map.of()));

        final ExecutionException ex = assertThrows(
            ExecutionException.class, () -> start(FAST, LIMITS, "NOSUCH").get(60, TimeUnit.SECONDS));

        assertTrue(ex.getMessage().contains("-1121"), ex.getMessage());
        assertEquals(SessionState.FAILED, feed.state());
    }

    @Test
    void shouldGoOnAskingWhenTheVenueIsNotReachableAtFirst() throws Exception
    {
        final AtomicInteger asked = new AtomicInteger();
        final Function<QueryStringDecoder, Reply> whole = Symbols.exchangeInfo();
        venue.reply("/api/v3/exchangeInfo", query -> switch (asked.getAndIncrement())
        {
            case 0 -> new Reply(503, "down", Map.of());
            case 1 -> null;
            default -> whole.apply(query);
        });

        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        assertEquals(3, asked.get());
    }

    @Test
    void shouldReconnectWhenASubscriptionIsRefusedOrNotConfirmed() throws Exception
    {
        venue.acknowledges = false;
        final CompletableFuture<Void> started = start(FAST, LIMITS, "BTCUSDT");
        Await.until("asked", () -> 1 == venue.connections.size() && 1 == venue.connection(0).texts.size());
        // Before the refusal: the next connection may ask sooner than this test goes on.
        venue.connection(0).acknowledges = false;
        venue.acknowledges = true;
        venue.connection(0).send("{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"}}");

        started.get(60, TimeUnit.SECONDS);

        assertEquals(2, venue.connections.size());
        assertEquals(2, counters.control());
    }

    @Test
    void shouldStopWhenThePipelineHalts() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        frames.halt("disk full");
        venue.connection(0).send(quote(7, "5.00"));
        Await.until("failed", () -> SessionState.FAILED == feed.state());

        Await.until("closed", () -> !venue.connection(0).channel.isActive());
    }

    @Test
    void shouldEndWithAStoppedFrameWhenClosed() throws Exception
    {
        start(FAST, LIMITS, "BTCUSDT").get(60, TimeUnit.SECONDS);

        feed.close();
        Await.until("closed", () -> SessionState.CLOSED == feed.state() && !venue.connection(0).channel.isActive());

        assertEquals(List.of(FeedState.CONNECTED, FeedState.STOPPED), frames.feedStates());
        assertThrows(ExecutionException.class, () -> feed.subscribe("ETHUSDT").get(60, TimeUnit.SECONDS));
    }

    /**
     * Frames may be read later than they were sent, but no earlier: counted from when none could have been. One pong
     * may answer several pings, so there may be few.
     */
    private static void assertWithinFrameLimit(final ScriptedVenue.Connection connection, final long sinceNs)
    {
        final List<Long> times = connection.frameTimesNs.stream().filter(timeNs -> timeNs - sinceNs > 0).toList();
        for (int i = 5; i < times.size(); i++)
        {
            final long spanNs = times.get(i) - sinceNs;
            assertTrue(spanNs > i / 5 * 900_000_000L, (i + 1) + " frames within " + spanNs + " ns");
        }
    }

    private List<Long> tradeIds()
    {
        return frames.frames(TradeDecoder.TEMPLATE_ID).stream()
            .map(frame -> new TradeDecoder().wrapAndApplyHeader(frame, 0, new FrameHeaderDecoder()).tradeId())
            .toList();
    }

    private static String restTrade(final long id)
    {
        return "{\"id\":" + id + ",\"price\":\"5.00000000\",\"qty\":\"1.00000000\",\"quoteQty\":\"5.0\"," +
            "\"time\":1723161255342,\"isBuyerMaker\":true,\"isBestMatch\":true}";
    }

    private CompletableFuture<Void> start(final Times times, final Limits limits, final String... symbols)
    {
        final BinanceFeedConfig config = BinanceFeedConfig
            .of(new BinanceEndpoints(venue.rest(), venue.stream()), List.of(symbols)).with(limits, times);
        return start(config);
    }

    private CompletableFuture<Void> start(final BinanceFeedConfig config)
    {
        feed = new BinanceFeed(config, frames, directory, group, new SystemEpochNanoClock(), counters,
            readCompletes::incrementAndGet, null);
        return feed.start();
    }

    private static String depth(final long lastUpdateId)
    {
        return "{\"lastUpdateId\":" + lastUpdateId +
            ",\"bids\":[[\"100.00\",\"1.00000000\"]],\"asks\":[[\"101.00\",\"2.00000000\"]]}";
    }

    private static String quote(final long updateId, final String bid)
    {
        return "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":" + updateId + ",\"s\":\"BTCUSDT\",\"b\":\"" + bid +
            "\",\"B\":\"3.78826000\",\"a\":\"61837.64000000\",\"A\":\"1.54698000\"}}";
    }

    private static String trade(final long tradeId, final String price)
    {
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"BTCUSDT\",\"t\":" +
            tradeId + ",\"p\":\"" + price + "\",\"q\":\"0.02000000\",\"T\":1723161255342,\"m\":true,\"M\":true}}";
    }

    private static String diff(final long firstUpdateId, final long lastUpdateId)
    {
        return "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723161255208," +
            "\"s\":\"BTCUSDT\",\"U\":" + firstUpdateId + ",\"u\":" + lastUpdateId +
            ",\"b\":[[\"99.00\",\"0.00000000\"]],\"a\":[[\"102.00\",\"1.50000000\"]]}}";
    }
}
