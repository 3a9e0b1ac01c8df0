package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DailySharpeTest
{
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long DAY_NS = 24 * HOUR_NS;

    private final DailySharpe sharpe = new DailySharpe(100);

    /** Returns 1/100, -1/101, 4/100: mean 0.01336634, deviation 0.02512024, ratio sqrt(365) times their quotient. */
    @Test
    void shouldBeTheMeanOverTheDeviationOfDailyReturnsTimesTheRootOf365()
    {
        sharpe.onProfit(HOUR_NS, 5);
        sharpe.onProfit(DAY_NS, 1);
        sharpe.onProfit(DAY_NS + HOUR_NS, -3);
        sharpe.onProfit(2 * DAY_NS, 0);
        sharpe.onProfit(2 * DAY_NS + 1, 4);

        assertEquals(Math.sqrt(365) * 0.013366336634 / 0.025120238255, sharpe.ratio(), 1e-6);
    }

    @Test
    void shouldCountDaysOnWhichNothingWasTold()
    {
        sharpe.onProfit(DAY_NS, 0);
        sharpe.onProfit(4 * DAY_NS, 2);

        // 0, 0, 0, 0.02: mean 0.005, deviation 0.01.
        assertEquals(Math.sqrt(365) / 2, sharpe.ratio(), 1e-9);
    }

    @Test
    void shouldNotBeToldOfLessThanTwoDaysNorWithoutChange()
    {
        assertTrue(Double.isNaN(sharpe.ratio()));
        sharpe.onProfit(HOUR_NS, 1);
        sharpe.onProfit(DAY_NS, 2);
        assertTrue(Double.isNaN(sharpe.ratio()), "midnight belongs to the day that ends");

        final DailySharpe flat = new DailySharpe(100);
        flat.onProfit(DAY_NS, 0);
        flat.onProfit(3 * DAY_NS, 0);
        assertTrue(Double.isNaN(flat.ratio()));
    }

    @Test
    void shouldNotBeToldOnceTheMoneyIsGone()
    {
        sharpe.onProfit(DAY_NS, -100);
        sharpe.onProfit(2 * DAY_NS, -100);
        sharpe.onProfit(3 * DAY_NS, 50);

        assertTrue(Double.isNaN(sharpe.ratio()));
    }
}
