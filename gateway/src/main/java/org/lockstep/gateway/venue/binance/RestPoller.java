package org.lockstep.gateway.venue.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBufUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.net.RestResponse;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.StreamKind;
import org.lockstep.gateway.venue.binance.common.VenueTimes;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;
import org.lockstep.gateway.venue.binance.rest.DepthSnapshot;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Market data over REST while there is no socket, and the trades that were missed once there is one again.
 * Threading: the feed's loop. Cold.
 */
final class RestPoller
{
    private static final Logger LOG = LoggerFactory.getLogger(RestPoller.class);

    private final BinanceRest rest;
    private final BinanceFeedConfig config;
    private final MarketDataPublisher publisher;
    private final FeedCounters counters;
    private final FeedGuard guard;
    private final DepthSnapshot snapshot = new DepthSnapshot();

    RestPoller(
        final BinanceRest rest,
        final BinanceFeedConfig config,
        final MarketDataPublisher publisher,
        final FeedCounters counters,
        final FeedGuard guard)
    {
        this.rest = rest;
        this.config = config;
        this.publisher = publisher;
        this.counters = counters;
        this.guard = guard;
    }

    /**
     * Polls one instrument; what still waits from the last time is replaced.
     *
     * @param feed instrument whose line is down.
     */
    void poll(final InstrumentFeed feed)
    {
        final String symbol = feed.instrument().symbol();
        counters.onPoll();
        if (config.streams().contains(StreamKind.QUOTE))
        {
            rest.bookTicker(symbol, (response, body) -> guard.run(() -> onQuote(feed, body)), this::onFailure);
        }
        if (config.streams().contains(StreamKind.TRADE))
        {
            rest.trades(symbol, RequestPriority.POLL, 0,
                (response, body) -> guard.run(() -> onTrades(feed, body)), this::onFailure);
        }
        if (config.streams().contains(StreamKind.BOOK))
        {
            rest.depth(symbol, config.limits().pollLevels(), RequestPriority.POLL,
                response -> guard.run(() -> onDepth(feed, response)), this::onFailure);
        }
    }

    /** Forgets what waits to be asked about an instrument. */
    void cancel(final InstrumentFeed feed)
    {
        rest.cancelPolls(feed.instrument().symbol());
    }

    /** @return request weight of one poll of one instrument. */
    int weightPerInstrument()
    {
        return (config.streams().contains(StreamKind.QUOTE) ? BinanceRest.QUOTE_WEIGHT : 0) +
            (config.streams().contains(StreamKind.TRADE) ? BinanceRest.TRADES_WEIGHT : 0) +
            (config.streams().contains(StreamKind.BOOK) ? BinanceRest.depthWeight(config.limits().pollLevels()) : 0);
    }

    /**
     * Fetches the trades between the last one published and those of the new connection, which wait meanwhile, but not
     * through a silence the venue demands.
     *
     * @param feed instrument whose line is up again.
     */
    void backfill(final InstrumentFeed feed)
    {
        if (InstrumentFeed.NO_TRADE == feed.lastTradeId() || !config.streams().contains(StreamKind.TRADE))
        {
            return;
        }
        final int hold = feed.holdTrades();
        final boolean isSent = rest.trades(
            feed.instrument().symbol(),
            RequestPriority.SNAPSHOT,
            config.times().requestTimeoutMs(),
            (response, body) -> guard.run(() ->
            {
                onTrades(feed, body);
                feed.releaseTrades(hold);
            }),
            (status, reason) -> guard.run(() ->
            {
                onFailure(status, reason);
                feed.releaseTrades(hold);
            }));
        if (!isSent)
        {
            feed.releaseTrades(hold);
        }
    }

    private void onQuote(final InstrumentFeed feed, final JsonNode body)
    {
        final Instrument instrument = feed.instrument();
        final long bidPrice = decimal(body, "bidPrice", instrument.priceScale());
        final long bidQuantity = decimal(body, "bidQty", instrument.quantityScale());
        final long askPrice = decimal(body, "askPrice", instrument.priceScale());
        final long askQuantity = decimal(body, "askQty", instrument.quantityScale());
        if (feed.isSubscribed() && bidPrice >= 0 && bidQuantity >= 0 && askPrice >= 0 && askQuantity >= 0 &&
            !feed.isStreaming())
        {
            feed.onPolledQuote(bidPrice, bidQuantity, askPrice, askQuantity);
        }
    }

    private void onTrades(final InstrumentFeed feed, final JsonNode body)
    {
        final Instrument instrument = feed.instrument();
        if (InstrumentFeed.NO_TRADE == feed.lastTradeId() && body.size() > 0)
        {
            final JsonNode newest = body.get(body.size() - 1);
            final long timeNs = VenueTimes.toNanos(newest.path("time").asLong(-1));
            if (newest.path("id").asLong(-1) >= 0 && VenueTimes.INVALID != timeNs)
            {
                feed.beginTradesAfter(newest.path("id").asLong(), timeNs);
            }
            return;
        }
        for (final JsonNode trade : body)
        {
            final long price = decimal(trade, "price", instrument.priceScale());
            final long quantity = decimal(trade, "qty", instrument.quantityScale());
            final long tradeId = trade.path("id").asLong(-1);
            final long timeNs = VenueTimes.toNanos(trade.path("time").asLong(-1));
            if (feed.isSubscribed() && price > 0 && quantity > 0 && tradeId >= 0 && VenueTimes.INVALID != timeNs)
            {
                feed.onFetchedTrade(tradeId, price, quantity, trade.path("isBuyerMaker").asBoolean(), timeNs);
            }
        }
    }

    private void onDepth(final InstrumentFeed feed, final RestResponse response)
    {
        if (!feed.isSubscribed() || feed.isStreaming())
        {
            return;
        }
        final UnsafeBuffer body = new UnsafeBuffer(ByteBufUtil.getBytes(response.body()));
        if (null == snapshot.read(body, 0, body.capacity(), feed.instrument()))
        {
            publisher.bookSnapshot(feed.instrument().id(), snapshot.lastUpdateId(), snapshot.levels());
            counters.onSnapshot();
        }
    }

    private void onFailure(final int status, final String reason)
    {
        LOG.debug("binance: poll failed: {} {}", status, reason);
    }

    private static long decimal(final JsonNode node, final String name, final int scale)
    {
        return node.path(name).isTextual() ? Decimals.parse(node.get(name).asText(), scale) : -1;
    }
}
