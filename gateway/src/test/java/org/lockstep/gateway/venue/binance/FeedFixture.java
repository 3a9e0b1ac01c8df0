package org.lockstep.gateway.venue.binance;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.netty.channel.EventLoopGroup;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.net.ScriptedVenue.Reply;
import org.lockstep.gateway.net.ShiftedClock;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Limits;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Times;

/** A feed and a scripted venue that answers everything. */
final class FeedFixture implements AutoCloseable
{
    static final Times FAST =
        new Times(1, 20_000, 120_000, 60_000, 5, 20, 120_000, 60_000, 20, 86_400_000, 50, 1, 5, 60_000,
            86_400_000, 86_400_000);
    static final Limits LIMITS = new Limits(1000, 100, 1000, 100, 1_000_000, 300, 4, 10_000);

    final ScriptedVenue venue = new ScriptedVenue();
    final MemoryPublisher frames = new MemoryPublisher(true);
    final FeedCounters counters = new FeedCounters("binance");
    final InstrumentDirectory directory = new InstrumentDirectory();
    final ShiftedClock clock = new ShiftedClock();
    BinanceFeed feed;

    final EventLoopGroup group = NetTransport.newGroup(1, "feed-test");

    FeedFixture()
    {
        venue.reply("/api/v3/exchangeInfo", Symbols.exchangeInfo());
        venue.reply("/api/v3/time", query -> Reply.ok("{\"serverTime\":" + (System.currentTimeMillis() + 5000) + "}"));
        venue.reply("/api/v3/depth", query -> Reply.ok(
            "{\"lastUpdateId\":100,\"bids\":[[\"100.00\",\"1.0\"]],\"asks\":[[\"101.00\",\"2.0\"]]}"));
        venue.reply("/api/v3/trades", query -> Reply.ok("[]"));
        venue.reply("/api/v3/ticker/bookTicker", query -> Reply.ok(
            "{\"bidPrice\":\"1.00\",\"bidQty\":\"2.00\",\"askPrice\":\"3.00\",\"askQty\":\"4\"}"));
    }

    CompletableFuture<Void> start(final UnaryOperator<BinanceFeedConfig> change, final String... symbols)
    {
        final BinanceFeedConfig config = BinanceFeedConfig
            .of(new BinanceEndpoints(venue.rest(), venue.stream()), List.of(symbols)).with(LIMITS, FAST);
        feed = new BinanceFeed(
            change.apply(config), frames, directory, group, clock, counters, () -> { }, null);
        return feed.start();
    }

    void startLive(final UnaryOperator<BinanceFeedConfig> change, final String... symbols) throws Exception
    {
        start(change, symbols).get(60, TimeUnit.SECONDS);
    }

    void startLive(final String... symbols) throws Exception
    {
        startLive(config -> config, symbols);
    }

    @Override
    public void close()
    {
        if (null != feed)
        {
            feed.close();
        }
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        venue.close();
    }

    static String quote(final String symbol, final long updateId)
    {
        return "{\"stream\":\"x@bookTicker\",\"data\":{\"u\":" + updateId + ",\"s\":\"" + symbol +
            "\",\"b\":\"5.00\",\"B\":\"3.78826000\",\"a\":\"6.00\",\"A\":\"1.54698000\"}}";
    }

    static String trade(final String symbol, final long tradeId)
    {
        return "{\"stream\":\"x@trade\",\"data\":{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"" + symbol + "\",\"t\":" +
            tradeId + ",\"p\":\"5.00\",\"q\":\"0.02000000\",\"T\":1723161255342,\"m\":true,\"M\":true}}";
    }

    static String diff(final String symbol, final long firstUpdateId, final long lastUpdateId)
    {
        return "{\"stream\":\"x@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723161255208,\"s\":\"" + symbol +
            "\",\"U\":" + firstUpdateId + ",\"u\":" + lastUpdateId +
            ",\"b\":[[\"99.00\",\"0.00000000\"]],\"a\":[[\"102.00\",\"1.50000000\"]]}}";
    }

    static String restTrade(final long id)
    {
        return "{\"id\":" + id + ",\"price\":\"5.00000000\",\"qty\":\"1.00000000\",\"quoteQty\":\"5.0\"," +
            "\"time\":1723161255342,\"isBuyerMaker\":true,\"isBestMatch\":true}";
    }
}
