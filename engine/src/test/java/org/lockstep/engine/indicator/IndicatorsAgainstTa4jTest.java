package org.lockstep.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.volume.VWAPIndicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/** Random walks through our indicators and through ta4j's; relative difference at most 1e-9. */
class IndicatorsAgainstTa4jTest
{
    private static final int BAR_COUNT = 3_000;
    private static final double TOLERANCE = 1e-9;

    private final double[] high = new double[BAR_COUNT];
    private final double[] low = new double[BAR_COUNT];
    private final double[] close = new double[BAR_COUNT];
    private final double[] volume = new double[BAR_COUNT];
    private final BarSeries series = new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
    private final ClosePriceIndicator closes = new ClosePriceIndicator(series);
    private int comparedCount;

    @BeforeEach
    void createSeries()
    {
        final SplittableRandom random = new SplittableRandom(20_240_808);
        final ZonedDateTime start = ZonedDateTime.of(2024, 8, 8, 0, 0, 0, 0, ZoneOffset.UTC);
        double price = 61_837.63;
        for (int i = 0; i < BAR_COUNT; i++)
        {
            final double open = price;
            price *= 1 + (random.nextDouble() - 0.5) * 0.01;
            close[i] = price;
            high[i] = Math.max(open, price) * (1 + random.nextDouble() * 0.002);
            low[i] = Math.min(open, price) * (1 - random.nextDouble() * 0.002);
            volume[i] = random.nextDouble() * 100;
            series.addBar(Duration.ofMinutes(1), start.plusMinutes(i + 1), open, high[i], low[i], close[i], volume[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "14", "50", "200"})
    void shouldAverageSimplyAsTa4jDoes(final int period)
    {
        final Sma ours = new Sma(period);
        final SMAIndicator theirs = new SMAIndicator(closes, period);
        for (int i = 0; i < BAR_COUNT; i++)
        {
            ours.update(close[i]);
            compare(i, period - 1, ours, theirs.getValue(i));
        }
        assertEquals(BAR_COUNT - period + 1, comparedCount);
    }

    @ParameterizedTest
    @CsvSource({"1", "9", "50", "200"})
    void shouldAverageExponentiallyAsTa4jDoes(final int period)
    {
        final Ema ours = new Ema(period);
        final EMAIndicator theirs = new EMAIndicator(closes, period);
        for (int i = 0; i < BAR_COUNT; i++)
        {
            ours.update(close[i]);
            compare(i, period - 1, ours, theirs.getValue(i));
        }
        assertEquals(BAR_COUNT - period + 1, comparedCount);
    }

    /** ta4j begins with the first value instead of Wilder's mean; the beginning fades with (1 - 1/N) a bar. */
    @ParameterizedTest
    @CsvSource({"2, 100", "14, 800", "21, 1200"})
    void shouldHaveTheStrengthTa4jHasOnceTheBeginningHasFaded(final int period, final int fadedAfter)
    {
        final Rsi ours = new Rsi(period);
        final RSIIndicator theirs = new RSIIndicator(closes, period);
        for (int i = 0; i < BAR_COUNT; i++)
        {
            ours.update(close[i]);
            if (i >= fadedAfter)
            {
                compare(i, period, ours, theirs.getValue(i));
            }
        }
        assertEquals(BAR_COUNT - fadedAfter, comparedCount);
    }

    @ParameterizedTest
    @CsvSource({"2, 100", "14, 800", "21, 1200"})
    void shouldHaveTheRangeTa4jHasOnceTheBeginningHasFaded(final int period, final int fadedAfter)
    {
        final Atr ours = new Atr(period);
        final ATRIndicator theirs = new ATRIndicator(series, period);
        for (int i = 0; i < BAR_COUNT; i++)
        {
            ours.update(high[i], low[i], close[i]);
            if (i >= fadedAfter)
            {
                compare(i, period - 1, ours, theirs.getValue(i));
            }
        }
        assertEquals(BAR_COUNT - fadedAfter, comparedCount);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "20, 2", "20, 2.5", "200, 1"})
    void shouldDrawTheBandsTa4jDraws(final int period, final double width)
    {
        final Bollinger ours = new Bollinger(period, width);
        final BollingerBandsMiddleIndicator middle =
            new BollingerBandsMiddleIndicator(new SMAIndicator(closes, period));
        final StandardDeviationIndicator deviation = new StandardDeviationIndicator(closes, period);
        final Num factor = series.numOf(width);
        final BollingerBandsUpperIndicator upper = new BollingerBandsUpperIndicator(middle, deviation, factor);
        final BollingerBandsLowerIndicator lower = new BollingerBandsLowerIndicator(middle, deviation, factor);
        for (int i = 0; i < BAR_COUNT; i++)
        {
            ours.update(close[i]);
            compare(i, period - 1, ours, middle.getValue(i));
            if (ours.isReady())
            {
                assertClose(upper.getValue(i).doubleValue(), ours.upper(), i);
                assertClose(lower.getValue(i).doubleValue(), ours.lower(), i);
            }
        }
        assertEquals(BAR_COUNT - period + 1, comparedCount);
    }

    @ParameterizedTest
    @CsvSource({"1", "20", "200"})
    void shouldWeighByVolumeAsTa4jDoes(final int period)
    {
        final Vwap ours = new Vwap(period);
        final VWAPIndicator theirs = new VWAPIndicator(series, period);
        for (int i = 0; i < BAR_COUNT; i++)
        {
            ours.update(high[i], low[i], close[i], volume[i]);
            compare(i, period - 1, ours, theirs.getValue(i));
        }
        assertEquals(BAR_COUNT - period + 1, comparedCount);
    }

    @ParameterizedTest
    @CsvSource({"2500"})
    void shouldWeighASessionAsTa4jWeighsAllItsBars(final int count)
    {
        final SessionVwap ours = new SessionVwap(Long.MAX_VALUE);
        final VWAPIndicator theirs = new VWAPIndicator(series, BAR_COUNT);
        for (int i = 0; i < count; i++)
        {
            ours.update(i, (high[i] + low[i] + close[i]) / 3, volume[i]);
            compare(i, 0, ours, theirs.getValue(i));
        }
        assertEquals(count, comparedCount);
    }

    private void compare(final int index, final int readyFrom, final Indicator ours, final Num theirs)
    {
        assertEquals(index >= readyFrom, ours.isReady(), "bar " + index);
        if (ours.isReady())
        {
            assertClose(theirs.doubleValue(), ours.value(), index);
            comparedCount++;
        }
        else
        {
            assertTrue(Double.isNaN(ours.value()));
        }
    }

    private static void assertClose(final double expected, final double actual, final int index)
    {
        assertEquals(expected, actual, Math.abs(expected) * TOLERANCE, "bar " + index);
    }
}
