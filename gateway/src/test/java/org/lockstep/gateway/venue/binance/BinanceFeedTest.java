package org.lockstep.gateway.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
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
        new Times(1, 2000, 20_000, 5000, 5, 20, 10_000, 60_000, 20, 86_400_000, 50, 1, 5, 5000, 60_000, 86_400_000);
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
        venue.reply("/api/v3/exchangeInfo", query ->
        {
            final List<String> symbols = new ArrayList<>();
            for (final String symbol : symbols(query))
            {
                symbols.add("{\"symbol\":\"" + symbol + "\",\"status\":\"TRADING\",\"baseAsset\":\"" +
                    symbol.substring(0, 3) + "\",\"quoteAsset\":\"USDT\",\"quotePrecision\":8,\"filters\":[" +
                    "{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.01000000\"}," +
                    "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001000\",\"maxQty\":\"9000.00000000\"," +
                    "\"stepSize\":\"0.00001000\"},{\"filterType\":\"NOTIONAL\",\"minNotional\":\"5.00000000\"}]}");
            }
            return Reply.ok("{\"symbols\":[" + String.join(",", symbols) + "]}");
        });
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
        start(FAST, LIMITS, "BTCUSDT").get(20, TimeUnit.SECONDS);
        venue.connection(0).send(quote(7, "61837.63"));
        venue.connection(0).send(trade(1, "61837.63"));
        venue.connection(0).send(diff(101, 105));
        Await.until("delta", () -> 1 == frames.deltaIds().size());

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
        assertEquals(5e9, timeSync.offsetNs(), 2e9);
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

    private static String[] symbols(final QueryStringDecoder query)
    {
        return query.parameters().get("symbols").get(0).replaceAll("[\\[\\]\"]", "").split(",");
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
