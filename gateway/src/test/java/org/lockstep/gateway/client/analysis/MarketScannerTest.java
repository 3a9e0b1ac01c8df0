package org.lockstep.gateway.client.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.analysis.MarketScanner.Candidate;
import org.lockstep.gateway.client.analysis.MarketScanner.Ranked;

class MarketScannerTest
{
    private static final double EXACT = 1e-9;

    @Test
    void shouldComputeATimeframeAsByHand()
    {
        final Timeframe timeframe = Timeframe.of("5m", new double[] {100, 110, 99, 121});

        assertEquals(21.0, timeframe.momentum(), EXACT);
        // 21 up on a path of 10 + 11 + 22 = 43.
        assertEquals(21.0 / 43.0, timeframe.trend(), EXACT);
        // ln 1.1 = 0.0953101798, ln 0.9 = -0.1053605157, ln (121/99) = 0.2006706955; mean 0.0635401199.
        // Squares: 0.0010093 + 0.0285274 + 0.0188048 = 0.0483415; / 2 = 0.0241708; root 0.1554695.
        assertEquals(15.54695, timeframe.volatility(), 1e-4);
        assertEquals(1, timeframe.direction());
    }

    @Test
    void shouldLookAtTheNewestBarsAlone()
    {
        final double[] closes = new double[Timeframe.MAX_BARS + 5];
        java.util.Arrays.fill(closes, 50);
        closes[0] = 1;
        closes[closes.length - 1] = 55;

        final Timeframe timeframe = Timeframe.of("1m", closes);

        assertEquals(Timeframe.MAX_BARS, timeframe.bars());
        assertEquals(10.0, timeframe.momentum(), EXACT);
        assertEquals(1.0, timeframe.trend(), EXACT);
    }

    @Test
    void shouldSayNothingAboutOneBarAndZeroAboutAStandstill()
    {
        assertNull(Timeframe.of("1m", new double[] {5}));
        final Timeframe still = Timeframe.of("1m", new double[] {5, 5, 5});
        assertEquals(0, still.momentum());
        assertEquals(0, still.volatility());
        assertEquals(0, still.trend());
        assertEquals(0, still.direction());
    }

    @Test
    void shouldMeasureSpreadOfTheMiddle()
    {
        assertEquals(10_000 * 2 / 100.0, MarketScanner.spreadBps(99, 101), EXACT);
    }

    @Test
    void shouldCountAgreementOverTimeframes()
    {
        final Candidate candidate = candidate(0, 1, 1, frame(3, 1, 1), frame(2, 1, 1), frame(-2, 1, -0.5));

        assertEquals(1.0 / 3.0, candidate.agreement(), EXACT);
        assertEquals(1, candidate.direction());
        assertEquals(1.0, candidate.momentum(), EXACT);
        assertEquals(0.5, candidate.trend(), EXACT);
        assertEquals(0, candidate(0, 1, 1).direction());
    }

    @Test
    void shouldScoreByWeightedPercentiles()
    {
        // Best in all but volume, where it is last; the second the other way round; the third in the middle of all.
        final Candidate first = candidate(7, 1, 10, frame(-9, 9, -0.9));
        final Candidate second = candidate(8, 9, 90, frame(1, 1, 0.1), frame(-1, 1, 0.1));
        final Candidate third = candidate(9, 5, 50, frame(5, 5, 0.5), frame(5, 5, 0.5), frame(-1, 5, 0.5));

        final List<Ranked> ranked = MarketScanner.rank(List.of(second, third, first));

        assertEquals(List.of(7, 9, 8), ranked.stream().map(next -> next.candidate().instrumentId()).toList());
        assertEquals(List.of(1, 2, 3), ranked.stream().map(Ranked::rank).toList());
        assertEquals(85.0, ranked.get(0).score(), EXACT);
        assertEquals(50.0, ranked.get(1).score(), EXACT);
        assertEquals(15.0, ranked.get(2).score(), EXACT);
    }

    @Test
    void shouldShareTheMiddleAmongEqualsAndKeepTheOrderOfIds()
    {
        final List<Ranked> ranked = MarketScanner.rank(List.of(
            candidate(3, 2, 2, frame(1, 1, 1)), candidate(1, 2, 2, frame(1, 1, 1))));

        assertEquals(50.0, ranked.get(0).score(), EXACT);
        assertEquals(50.0, ranked.get(1).score(), EXACT);
        assertEquals(1, ranked.get(0).candidate().instrumentId());
        assertEquals(0.5, MarketScanner.percentile(new double[] {1, 2, 2, 2, 3}, 2), EXACT);
        assertEquals(0.125, MarketScanner.percentile(new double[] {1, 1, 2, 3, 4}, 1), EXACT);
    }

    @Test
    void shouldCountNothingForWhatIsMissing()
    {
        final List<Ranked> ranked = MarketScanner.rank(List.of(
            candidate(0, Double.NaN, Double.NaN), candidate(1, 2, 5, frame(1, 1, 1))));

        assertEquals(1, ranked.get(0).candidate().instrumentId());
        assertEquals(100.0, ranked.get(0).score(), EXACT);
        assertEquals(0.0, ranked.get(1).score(), EXACT);
        assertTrue(MarketScanner.rank(List.of()).isEmpty());
    }

    private static Candidate candidate(
        final int id, final double spreadBps, final double volume, final Timeframe... timeframes)
    {
        return new Candidate(id, spreadBps, volume, List.of(timeframes));
    }

    private static Timeframe frame(final double momentum, final double volatility, final double trend)
    {
        return new Timeframe("1m", 20, momentum, volatility, trend);
    }
}
