package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;

/** Lost connections of an order session, one by one and in a storm, with an order in the book. */
class ReconnectTest
{
    private static final int BTC = 0;
    private static final int LOSSES = 20;
    private static final int STORM = 100;
    private static final int VENUE_WEIGHT_PER_MINUTE = 6_000;
    private static final int VENUE_CONNECTS_PER_5_MINUTES = 300;
    private static final int LIMITED_EVERY = 20;
    private static final int REFUSALS_PER_LIMIT = 3;

    @TempDir
    private Path directory;

    private LiveFixture live;

    @AfterEach
    void close()
    {
        live.close();
    }

    /** Back-off begins anew with each loss, as it does for one that comes after ten quiet seconds. */
    @Test
    void shouldBeLiveAndReconciledAgainAfterEachLoss() throws IOException
    {
        final BinanceOrderConfig.Times usual = BinanceOrderConfig.Times.defaults();
        live = new LiveFixture(directory, new BinanceOrderConfig.Times(
            usual.dutyCycleMs(), usual.connectTimeoutMs(), usual.idleTimeoutMs(), usual.requestTimeoutMs(),
            usual.maxRequestAgeMs(), usual.backoffMinMs(), usual.backoffMaxMs(), 0, usual.reconcileIntervalMs(),
            usual.reconcileTimeoutMs(), usual.plannedReconnectMs(), usual.clockIntervalMs())).start();
        restingOrder();
        final Histogram outages = new Histogram(3);

        for (int i = 0; i < LOSSES; i++)
        {
            final long before = times("LIVE");
            final long rounds = rounds();
            final long startNs = System.nanoTime();
            live.fault("{\"fault\":\"disconnect\",\"target\":\"api\"}");
            live.await("live again", () -> times("LIVE") > before);
            outages.recordValue((System.nanoTime() - startNs) / 1_000);
            assertTrue(rounds() > rounds, "live before it was reconciled");
        }

        System.out.printf("ReconnectTest: %d losses, live and reconciled after p50 %d ms, p90 %d ms, max %d ms%n",
            LOSSES, outages.getValueAtPercentile(50) / 1_000, outages.getValueAtPercentile(90) / 1_000,
            outages.getMaxValue() / 1_000);
        assertEquals(LOSSES, times("RECONNECTING"));
        assertEquals(1, live.books().path("orders").size());
        live.finish();
    }

    @Test
    void shouldStayWithinItsBudgetsInAStormOfLossesWhileTheVenueSaysTooMany() throws IOException
    {
        live = new LiveFixture(directory, LiveFixture.impatient(), VENUE_WEIGHT_PER_MINUTE).start();
        restingOrder();

        int limited = 0;
        for (int i = 0; i < STORM; i++)
        {
            final int connects = connects();
            if (0 == i % LIMITED_EVERY)
            {
                live.fault("{\"fault\":\"rate-limit\",\"ms\":1200}");
                limited++;
            }
            live.await("an attempt to come back", () ->
            {
                // Again and again: a connection that is still being opened is not there to be cut.
                live.fault("{\"fault\":\"disconnect\",\"target\":\"api\"}");
                return connects() > connects;
            });
        }
        live.await("live again", this::isLive);

        final JsonNode counted = live.counted();
        System.out.printf("ReconnectTest: %d losses, counted by the venue: %s%n", STORM, counted);
        assertEquals(0, counted.path("refusedAsBanned").asInt(), counted::toString);
        assertTrue(counted.path("refusedForLimits").asInt() <= limited * REFUSALS_PER_LIMIT, counted::toString);
        assertTrue(counted.path("mostWeightPerMinute").asInt() < VENUE_WEIGHT_PER_MINUTE / 2, counted::toString);
        assertTrue(counted.path("connects").asInt() <= VENUE_CONNECTS_PER_5_MINUTES / 2, counted::toString);
        assertTrue(counted.path("connects").asInt() > STORM, counted::toString);
        live.noFaults();
        live.finish();
    }

    private void restingOrder()
    {
        final long price = live.bid(BTC) * 98 / 100;
        live.submit(BTC, Side.BUY, OrderType.LIMIT, TimeInForce.GTC,
            price - price % live.instrument(BTC).tickSize(), 1_000 * live.instrument(BTC).lotSize());
        live.await("an order in the book", () -> live.count("OrderAccepted", event -> true) > 0);
    }

    private int connects()
    {
        return live.counted().path("connects").asInt();
    }

    private long times(final String state)
    {
        return live.count("AccountStatus", event -> state.equals(event.get("state")));
    }

    private long rounds()
    {
        return live.count("Reconciliation", event -> "END".equals(event.get("phase")));
    }

    private boolean isLive()
    {
        final Map<String, Object> status = live.last("AccountStatus", event -> true);
        return null != status && "LIVE".equals(status.get("state"));
    }
}
