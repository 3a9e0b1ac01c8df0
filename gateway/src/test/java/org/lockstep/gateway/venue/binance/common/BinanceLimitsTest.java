package org.lockstep.gateway.venue.binance.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.net.RestResponse;

class BinanceLimitsTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final BinanceLimits limits = new BinanceLimits(1000);

    @Test
    void shouldTakeUsageFromTheHeadersOfAResponse()
    {
        limits.onResponse(response(200, "X-MBX-USED-WEIGHT-1M", "990"), MINUTE);

        assertEquals(990, limits.usedWeight(MINUTE));
        assertTrue(limits.tryAcquire(20, RequestPriority.ORDER, MINUTE) > 0);
        assertEquals(0, limits.tryAcquire(20, RequestPriority.ORDER, 2 * MINUTE));
    }

    @Test
    void shouldBeSilentForAsLongAsTheVenueSays()
    {
        limits.onResponse(response(429, "Retry-After", "7"), MINUTE);
        assertEquals(MINUTE + 7 * SECOND, limits.closedUntilNs());
        assertEquals(0, limits.bannedUntilNs());

        limits.onResponse(response(418, "Retry-After", "300"), MINUTE);
        assertEquals(MINUTE + 300 * SECOND, limits.closedUntilNs());
        assertEquals(MINUTE + 300 * SECOND, limits.bannedUntilNs());

        limits.onResponse(response(429, "Retry-After", "1"), MINUTE);
        assertEquals(MINUTE + 300 * SECOND, limits.closedUntilNs());
    }

    @Test
    void shouldChooseASilenceWhereTheVenueNamesNone()
    {
        limits.onResponse(response(429, "Retry-After", "soon"), MINUTE + 20 * SECOND);
        assertEquals(2 * MINUTE, limits.closedUntilNs());

        limits.onStatus(418, 0, MINUTE + 20 * SECOND);
        assertEquals(3 * MINUTE + 20 * SECOND, limits.closedUntilNs());

        limits.onStatus(500, 1000, MINUTE + 20 * SECOND);
        assertEquals(3 * MINUTE + 20 * SECOND, limits.closedUntilNs());
    }

    @Test
    void shouldShareTheAddressAndKeepOrderCountsPerAccount()
    {
        final OrderCounts one = new OrderCounts(3, 100);
        final OrderCounts two = new OrderCounts(3, 100);

        limits.forAccount(one).onResponse(response(200, "X-MBX-ORDER-COUNT-10S", "2"), MINUTE);
        limits.forAccount(two).onResponse(response(200, "X-MBX-ORDER-COUNT-1D", "99"), MINUTE);
        limits.forAccount(two).onResponse(response(429, "Retry-After", "9"), MINUTE);

        assertEquals(2, one.inTenSeconds(MINUTE));
        assertEquals(0, one.tryAcquire(MINUTE));
        assertEquals(10 * SECOND, one.tryAcquire(MINUTE));
        assertEquals(0, one.tryAcquire(MINUTE + 10 * SECOND));
        assertEquals(0, two.tryAcquire(MINUTE));
        assertEquals(24 * 60 * MINUTE - MINUTE, two.tryAcquire(MINUTE));
        two.onReported(0, 50, MINUTE);
        assertEquals(0, two.tryAcquire(MINUTE));
        assertEquals(51, two.inDay(MINUTE));
        assertEquals(9 * SECOND, limits.forAccount(one).tryAcquire(0, RequestPriority.ORDER, MINUTE));
    }

    private static RestResponse response(final int status, final String name, final String value)
    {
        final HttpHeaders headers = new DefaultHttpHeaders().set(name, value);
        return new RestResponse(status, headers, Unpooled.EMPTY_BUFFER, MINUTE, MINUTE);
    }
}
