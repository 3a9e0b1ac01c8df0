package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.tools.testkit.StrategyBench;

/** Prices have 2 decimals, quantities 5, money 8. */
class RoundTripsTest
{
    private static final long LOT = 100_000;
    private static final Instrument BTC = StrategyBench.BTC_USDT;

    private final List<RoundTrip> trips = new ArrayList<>();
    private final RoundTrips bot = new RoundTrips(BTC, trips::add);

    /** Bought 1 at 100 and 1 at 110, sold 1 at 120 and 1 at 130: 40 less fees of 1 + 2 + 3 + 4. */
    @Test
    void shouldEndWhenThePositionIsFlat()
    {
        bot.onFill(1, Side.BUY, 10_000, LOT, money(1));
        bot.onFill(2, Side.BUY, 11_000, LOT, money(2));
        bot.onFill(3, Side.SELL, 12_000, LOT, money(3));
        assertEquals(0, trips.size());
        bot.onFill(4, Side.SELL, 13_000, LOT, money(4));

        final RoundTrip trip = trips.get(0);
        assertTrue(trip.isLong());
        assertEquals(1, trip.openedNs());
        assertEquals(4, trip.closedNs());
        assertEquals(2 * LOT, trip.quantity());
        assertEquals(105, trip.entryPrice());
        assertEquals(125, trip.exitPrice());
        assertEquals(money(10), trip.fees());
        assertEquals(money(30), trip.result());
    }

    /** Sold 1 at 100, bought 3 at 90 with a fee of 6: a third of it ends the short, the rest opens a long of 2. */
    @Test
    void shouldDivideAnExecutionThatTurnsThePositionRound()
    {
        bot.onFill(1, Side.SELL, 10_000, LOT, money(1));
        bot.onFill(2, Side.BUY, 9_000, 3 * LOT, money(6));
        bot.onFill(3, Side.SELL, 8_500, 2 * LOT, 0);

        assertEquals(2, trips.size());
        assertFalse(trips.get(0).isLong());
        assertEquals(money(3), trips.get(0).fees());
        assertEquals(money(7), trips.get(0).result());
        assertTrue(trips.get(1).isLong());
        assertEquals(2, trips.get(1).openedNs());
        assertEquals(90, trips.get(1).entryPrice());
        assertEquals(85, trips.get(1).exitPrice());
        assertEquals(money(-14), trips.get(1).result());
    }

    private static long money(final long whole)
    {
        return whole * 100_000_000;
    }
}
