package org.lockstep.tools.simulator.market;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class E8Test
{
    @Property(tries = 2_000)
    void shouldMultiplyAndDivideLikeBigDecimal(
        @ForAll @LongRange(min = 0) final long left, @ForAll @LongRange(min = 1) final long right)
    {
        final BigInteger one = BigInteger.valueOf(E8.ONE);
        final BigInteger product = BigInteger.valueOf(left).multiply(BigInteger.valueOf(right)).divide(one);
        final BigInteger quotient = BigInteger.valueOf(left).multiply(one).divide(BigInteger.valueOf(right));
        final BigInteger highest = BigInteger.valueOf(Long.MAX_VALUE);

        assertEquals(product.min(highest).longValue(), E8.multiply(left, right));
        assertEquals(quotient.min(highest).longValue(), E8.divide(left, right));
    }

    @Property(tries = 2_000)
    void shouldReadBackWhatWasWritten(@ForAll final long value)
    {
        final String text = new BigDecimal(BigInteger.valueOf(value), 8).toPlainString();
        if (Long.MIN_VALUE != value)
        {
            assertEquals(value, E8.parse(text));
        }
    }

    @Test
    void shouldRefuseWhatIsNotADecimalWithEightPlaces()
    {
        for (final String text : new String[]{"", "1.123456789", "1e5", "1.2.3", "abc", "1-"})
        {
            assertThrows(NumberFormatException.class, () -> E8.parse(text), text);
        }
        assertEquals(new BigDecimal("0.1").setScale(8, RoundingMode.UNNECESSARY).unscaledValue().longValue(),
            E8.parse("0.1"));
    }
}
