package org.lockstep.gateway.venue.binance.ws;

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
    private static final int MAX_NUMBER = 18;

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

    @Test
    void shouldCountDigits()
    {
        for (int count = 0; count <= DIGITS.length(); count++)
        {
            for (final String behind : new String[]{"", ".", "\"", "/", ":", "\u007f", ".12345678"})
            {
                final int at = wrap(true, "\"b\":\"61837", DIGITS.substring(0, count) + behind);

                assertEquals(Math.min(count, Long.BYTES), words.digits(at), count + " digits, then '" + behind + "'");
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
                    assertEquals(Math.min(digits, Long.BYTES), words.digits(at), "digits at " + at + " of " + length);
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
