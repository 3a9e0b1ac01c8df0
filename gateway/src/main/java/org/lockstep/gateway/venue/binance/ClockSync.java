package org.lockstep.gateway.venue.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.gateway.net.RestResponse;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.VenueClock;
import org.lockstep.gateway.venue.binance.common.VenueTimes;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;

/**
 * Measures the venue's clock: a handful of requests in a row, of which the one with the shortest round trip says most.
 * Threading: the feed's loop; the last measurement is read by any thread.
 */
final class ClockSync implements VenueClock
{
    private static final int SAMPLES = 5;

    private final BinanceRest rest;
    private final MarketDataPublisher publisher;
    private final FeedGuard guard;
    private final long intervalNs;

    private volatile Measurement measurement = Measurement.NONE;
    private volatile boolean isWanted;
    private boolean isRunning;
    private int samples;
    private long bestRoundTripNs;
    private long bestOffsetNs;
    private long bestVenueTimeNs;
    private long bestMeasuredAtNs;
    private long nextNs = System.nanoTime();

    ClockSync(
        final BinanceRest rest, final MarketDataPublisher publisher, final FeedGuard guard, final long intervalNs)
    {
        this.rest = rest;
        this.publisher = publisher;
        this.guard = guard;
        this.intervalNs = intervalNs;
    }

    /** Begins a measurement when it is due. */
    void poll(final long nowNs)
    {
        if (!isRunning && (isWanted || nowNs - nextNs >= 0))
        {
            isWanted = false;
            nextNs = nowNs + intervalNs;
            samples = 0;
            bestRoundTripNs = Long.MAX_VALUE;
            sample();
        }
    }

    @Override
    public Measurement measurement()
    {
        return measurement;
    }

    @Override
    public void measureNow()
    {
        isWanted = true;
    }

    private void sample()
    {
        isRunning = rest.time(
            (response, body) -> guard.run(() -> onResponse(response, body)), (status, reason) -> finish());
    }

    private void onResponse(final RestResponse response, final JsonNode body)
    {
        final long venueTimeNs = VenueTimes.toNanos(body.path("serverTime").asLong(-1));
        if (VenueTimes.INVALID == venueTimeNs)
        {
            finish();
            return;
        }
        final long roundTripNs = response.receivedTimeNs() - response.sentTimeNs();
        if (roundTripNs < bestRoundTripNs)
        {
            bestRoundTripNs = roundTripNs;
            bestVenueTimeNs = venueTimeNs;
            bestMeasuredAtNs = response.receivedTimeNs();
            bestOffsetNs = venueTimeNs - (response.sentTimeNs() + roundTripNs / 2);
        }
        samples++;
        if (samples < SAMPLES)
        {
            sample();
        }
        else
        {
            finish();
        }
    }

    private void finish()
    {
        isRunning = false;
        if (samples > 0)
        {
            measurement = new Measurement(bestOffsetNs, bestRoundTripNs, bestMeasuredAtNs);
            guard.run(() -> publisher.timeSync(bestOffsetNs, bestRoundTripNs, bestVenueTimeNs));
        }
    }
}
