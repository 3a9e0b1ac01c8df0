package org.lockstep.engine.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.ThreadAllocation;

class DecimalsTest
{
    @ParameterizedTest
    @CsvSource({
        "61837.63000000, 2, 6183763",
        "0.00000001, 8, 1",
        "-0.00000001, 8, -1",
        "-0, 8, 0",
        "+7, 3, 7000",
        ".5, 1, 5",
        "5., 1, 50",
        "1e-8, 8, 1",
        "1E+3, 2, 100000",
        "0e999999999999, 2, 0",
        "000000000000000000000000001.50, 2, 150",
        "1.500000000000000000000000000, 1, 15",
        "9223372036854775807, 0, 9223372036854775807",
        "-9223372036854775792, 0, -9223372036854775792",
        "92233720368547758.07, 2, 9223372036854775807",
    })
    void shouldReadNumber(final String text, final int scale, final long mantissa)
    {
        assertEquals(mantissa, Decimals.parse(ascii(text), 0, text.length(), scale));
        assertEquals(mantissa, Decimals.parse(text, scale));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+", ".", "-.", "e5", "1e", "1e+", "1.2.3", "--1", "1-", " 1", "1 ", "1,5", "NaN",
        "Infinity", "0x10", "1_000", "1e5.0", "\u0661"})
    void shouldRefuseWhatIsNoNumber(final String text)
    {
        assertEquals(Decimals.NOT_A_NUMBER, Decimals.parse(text, 2));
        final UnsafeBuffer bytes = new UnsafeBuffer(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(Decimals.NOT_A_NUMBER, Decimals.parse(bytes, 0, bytes.capacity(), 2));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, 0",
        "-9223372036854775793, 0",
        "-9223372036854775808, 0",
        "92233720368547758.08, 2",
        "99999999999, 12",
        "1e19, 0",
        "1e999999999999, 8",
        "99999999999999999999.999, 0",
        "-9223372036854775793.5, 0",
    })
    void shouldReportOverflow(final String text, final int scale)
    {
        assertEquals(Decimals.OVERFLOW, Decimals.parse(ascii(text), 0, text.length(), scale));
    }

    @ParameterizedTest
    @CsvSource({"0.001, 2", "1.10000001, 7", "1e-9, 8", "5e-999999999999, 8", "61837.630000000000000000001, 2"})
    void shouldReportTooManyDecimals(final String text, final int scale)
    {
        assertEquals(Decimals.TOO_PRECISE, Decimals.parse(ascii(text), 0, text.length(), scale));
    }

    @Test
    void shouldSaturateStatisticsWhenAsked()
    {
        assertEquals(Long.MAX_VALUE, Decimals.parseRounded("1e30", 2, true));
        assertEquals(Decimals.MIN_MANTISSA, Decimals.parseRounded("-1e30", 2, true));
        assertEquals(Decimals.OVERFLOW, Decimals.parseRounded("1e30", 2, false));
        assertEquals(Decimals.NOT_A_NUMBER, Decimals.parseRounded("x", 2, true));
        assertEquals(101, Decimals.parseRounded("1.005", 2, true));
        assertEquals(-101, Decimals.parseRounded("-1.005", 2, true));
    }

    @Test
    void shouldFormatExtremes()
    {
        assertEquals("-9223372036854775808", Decimals.toString(Long.MIN_VALUE, 0));
        assertEquals("-9.223372036854775808", Decimals.toString(Long.MIN_VALUE, 18));
        assertEquals(Decimals.MAX_FORMATTED_LENGTH, Decimals.formattedLength(Long.MIN_VALUE, 18));
        assertEquals("0.00", Decimals.toString(0, 2));
        assertEquals("-0.05", Decimals.toString(-5, 2));
        assertEquals("61837.63", Decimals.toString(6183763, 2));
    }

    @Test
    void shouldTellErrorsFromMantissas()
    {
        assertTrue(Decimals.isError(Decimals.NOT_A_NUMBER));
        assertTrue(Decimals.isError(Decimals.OVERFLOW));
        assertTrue(Decimals.isError(Decimals.TOO_PRECISE));
        assertFalse(Decimals.isError(Decimals.MIN_MANTISSA));
        assertFalse(Decimals.isError(0));
        assertEquals("out of range", Decimals.describe(Decimals.OVERFLOW));
    }

    @Test
    void shouldThrowWhenExactResultDoesNotExist()
    {
        assertThrows(ArithmeticException.class,
            () -> Decimals.mulDivExact(Long.MAX_VALUE, 2, 1, Rounding.DOWN));
        assertThrows(ArithmeticException.class, () -> Decimals.mulDivExact(1, 1, 3, Rounding.UNNECESSARY));
        assertThrows(ArithmeticException.class, () -> Decimals.mulDiv(1, 1, 0, Rounding.DOWN));
        assertThrows(ArithmeticException.class,
            () -> Decimals.mulDiv(Long.MAX_VALUE, Long.MAX_VALUE, 0, Rounding.DOWN));
        assertThrows(IllegalArgumentException.class, () -> Decimals.pow10(19));
        assertThrows(IllegalArgumentException.class, () -> Decimals.parse("1", -1));
    }

    @Test
    void shouldAllocateNothing()
    {
        final UnsafeBuffer plain = ascii("61837.63000000");
        final UnsafeBuffer exponent = ascii("-1.25e-3");
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[64]);
        final StringBuilder builder = new StringBuilder(64);
        final long[] sum = new long[1];

        ThreadAllocation.assertNothingAllocated(100_000, () ->
        {
            sum[0] += Decimals.parse(plain, 0, plain.capacity(), 2);
            sum[0] += Decimals.parse(exponent, 0, exponent.capacity(), 8);
            sum[0] += Decimals.parseRounded(plain, 0, plain.capacity(), 1, true);
            sum[0] += Decimals.format(sum[0], 8, dst, 0);
            builder.setLength(0);
            Decimals.append(builder, sum[0], 8);
            sum[0] += Decimals.mulDiv(6183763_000000L, 123456789_000L, 100_000_000_000L, Rounding.HALF_EVEN);
        });
    }

    private static UnsafeBuffer ascii(final String text)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[text.length()]);
        buffer.putStringWithoutLengthAscii(0, text);
        return buffer;
    }
}
