package org.lockstep.gateway.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.net.ScriptedVenue.Reply;
import org.lockstep.gateway.net.ShiftedClock;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Limits;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Times;

/** Connections are lost again and again while the venue counts every request and loses patience. */
class RequestStormTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final int WEIGHT_PER_MINUTE = 800;
    private static final int USED_UP = WEIGHT_PER_MINUTE * 8 / 10 - 50;
    private static final int LOSSES = 100;
    private static final int MOST_LOSSES = 250;

    private final EventLoopGroup group = NetTransport.newGroup(1, "storm-test");
    private final ScriptedVenue venue = new ScriptedVenue();
    private final ShiftedClock clock = new ShiftedClock();
    private final FeedCounters counters = new FeedCounters("binance");
    private final AtomicLong minute = new AtomicLong();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong mostPerMinute = new AtomicLong();
    private final AtomicLong silentUntilNs = new AtomicLong();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger violations = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();
    private BinanceFeed feed;

    @BeforeEach
    void script()
    {
        clock.shift(60 * SECOND - clock.nanoTime() % (60 * SECOND));
        venue.reply("/api/v3/exchangeInfo", counted(20, Symbols.exchangeInfo()));
        venue.reply("/api/v3/time", counted(1, query -> Reply.ok("{\"serverTime\":1723161255343}")));
        venue.reply("/api/v3/trades", counted(25, query -> Reply.ok("[]")));
        venue.reply("/api/v3/ticker/bookTicker", counted(2, query -> Reply.ok(
            "{\"bidPrice\":\"1.00\",\"bidQty\":\"2.00\",\"askPrice\":\"3.00\",\"askQty\":\"4\"}")));
        final Function<QueryStringDecoder, Reply> depth = query -> Reply.ok(
            "{\"lastUpdateId\":100,\"bids\":[[\"100.00\",\"1.0\"]],\"asks\":[[\"101.00\",\"2.0\"]]}");
        venue.reply("/api/v3/depth", query -> counted(
            "100".equals(query.parameters().get("limit").get(0)) ? 5 : 50, depth).apply(query));
    }

    @AfterEach
    void close()
    {
        feed.close();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        venue.close();
    }

    @Test
    void shouldStayWithinBudgetAndSilenceThroughAHundredLosses()
    {
        final Times times = new Times(
            1, 20_000, 120_000, 60_000, 1, 4, 60_000, 0, 10, 86_400_000, 50, 1, 5, 60_000, 10, 86_400_000);
        feed = new BinanceFeed(BinanceFeedConfig
            .of(new BinanceEndpoints(venue.rest(), venue.stream()), List.of("BTCUSDT", "ETHUSDT", "BNBUSDT"))
            .with(new Limits(1000, 100, 1000, 100, WEIGHT_PER_MINUTE, 300, 4, 10_000), times),
            new MemoryPublisher(false), new InstrumentDirectory(), group, clock, counters, () -> { }, null);

        feed.start();
        // On a slow machine a minute may end before its budget is used up: then connections are lost in the next, too.
        for (int i = 0; i < LOSSES || i < MOST_LOSSES && mostPerMinute.get() <= USED_UP; i++)
        {
            final int before = counted.get();
            final ScriptedVenue.Connection connection = venue.connection(i);
            Await.until("subscribed", () -> !connection.texts.isEmpty() || !connection.channel.isActive());
            // While the venue wants silence nothing is asked: losses then would use up connections, not the budget.
            Await.until("asked for something", () -> counted.get() > before || mostPerMinute.get() > USED_UP);
            connection.drop();
        }
        Await.until("the budget is used up to where polls and housekeeping stop", () ->
            mostPerMinute.get() > USED_UP);
        clock.shift(60 * SECOND);
        Await.until("live again", () -> SessionState.LIVE == feed.state());

        assertEquals(0, violations.get(), "requests while the venue wanted silence");
        assertEquals(3, refusals.get(), "the venue did lose patience");
        assertTrue(mostPerMinute.get() <= WEIGHT_PER_MINUTE, "used " + mostPerMinute);
        assertTrue(counters.polls() > 100, "polled " + counters.polls());
    }

    /** Counts a request, and refuses three of them with a second of silence each. */
    private Function<QueryStringDecoder, Reply> counted(
        final int requestWeight, final Function<QueryStringDecoder, Reply> reply)
    {
        return query ->
        {
            final long nowNs = clock.nanoTime();
            final long minuteNow = nowNs / (60 * SECOND);
            if (minute.getAndSet(minuteNow) != minuteNow)
            {
                weight.set(0);
            }
            final long used = weight.addAndGet(requestWeight);
            mostPerMinute.accumulateAndGet(used, Math::max);
            final Map<String, String> usage = Map.of("X-MBX-USED-WEIGHT-1M", Long.toString(used));
            if (nowNs < silentUntilNs.get())
            {
                violations.incrementAndGet();
            }
            if (0 == counted.incrementAndGet() % 9 && refusals.get() < 3)
            {
                refusals.incrementAndGet();
                silentUntilNs.set(nowNs + SECOND);
                return new Reply(429, "{\"code\":-1003}",
                    Map.of("Retry-After", "1", "X-MBX-USED-WEIGHT-1M", Long.toString(used)));
            }
            return new Reply(200, reply.apply(query).body(), usage);
        };
    }
}
