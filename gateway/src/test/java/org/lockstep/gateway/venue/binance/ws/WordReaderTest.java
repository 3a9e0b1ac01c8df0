package org.lockstep.gateway.venue.binance.ws;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WordReaderTest
{
    private static final String DIGITS = "98765432109876543210";
    private static final String DECIMALS = "12345678";
    private static final int MAX_NUMBER = 18;
    private static final int MAX_WHOLE = 8;

    private final WordReader words = new WordReader();
    private final int[] widths = new int[1];

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadNumbersWhateverWidthIsExpected(final boolean isDirect)
    {
        for (int count = 1; count <= DIGITS.length(); count++)
        {
            for (int expected = 0; expected <= 24; expected++)
            {
                for (final String behind : new String[]{"", ",", "\"", ",\"m\":true,\"M\":tr", "/", ":", "\u007f"})
                {
                    final int at = wrap(isDirect, "{\"t\":", DIGITS.substring(0, count) + behind);
                    widths[0] = expected;

                    final long number = words.number(at, widths, 0);

                    final String which = count + " digits, expected " + expected + ", then '" + behind + "'";
                    assertEquals(count > MAX_NUMBER ? WordReader.REFUSED :
                        Long.parseLong(DIGITS.substring(0, count)), number, which);
                    assertTrue(count > MAX_NUMBER || count == widths[0], which);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadDecimalsWhateverWidthIsExpected(final boolean isDirect)
    {
        for (int count = 0; count <= MAX_WHOLE + 1; count++)
        {
            for (int expected = 1; expected <= MAX_WHOLE; expected++)
            {
                for (int kept = 0; kept <= WordReader.FRACTION_DIGITS; kept++)
                {
                    for (int scale = 0; scale <= WordReader.FRACTION_DIGITS + 1; scale++)
                    {
                        checkDecimal(isDirect, count, expected, kept, scale);
                    }
                }
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoDigitWhereverItStands()
    {
        final String text = "61837.63000000\",\"B\":\"3.78826000\"}}";
        for (int index = 0; index < 14; index++)
        {
            for (int value = 0; value < 256; value++)
            {
                final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                bytes[index] = (byte)value;
                words.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
                widths[0] = 5;

                final long decimal = words.decimal(0, widths, 0, 8);

                final boolean isGood = 5 == index ? '.' == value : value >= '0' && value <= '9';
                assertEquals(isGood, decimal >= 0, "byte " + value + " at " + index);
            }
        }
    }

    @Test
    void shouldNotSeeWhatLiesBehindTheMessage()
    {
        final String text = "12345678901234567890.123456789012345678901234567890";
        final UnsafeBuffer buffer = direct(text);
        for (int length = 8; length < 40; length++)
        {
            words.wrap(buffer, 0, length);
            for (int at = 0; at <= length + 1; at++)
            {
                final int left = Math.max(0, length - at);
                for (int expected = 1; expected <= MAX_NUMBER; expected++)
                {
                    widths[0] = expected;
                    final int digits = at <= 20 ? Math.min(left, 20 - at) : left;
                    assertEquals(digits >= 1 && digits <= MAX_NUMBER, words.number(at, widths, 0) >= 0,
                        "number at " + at + " of " + length);

                    widths[0] = Math.min(expected, MAX_WHOLE);
                    assertEquals(at >= 12 && at < 20 && length >= 29, words.decimal(at, widths, 0, 8) >= 0,
                        "decimal at " + at + " of " + length);
                }
                assertEquals(left >= 4, words.is(at, WordReader.word((text + "0000").substring(at, at + 4)), 4));
            }
        }
    }

    @Test
    void shouldFindTheEndOfATextOnlyWhenNothingIsEscaped()
    {
        for (int length = 0; length < 30; length++)
        {
            final String text = DIGITS.concat(DIGITS).substring(0, length);

            assertEquals(1 + length, end("\"" + text + "\",\"data\""), text);
            assertEquals(1 + length, end("\"" + text + "\"        "), text);
            assertEquals(WordReader.REFUSED, end("\"" + text + "       "), text);
            assertEquals(WordReader.REFUSED, end("\"" + text + "\\\"\",\"data\""), text);
        }
    }

    @Test
    void shouldKnowTheLastText()
    {
        wrap(true, "", "\"A\":\"1.54698000\"}}");

        assertTrue(words.isLast(15, WordReader.word("\"}}"), 3));
        assertFalse(words.isLast(15, WordReader.word("\"}"), 2));
        assertFalse(words.isLast(14, WordReader.word("\"}}"), 3));
        assertFalse(words.isLast(15, WordReader.word("\"}]"), 3));
    }

    private void checkDecimal(
        final boolean isDirect, final int count, final int expected, final int kept, final int scale)
    {
        final String whole = DIGITS.substring(0, count);
        final String text = whole + "." + DECIMALS.substring(0, kept) + "00000000".substring(kept);
        final int at = wrap(isDirect, "\"b\":\"", text + (0 == (count + kept) % 2 ? "" : "\",\"B\":\""));
        widths[0] = expected;

        final long decimal = words.decimal(at, widths, 0, scale);

        final boolean isGood = count > 0 && count <= MAX_WHOLE && scale <= 8 && kept <= scale;
        assertEquals(isGood ? new BigDecimal(text).movePointRight(scale).longValueExact() : WordReader.REFUSED, decimal,
            text + " at scale " + scale + ", expected " + expected);
        assertTrue(!isGood || count == widths[0], text);
        assertTrue(widths[0] >= 1 && widths[0] <= MAX_WHOLE, text);
    }

    private int end(final String text)
    {
        wrap(true, "", text);
        return words.textEnd(1);
    }

    /** A text of nothing but itself, so that what is read beyond is not ours. Returns where the second part begins. */
    private int wrap(final boolean isDirect, final String before, final String text)
    {
        final String all = before + text;
        words.wrap(isDirect ? direct(all) : new UnsafeBuffer(all.getBytes(StandardCharsets.US_ASCII)), 0, all.length());
        return before.length();
    }

    private static UnsafeBuffer direct(final String text)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(text.length()));
        buffer.putBytes(0, text.getBytes(StandardCharsets.US_ASCII));
        return buffer;
    }
}
