package org.lockstep.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.engine.ThreadAllocation;
import org.lockstep.engine.state.StateHasher;

class IndicatorsTest
{
    /** An indicator and how to feed it one random price. */
    private interface Fed
    {
        Indicator indicator();

        void update(double price);
    }

    @Test
    void shouldSeedTheRelativeStrengthWithWildersMean()
    {
        final Rsi rsi = new Rsi(4);
        for (final double value : new double[]{10, 12, 11, 14})
        {
            rsi.update(value);
            assertFalse(rsi.isReady());
            assertTrue(Double.isNaN(rsi.value()));
        }

        rsi.update(13);
        assertEquals(100 * 5.0 / 7, rsi.value(), 1e-12);

        rsi.update(17);
        final double gain = (5.0 / 4 * 3 + 4) / 4;
        final double loss = 2.0 / 4 * 3 / 4;
        assertEquals(100 - 100 / (1 + gain / loss), rsi.value(), 1e-12);
    }

    @Test
    void shouldKeepTheRelativeStrengthInItsRange()
    {
        final Rsi rising = new Rsi(3);
        final Rsi falling = new Rsi(3);
        final Rsi flat = new Rsi(3);
        for (int i = 0; i < 10; i++)
        {
            rising.update(i);
            falling.update(-i);
            flat.update(5);
        }

        assertEquals(100, rising.value());
        assertEquals(0, falling.value());
        assertEquals(50, flat.value());
    }

    @Test
    void shouldSeedTheTrueRangeWithWildersMean()
    {
        final Atr atr = new Atr(2);
        atr.update(10, 8, 9);
        assertFalse(atr.isReady());

        atr.update(13, 12, 12);
        assertEquals((2 + 4) / 2.0, atr.value(), 1e-12);
        atr.update(12, 5, 6);
        assertEquals((3 + 7) / 2.0, atr.value(), 1e-12);
        atr.update(5, 4, 5);
        assertEquals((5 + 2) / 2.0, atr.value(), 1e-12);
    }

    @Test
    void shouldShowNoDeviationOnceAJumpHasLeftTheWindow()
    {
        final Bollinger bands = new Bollinger(20, 2);
        bands.update(1e12);
        for (int i = 0; i < 20; i++)
        {
            bands.update(100);
        }

        assertEquals(0, bands.deviation());
        assertEquals(100, bands.upper());
        assertEquals(100, bands.lower());
    }

    @Test
    void shouldNotDrift()
    {
        final SplittableRandom random = new SplittableRandom(7);
        final Sma sma = new Sma(7);
        for (int i = 0; i < 3_000_000; i++)
        {
            sma.update(random.nextDouble() * (i % 1_000 == 0 ? 1e9 : 1));
        }
        for (int i = 0; i < 7; i++)
        {
            sma.update(0.1);
        }

        assertEquals(0.1, sma.value(), 1e-16);
    }

    @Test
    void shouldNotBeReadyWithoutVolume()
    {
        final Vwap vwap = new Vwap(2);
        vwap.update(100, 0);
        vwap.update(100, 0);
        assertFalse(vwap.isReady());

        vwap.update(101, 3);
        assertEquals(101, vwap.value());
        assertFalse(new SessionVwap().isReady());
    }

    @Test
    void shouldBeginAfreshWithEachSession()
    {
        final SessionVwap vwap = new SessionVwap();
        vwap.update(SessionVwap.DAY_NS - 2, 100, 1);
        vwap.update(SessionVwap.DAY_NS - 1, 200, 3);
        assertEquals(175, vwap.value());

        vwap.update(SessionVwap.DAY_NS, 50, 1);
        assertEquals(50, vwap.value());

        vwap.update(SessionVwap.DAY_NS - 1, 70, 1);
        assertEquals(60, vwap.value());
    }

    @Test
    void shouldRefusePeriodsThatMakeNoSense()
    {
        assertThrows(IllegalArgumentException.class, () -> new Sma(0));
        assertThrows(IllegalArgumentException.class, () -> new Ema(10_001));
        assertThrows(IllegalArgumentException.class, () -> new Rsi(-1));
        assertThrows(IllegalArgumentException.class, () -> new Bollinger(1, 2));
        assertThrows(IllegalArgumentException.class, () -> new Bollinger(20, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new SessionVwap(0));
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void shouldDescribeWhatLaterFiguresDependOn(final Fed fed)
    {
        final long fresh = hash(fed.indicator());
        for (int i = 0; i < 100; i++)
        {
            fed.update(100 + i % 7);
        }
        final long first = hash(fed.indicator());
        fed.indicator().reset();
        assertEquals(fresh, hash(fed.indicator()));
        assertTrue(Double.isNaN(fed.indicator().value()));
        for (int i = 0; i < 100; i++)
        {
            fed.update(100 + i % 7);
        }

        assertEquals(first, hash(fed.indicator()));
        fed.update(103);
        assertNotEquals(first, hash(fed.indicator()));
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void shouldAllocateNothing(final Fed fed)
    {
        final StateHasher hasher = new StateHasher();
        final double[] sum = new double[1];

        ThreadAllocation.assertNothingAllocated(30_000, () ->
        {
            fed.update(100 + sum[0] % 3);
            sum[0] += fed.indicator().isReady() ? fed.indicator().value() : 0;
            fed.indicator().describe(hasher.reset());
            sum[0] += hasher.value() & 1;
        });
    }

    static Stream<Fed> indicators()
    {
        final Sma sma = new Sma(10);
        final Ema ema = new Ema(10);
        final Rsi rsi = new Rsi(10);
        final Atr atr = new Atr(10);
        final Bollinger bollinger = new Bollinger(10, 2);
        final Vwap vwap = new Vwap(10);
        final SessionVwap session = new SessionVwap();
        return Stream.of(
            fed(sma, sma::update),
            fed(ema, ema::update),
            fed(rsi, rsi::update),
            fed(atr, price -> atr.update(price + 1, price - 1, price)),
            fed(bollinger, bollinger::update),
            fed(vwap, price -> vwap.update(price, 3)),
            fed(session, price -> session.update(1, price, 3)));
    }

    private static Fed fed(final Indicator indicator, final java.util.function.DoubleConsumer update)
    {
        return new Fed()
        {
            @Override
            public Indicator indicator()
            {
                return indicator;
            }

            @Override
            public void update(final double price)
            {
                update.accept(price);
            }

            @Override
            public String toString()
            {
                return indicator.getClass().getSimpleName();
            }
        };
    }

    private static long hash(final Indicator indicator)
    {
        final StateHasher hasher = new StateHasher();
        indicator.describe(hasher);
        return hasher.value();
    }
}
