package org.lockstep.engine.order;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The form in which a venue sees client order ids: {@code ls-journal-epoch-bot-counter}, such as
 * {@code ls-k3x9q1-3-1-42}: at most 36 characters of {@code [a-z0-9-]}, which fits every venue. The journal's id is in
 * it because epochs count per journal: a second process, or one whose journal was put aside, that trades on the same
 * account must not take these orders for its own.
 * <p>
 * Some venues replace an order by another one with an id of its own. It is the same order here, of the next
 * generation, which is a fifth part: {@code ls-k3x9q1-3-1-42-2}. Generation 0 has none.
 * Threading: immutable, any thread. Allocation: none but in {@link #toText} and {@link #fromText}.
 */
public final class ClientOrderIdText
{
    /** Longest form, bytes. */
    public static final int MAX_LENGTH = 36;

    /** Largest generation: replaces of one order. */
    public static final int MAX_GENERATION = 99;

    /** Largest id of a journal: six digits to the base 36. */
    public static final long MAX_JOURNAL_ID = 2_176_782_335L;

    private static final int BASE = 36;
    private static final int MAX_DIGITS = 10;
    private static final int GENERATION_PART = 3;

    private final byte[] prefix;

    /**
     * The ids of one journal.
     *
     * @param journalId [0, {@link #MAX_JOURNAL_ID}].
     */
    public ClientOrderIdText(final long journalId)
    {
        if (journalId < 0 || journalId > MAX_JOURNAL_ID)
        {
            throw new IllegalArgumentException(
                "a journal's id must be in [0, " + MAX_JOURNAL_ID + "], found " + journalId);
        }
        prefix = ("ls-" + Long.toString(journalId, BASE) + '-').getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes an id.
     *
     * @param orderId    an id.
     * @param generation [0, {@link #MAX_GENERATION}].
     * @param buffer     with {@link #MAX_LENGTH} bytes from the index on.
     * @param index      of the first byte.
     * @return bytes written.
     */
    public int encode(
        final long orderId, final int generation, final MutableDirectBuffer buffer, final int index)
    {
        int next = index;
        buffer.putBytes(next, prefix);
        next += prefix.length;
        next += buffer.putNaturalLongAscii(next, ClientOrderIds.epoch(orderId));
        buffer.putByte(next++, (byte)'-');
        next += buffer.putNaturalIntAscii(next, ClientOrderIds.botId(orderId));
        buffer.putByte(next++, (byte)'-');
        next += buffer.putNaturalLongAscii(next, ClientOrderIds.counter(orderId));
        if (generation > 0)
        {
            buffer.putByte(next++, (byte)'-');
            next += buffer.putNaturalIntAscii(next, generation);
        }
        return next - index;
    }

    /**
     * Reads what came back from a venue.
     *
     * @param buffer any bytes, foreign ids included.
     * @param index  of the first byte.
     * @param length bytes.
     * @return the id, or {@link ClientOrderIds#NULL_ORDER_ID} when it is not one of this journal's.
     */
    public long decode(final DirectBuffer buffer, final int index, final int length)
    {
        if (length <= prefix.length || length > MAX_LENGTH)
        {
            return ClientOrderIds.NULL_ORDER_ID;
        }
        for (int i = 0; i < prefix.length; i++)
        {
            if (prefix[i] != buffer.getByte(index + i))
            {
                return ClientOrderIds.NULL_ORDER_ID;
            }
        }
        return decodeParts(buffer, index + prefix.length, index + length);
    }

    /**
     * Reads which generation of an order came back.
     *
     * @param buffer a text that {@link #decode} took for one of ours.
     * @param index  of the first byte.
     * @param length bytes.
     * @return the generation, from 0.
     */
    public int generation(final DirectBuffer buffer, final int index, final int length)
    {
        int dashes = 0;
        int value = 0;
        for (int i = index + prefix.length; i < index + length; i++)
        {
            final byte c = buffer.getByte(i);
            dashes += '-' == c ? 1 : 0;
            value = '-' == c ? 0 : value * 10 + (c - '0');
        }
        return dashes > 2 ? value : 0;
    }

    /**
     * The form as a text.
     *
     * @param orderId    an id.
     * @param generation [0, {@link #MAX_GENERATION}].
     * @return such as {@code ls-k3x9q1-3-1-42}.
     */
    public String toText(final long orderId, final int generation)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
        return buffer.getStringWithoutLengthAscii(0, encode(orderId, generation, buffer, 0));
    }

    /**
     * Reads the form from a text.
     *
     * @param text any text, foreign ids included.
     * @return the id, or {@link ClientOrderIds#NULL_ORDER_ID} when it is not one of this journal's.
     */
    public long fromText(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static long decodeParts(final DirectBuffer buffer, final int from, final int to)
    {
        long epoch = 0;
        long botId = 0;
        long counter = 0;
        long value = 0;
        int part = 0;
        int digits = 0;
        for (int i = from; i < to; i++)
        {
            final byte c = buffer.getByte(i);
            if ('-' == c && digits > 0 && part < GENERATION_PART)
            {
                epoch = 0 == part ? value : epoch;
                botId = 1 == part ? value : botId;
                counter = 2 == part ? value : counter;
                part++;
                value = 0;
                digits = 0;
            }
            else if (c >= '0' && c <= '9' && digits < MAX_DIGITS && (0 == digits || 0 != value))
            {
                value = value * 10 + (c - '0');
                digits++;
            }
            else
            {
                return ClientOrderIds.NULL_ORDER_ID;
            }
        }
        if (0 == digits || part < 2 || botId > ClientOrderIds.MAX_BOT_ID ||
            GENERATION_PART == part && (value < 1 || value > MAX_GENERATION))
        {
            return ClientOrderIds.NULL_ORDER_ID;
        }
        return ClientOrderIds.encode(epoch, (int)botId, 2 == part ? value : counter);
    }
}
