package org.lockstep.gateway.client.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PerformanceTest
{
    private static final long MINUTE = 60_000_000_000L;
    private static final long UNIT = 100_000_000L;
    private static final double EXACT = 1e-9;

    private final Performance performance = new Performance();

    @Test
    void shouldKnowNothingBeforeAnythingHappened()
    {
        assertEquals(0, performance.netPnl());
        assertTrue(Double.isNaN(performance.returnPercent()));
        assertTrue(Double.isNaN(performance.winRatePercent()));
        assertTrue(Double.isNaN(performance.profitFactor()));
        assertTrue(Double.isNaN(performance.sharpe()));
        assertEquals(0, performance.maxDrawdown());
    }

    @Test
    void shouldMeasureReturnAndDrawdownAgainstCapital()
    {
        performance.capital(1_000 * UNIT);

        performance.onEquity(0, 50 * UNIT);
        performance.onEquity(1, -20 * UNIT);
        performance.onEquity(2, 100 * UNIT);
        performance.onEquity(3, 60 * UNIT);

        assertEquals(60 * UNIT, performance.netPnl());
        assertEquals(6.0, performance.returnPercent(), EXACT);
        assertEquals(40 * UNIT, performance.drawdown());
        assertEquals(70 * UNIT, performance.maxDrawdown());
        assertEquals(100.0 * 70 / 1_050, performance.maxDrawdownPercent(), EXACT);
    }

    @Test
    void shouldCountAFirstLossAsDrawdownFromNothing()
    {
        performance.capital(1_000 * UNIT);

        performance.onEquity(0, -100 * UNIT);

        assertEquals(100 * UNIT, performance.maxDrawdown());
        assertEquals(10.0, performance.maxDrawdownPercent(), EXACT);
    }

    @Test
    void shouldCountWinsAndProfitFactor()
    {
        performance.onClosed(30);
        performance.onClosed(-10);
        performance.onClosed(20);
        performance.onClosed(0);

        assertEquals(4, performance.closedTrades());
        assertEquals(50.0, performance.winRatePercent(), EXACT);
        assertEquals(5.0, performance.profitFactor(), EXACT);
    }

    @Test
    void shouldAnnualiseSharpeOfMinutes()
    {
        performance.capital(1_000 * UNIT);
        // 15 times +3, 15 times -1: mean 1, deviations 2 and -2, squares 30 * 4 = 120, sample variance 120 / 29.
        long equity = 0;
        performance.onEquity(0, 0);
        for (int minute = 0; minute < 30; minute++)
        {
            equity += 0 == minute % 2 ? 3 : -1;
            performance.onEquity(minute * MINUTE + 1, equity);
        }
        assertTrue(Double.isNaN(performance.sharpe()), "29 minutes are too few");
        performance.passTo(30 * MINUTE);

        assertEquals(Math.sqrt(525_600) * 1 / Math.sqrt(120.0 / 29), performance.sharpe(), 1e-6);
    }

    @Test
    void shouldCountMinutesWithoutAChange()
    {
        performance.onEquity(0, 0);
        performance.onEquity(30 * MINUTE, 60);
        performance.passTo(60 * MINUTE);

        // 60 minutes, one of them +60: mean 1, squares 59 * 1 + 59 * 59 = 3,540, variance 3,540 / 59 = 60.
        assertEquals(Math.sqrt(525_600) / Math.sqrt(60), performance.sharpe(), 1e-6);
    }

    @Test
    void shouldMeasureLatencyOfAcknowledgements()
    {
        performance.onAcknowledged(2_000_000);
        performance.onAcknowledged(-5);

        assertEquals(2, performance.latency().getTotalCount());
        assertEquals(2e6, performance.latency().getMaxValue(), 2e4);
    }

    @Test
    void shouldKeepTheCurveBoundedWithItsEnds()
    {
        for (int i = 0; i < 100_000; i++)
        {
            performance.onEquity(i * MINUTE, i);
        }

        final EquityCurve curve = performance.curve();
        assertTrue(curve.size() <= EquityCurve.CAPACITY && curve.size() > EquityCurve.CAPACITY / 4, "" + curve.size());
        assertEquals(0, curve.value(0));
        assertEquals(99_999, curve.value(curve.size() - 1));
        for (int i = 1; i < curve.size(); i++)
        {
            assertTrue(curve.timeNs(i) > curve.timeNs(i - 1));
        }
    }
}
