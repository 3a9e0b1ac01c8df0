package org.lockstep.gateway.venue.binance.ws;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class DecimalFieldTest
{
    private static final String HEAD = "{\"stream\":\"";
    private static final String DIGITS = "987654321";
    private static final String DECIMALS = "12345678";
    private static final int MAX = DecimalField.MAX_DIGITS;

    private final WordReader words = new WordReader();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '!', value = {"!\",\"B\":\"!, !!", "![\"!, !!", "!\",\"!, !\"]!"})
    void shouldReadNumbersOfItsWidthAndNoOthers(final String before, final String after)
    {
        final DecimalField any = DecimalField.of(before, after);
        for (int width = 1; width <= MAX; width++)
        {
            for (int scale = 0; scale <= MAX; scale++)
            {
                final DecimalField field = any.with(width, scale);
                assertEquals(before.length() + width + 1 + MAX + after.length(), field.length());
                for (int count = 0; count <= MAX + 1; count++)
                {
                    for (int kept = 0; kept <= MAX; kept++)
                    {
                        final String number = DIGITS.substring(0, count) + "." + DECIMALS.substring(0, kept) +
                            "00000000".substring(kept);
                        wrap(HEAD + before + number + after + ((count + kept) % 2 == 0 ? "" : "\",\"a\":\"61837.64"));

                        final long mantissa = field.read(words, HEAD.length());

                        assertEquals(count != width || kept > scale ? WordReader.REFUSED :
                            new BigDecimal(number).movePointRight(scale).longValueExact(), mantissa,
                            number + " in " + width + " digits at scale " + scale);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '!', value = {"!\",\"B\":\"!, !!", "![\"!, !!", "!\",\"!, !\"]!"})
    void shouldRefuseAnyOtherByteWhereverItStands(final String before, final String after)
    {
        final DecimalField any = DecimalField.of(before, after);
        for (int width = 1; width <= MAX; width++)
        {
            for (int scale = 0; scale <= MAX; scale++)
            {
                final String number = DIGITS.substring(0, width) + "." + "1".repeat(scale) + "0".repeat(MAX - scale);
                final String good = HEAD + before + number + after;
                final int from = HEAD.length() + before.length();
                final UnsafeBuffer buffer = wrap(good);
                for (int index = HEAD.length(); index < good.length(); index++)
                {
                    final boolean isDigit = index >= from && index != from + width && index < from + width + 1 + scale;
                    for (int value = 0; value < 256; value++)
                    {
                        buffer.putByte(index, (byte)value);
                        final boolean isGood = value == good.charAt(index) || isDigit && value >= '0' && value <= '9';

                        final long mantissa = any.with(width, scale).read(words, HEAD.length());

                        assertEquals(isGood, mantissa >= 0, good + " with " + value + " at " + index);
                    }
                    buffer.putByte(index, (byte)good.charAt(index));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '!', value = {"!\",\"B\":\"!, !!", "![\"!, !!", "!\",\"!, !\"]!"})
    void shouldNotSeeWhatLiesBehindTheMessage(final String before, final String after)
    {
        final DecimalField field = DecimalField.of(before, after).with(5, 2);
        final String text = HEAD + before + "61837.63000000" + after;
        final UnsafeBuffer buffer = wrap(text);
        for (int length = 8; length <= text.length(); length++)
        {
            words.wrap(buffer, 0, length);

            assertEquals(length == text.length() ? 6_183_763 : WordReader.REFUSED, field.read(words, HEAD.length()));
        }
    }

    private UnsafeBuffer wrap(final String text)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocate(text.length()));
        buffer.putBytes(0, text.getBytes(StandardCharsets.US_ASCII));
        words.wrap(buffer, 0, text.length());
        return buffer;
    }
}
