package org.lockstep.engine.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Every operation against BigDecimal, which is slow and right. */
class DecimalsPropertyTest
{
    private static final BigInteger MIN = BigInteger.valueOf(Decimals.MIN_MANTISSA);
    private static final BigInteger MAX = BigInteger.valueOf(Decimals.MAX_MANTISSA);

    @Property(tries = 5_000)
    void shouldReadBackWhatItWrote(
        @ForAll("mantissas") final long mantissa, @ForAll @IntRange(max = 18) final int scale)
    {
        final String expected = new BigDecimal(BigInteger.valueOf(mantissa), scale).toPlainString();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[64];

        final int length = Decimals.format(mantissa, scale, buffer, 3);
        final int bytesLength = Decimals.format(mantissa, scale, bytes, 5);

        assertEquals(expected, buffer.getStringWithoutLengthAscii(3, length));
        assertEquals(expected, new UnsafeBuffer(bytes).getStringWithoutLengthAscii(5, bytesLength));
        assertEquals(expected, Decimals.toString(mantissa, scale));
        assertEquals("x" + expected, Decimals.append(new StringBuilder("x"), mantissa, scale).toString());
        assertEquals(expected.length(), Decimals.formattedLength(mantissa, scale));
        final long read = Decimals.isError(mantissa) ? Decimals.OVERFLOW : mantissa;
        assertEquals(read, Decimals.parse(buffer, 3, length, scale));
        assertEquals(read, Decimals.parse(expected, scale));
    }

    @Property(tries = 20_000)
    void shouldReadEveryNumberAsBigDecimalDoes(
        @ForAll("numbers") final String text, @ForAll @IntRange(max = 18) final int scale)
    {
        final BigDecimal value = new BigDecimal(text);
        final UnsafeBuffer buffer = ascii("#" + text + "#");

        final long parsed = Decimals.parse(buffer, 1, text.length(), scale);

        assertEquals(expectedExact(value, scale), parsed);
        assertEquals(parsed, Decimals.parse(text, scale));
        assertEquals(parsed, Decimals.parse(ascii(text), 0, text.length(), scale));
    }

    @Property(tries = 20_000)
    void shouldRoundEveryNumberAsBigDecimalDoes(
        @ForAll("numbers") final String text, @ForAll @IntRange(max = 18) final int scale)
    {
        final BigInteger rounded = new BigDecimal(text).setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        final BigInteger saturated = rounded.max(MIN).min(MAX);

        assertEquals(fits(rounded) ? rounded.longValueExact() : Decimals.OVERFLOW,
            Decimals.parseRounded(ascii(text), 0, text.length(), scale, false));
        assertEquals(saturated.longValueExact(), Decimals.parseRounded(ascii(text), 0, text.length(), scale, true));
        assertEquals(saturated.longValueExact(), Decimals.parseRounded(text, scale, true));
    }

    @Property(tries = 20_000)
    void shouldAgreeWithBigDecimalOnWhatIsANumber(
        @ForAll("almostNumbers") final String text, @ForAll @IntRange(max = 18) final int scale)
    {
        final long parsed = Decimals.parse(ascii(text), 0, text.length(), scale);

        boolean isNumber = true;
        try
        {
            new BigDecimal(text);
        }
        catch (final NumberFormatException ex)
        {
            isNumber = false;
        }
        assertEquals(isNumber, Decimals.NOT_A_NUMBER != parsed, text);
        assertEquals(parsed, Decimals.parse(text, scale), text);
    }

    @Property(tries = 40_000)
    void shouldMultiplyAndDivideAsBigDecimalDoes(
        @ForAll("mantissas") final long a,
        @ForAll("mantissas") final long b,
        @ForAll("mantissas") final long divisor,
        @ForAll final Rounding rounding)
    {
        if (0 == divisor)
        {
            return;
        }
        final BigDecimal product = BigDecimal.valueOf(a).multiply(BigDecimal.valueOf(b));

        final long result = Decimals.mulDiv(a, b, divisor, rounding);

        long expected;
        try
        {
            final BigInteger quotient = product
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.valueOf(rounding.name())).toBigIntegerExact();
            expected = fits(quotient) ? quotient.longValueExact() : Decimals.OVERFLOW;
        }
        catch (final ArithmeticException ex)
        {
            expected = Decimals.TOO_PRECISE;
        }
        if (Decimals.TOO_PRECISE == expected)
        {
            assertTrue(Decimals.isError(result));
        }
        else
        {
            assertEquals(expected, result);
        }
    }

    @Property(tries = 40_000)
    void shouldDivide128BitsAsBigDecimalDoes(
        @ForAll("mantissas") final long anyHigh,
        @ForAll("mantissas") final long low,
        @ForAll("mantissas") final long divisor,
        @ForAll @IntRange(max = 64) final int fewerBits,
        @ForAll final Rounding rounding)
    {
        if (0 == divisor || Rounding.UNNECESSARY == rounding)
        {
            return;
        }
        final long high = anyHigh >> Math.min(63, fewerBits);
        final BigInteger number = BigInteger.valueOf(high).shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(low)));
        final BigInteger quotient = new BigDecimal(number)
            .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.valueOf(rounding.name())).toBigIntegerExact();

        assertEquals(fits(quotient) ? quotient.longValueExact() : Decimals.OVERFLOW,
            Decimals.divide128(high, low, divisor, rounding));
    }

    @Property(tries = 20_000)
    void shouldRescaleAsBigDecimalDoes(
        @ForAll("mantissas") final long mantissa,
        @ForAll @IntRange(max = 18) final int fromScale,
        @ForAll @IntRange(max = 18) final int toScale)
    {
        final BigInteger expected = BigDecimal.valueOf(mantissa, fromScale)
            .setScale(toScale, RoundingMode.HALF_EVEN).unscaledValue();

        final long result = Decimals.rescale(mantissa, fromScale, toScale, Rounding.HALF_EVEN);

        if (Decimals.isError(mantissa))
        {
            assertTrue(Decimals.isError(result));
        }
        else
        {
            assertEquals(fits(expected) ? expected.longValueExact() : Decimals.OVERFLOW, result);
        }
    }

    @Provide
    Arbitrary<Long> mantissas()
    {
        final Arbitrary<Long> nearPowers = Combinators.combine(
            Arbitraries.integers().between(0, 62), Arbitraries.longs().between(-2, 2), Arbitraries.of(-1L, 1L))
            .as((power, delta, sign) -> sign * ((1L << power) + delta));
        final Arbitrary<Long> nearTens = Combinators.combine(
            Arbitraries.integers().between(0, 18), Arbitraries.longs().between(-5, 5), Arbitraries.of(-1L, 1L))
            .as((power, delta, sign) -> sign * (Decimals.pow10(power) + delta));
        final Arbitrary<Long> edges = Arbitraries.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1,
            Decimals.MIN_MANTISSA, Decimals.MIN_MANTISSA - 1, Long.MAX_VALUE - 1);
        return Arbitraries.oneOf(Arbitraries.longs(), nearPowers, nearTens, edges);
    }

    @Provide
    Arbitrary<String> numbers()
    {
        final Arbitrary<String> digits = Arbitraries.oneOf(
            Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(24),
            Arbitraries.strings().withChars('0', '5', '9').ofMinLength(1).ofMaxLength(24),
            Arbitraries.longs().between(0, Long.MAX_VALUE).map(String::valueOf));
        final Arbitrary<String> fractions = Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.just("."),
            Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(24).map(text -> "." + text),
            Arbitraries.strings().withChars('0', '0', '1', '5').ofMinLength(1).ofMaxLength(12).map(text -> "." + text));
        final Arbitrary<String> exponents = Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.just(""),
            Combinators.combine(Arbitraries.of("e", "E"), Arbitraries.of("", "+", "-"),
                Arbitraries.integers().between(0, 45)).as((letter, sign, value) -> letter + sign + value));
        return Combinators.combine(Arbitraries.of("", "", "-", "+"), digits, fractions, exponents)
            .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent);
    }

    @Provide
    Arbitrary<String> almostNumbers()
    {
        return Arbitraries.oneOf(
            Arbitraries.strings().withChars('0', '1', '9', '.', '-', '+', 'e', 'E').ofMaxLength(8),
            Arbitraries.strings().withChars('0', '7', '.', 'x', ' ', 'e', ',').ofMaxLength(22));
    }

    private static long expectedExact(final BigDecimal value, final int scale)
    {
        final BigInteger floor = value.setScale(scale, RoundingMode.DOWN).unscaledValue();
        if (!fits(floor))
        {
            return Decimals.OVERFLOW;
        }
        return value.compareTo(new BigDecimal(floor, scale)) != 0 ? Decimals.TOO_PRECISE : floor.longValueExact();
    }

    private static boolean fits(final BigInteger value)
    {
        return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0;
    }

    private static UnsafeBuffer ascii(final String text)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[text.length()]);
        buffer.putStringWithoutLengthAscii(0, text);
        return buffer;
    }
}
