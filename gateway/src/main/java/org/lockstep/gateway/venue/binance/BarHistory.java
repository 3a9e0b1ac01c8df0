package org.lockstep.gateway.venue.binance;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.StreamKind;
import org.lockstep.gateway.venue.binance.common.VenueTimes;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bars that closed before a stream began, for those who look at charts: asked for once an instrument streams, and
 * after each outage as many as it may have cost. They are bars like those of the stream, and no bot is called for them.
 * Threading: the feed's loop. Allocates.
 */
final class BarHistory
{
    /** Bars of each interval at first. */
    static final int BARS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(BarHistory.class);
    private static final int EXTRA_BARS = 2;
    private static final int FIELDS = 9;
    private static final BarInterval[] INTERVALS =
        {BarInterval.M1, BarInterval.M5, BarInterval.M15, BarInterval.H1, BarInterval.D1};
    private static final String[] NAMES = {"1m", "5m", "15m", "1h", "1d"};
    private static final long[] LENGTHS_NS =
        {60_000_000_000L, 300_000_000_000L, 900_000_000_000L, 3_600_000_000_000L, 86_400_000_000_000L};

    private final BinanceRest rest;
    private final BinanceFeedConfig config;
    private final MarketDataPublisher publisher;
    private final EpochNanoClock clock;
    private final FeedGuard guard;
    private final BarValues values = new BarValues();
    private final Map<Integer, Long> loadedNs = new HashMap<>();

    BarHistory(
        final BinanceRest rest,
        final BinanceFeedConfig config,
        final MarketDataPublisher publisher,
        final EpochNanoClock clock,
        final FeedGuard guard)
    {
        this.rest = rest;
        this.config = config;
        this.publisher = publisher;
        this.clock = clock;
        this.guard = guard;
    }

    /** Asks for what an instrument's stream does not tell. */
    void load(final InstrumentFeed feed)
    {
        if (!config.streams().contains(StreamKind.BAR))
        {
            return;
        }
        final long nowNs = clock.nanoTime();
        final Long beforeNs = loadedNs.put(feed.instrument().id(), nowNs);
        for (int i = 0; i < NAMES.length; i++)
        {
            final BarInterval interval = INTERVALS[i];
            final String name = NAMES[i];
            final int limit = null == beforeNs ? BARS :
                (int)Math.min(BARS, (nowNs - beforeNs) / LENGTHS_NS[i] + EXTRA_BARS);
            rest.bars(feed.instrument().symbol(), name, limit,
                (response, body) -> guard.run(() -> onBars(feed, interval, body)),
                (status, reason) -> guard.run(() ->
                {
                    loadedNs.remove(feed.instrument().id());
                    LOG.warn("binance: no past {} bars of {}: {} {}", name, feed.instrument().symbol(), status, reason);
                }));
        }
    }

    private void onBars(final InstrumentFeed feed, final BarInterval interval, final JsonNode body)
    {
        for (int i = 0; i < body.size() && feed.isSubscribed(); i++)
        {
            final JsonNode bar = body.get(i);
            final Instrument instrument = feed.instrument();
            final long openTimeNs = VenueTimes.toNanos(bar.path(0).asLong(-1));
            final long closeTimeNs = VenueTimes.toNanos(bar.path(6).asLong(-1));
            values.openPrice = decimal(bar, 1, instrument.priceScale());
            values.highPrice = decimal(bar, 2, instrument.priceScale());
            values.lowPrice = decimal(bar, 3, instrument.priceScale());
            values.closePrice = decimal(bar, 4, instrument.priceScale());
            values.volume = decimal(bar, 5, instrument.quantityScale());
            values.tradeCount = bar.path(8).asLong(-1);
            if (bar.size() >= FIELDS && VenueTimes.INVALID != openTimeNs && VenueTimes.INVALID != closeTimeNs &&
                values.openPrice > 0 && values.highPrice > 0 && values.lowPrice > 0 && values.closePrice > 0 &&
                values.volume >= 0 && values.tradeCount >= 0)
            {
                final boolean isClosed = i < body.size() - 1;
                publisher.bar(instrument.id(), interval, isClosed, openTimeNs, values,
                    isClosed ? closeTimeNs : clock.nanoTime());
            }
        }
    }

    private static long decimal(final JsonNode bar, final int index, final int scale)
    {
        return bar.path(index).isTextual() ? Decimals.parse(bar.get(index).asText(), scale) : -1;
    }
}
