package org.lockstep.engine.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.Side;

class MoneyTest
{
    @Test
    void shouldPriceRealTrade()
    {
        final Instrument instrument = instrument(2, 5);

        assertEquals(123_675_260_000L, Money.notional(instrument, 6_183_763, 2_000));
        assertEquals(6_183_763, Money.averagePrice(instrument, 123_675_260_000L, 2_000));
    }

    @Test
    void shouldDecideOverflow()
    {
        final Instrument instrument = instrument(0, 0);

        assertThrows(ArithmeticException.class, () -> Money.notional(instrument, Long.MAX_VALUE, 2));
        assertThrows(ArithmeticException.class, () -> Money.notional(instrument, 100_000_000_000L, 1));
        assertEquals(Long.MAX_VALUE, Money.notionalSaturated(instrument, Long.MAX_VALUE, 2));
        assertEquals(Decimals.MIN_MANTISSA, Money.notionalSaturated(instrument, Long.MAX_VALUE, -2));
    }

    @Test
    void shouldRoundPricesAwayFromTheMarket()
    {
        assertEquals(100, Money.roundToTick(105, 10, Side.BUY));
        assertEquals(110, Money.roundToTick(105, 10, Side.SELL));
        assertEquals(100, Money.roundToTick(100, 10, Side.SELL));
        assertEquals(-110, Money.roundToTick(-105, 10, Side.BUY));
        assertEquals(-100, Money.roundToTick(-105, 10, Side.SELL));
        assertThrows(ArithmeticException.class, () -> Money.roundToTick(Long.MAX_VALUE, 10, Side.SELL));
        assertEquals(120, Money.roundToLot(129, 10));
        assertEquals(0, Money.roundToLot(9, 10));
    }

    @Property(tries = 5_000)
    void shouldPriceAsBigDecimalDoes(
        @ForAll final long price,
        @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) final long quantity,
        @ForAll @IntRange(max = 12) final int priceScale,
        @ForAll @IntRange(max = 12) final int quantityScale)
    {
        final BigInteger exact = new BigDecimal(BigInteger.valueOf(price), priceScale)
            .multiply(new BigDecimal(BigInteger.valueOf(quantity), quantityScale))
            .setScale(8, RoundingMode.HALF_EVEN).unscaledValue();
        final long expected = exact.max(BigInteger.valueOf(Decimals.MIN_MANTISSA))
            .min(BigInteger.valueOf(Decimals.MAX_MANTISSA)).longValueExact();

        assertEquals(expected, Money.notionalSaturated(instrument(priceScale, quantityScale), price, quantity));
    }

    private static Instrument instrument(final int priceScale, final int quantityScale)
    {
        return new Instrument(0, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", priceScale, quantityScale, 1, 1, 0,
            Long.MAX_VALUE, 0, InstrumentStatus.TRADING);
    }
}
