package org.lockstep.tools.host;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets of cores as Linux writes them, such as {@code 0-3,8}. */
public final class CoreList
{
    /** Highest core number that is taken seriously. */
    public static final int MAX_CORE = 4_095;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

    private CoreList()
    {
    }

    /**
     * Reads a list.
     *
     * @param text numbers and ranges with commas between them; null or blank is the empty set.
     * @return the cores.
     * @throws IllegalArgumentException when it is none.
     */
    public static BitSet parse(final String text)
    {
        final BitSet cores = new BitSet();
        read(text, cores, new BitSet());
        return cores;
    }

    /**
     * Looks for cores that a list names more than once.
     *
     * @param text as {@link #parse(String)} takes it.
     * @return those cores.
     * @throws IllegalArgumentException when it is no list.
     */
    public static BitSet repeated(final String text)
    {
        final BitSet repeated = new BitSet();
        read(text, new BitSet(), repeated);
        return repeated;
    }

    private static void read(final String text, final BitSet cores, final BitSet repeated)
    {
        if (null == text || text.isBlank())
        {
            return;
        }
        for (final String part : text.strip().split(",", -1))
        {
            final Matcher matcher = RANGE.matcher(part.strip());
            final int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
            final int last = first < 0 || null == matcher.group(2) ? first : Integer.parseInt(matcher.group(2));
            if (first < 0 || last < first || last > MAX_CORE)
            {
                throw new IllegalArgumentException("'" + text + "' is no list of cores such as 3 or 0-1,4");
            }
            final BitSet range = new BitSet();
            range.set(first, last + 1);
            repeated.or(common(cores, range));
            cores.or(range);
        }
    }

    /**
     * Reads a list that the kernel wrote.
     *
     * @param text as {@link #parse(String)} takes it.
     * @return the cores, none when it cannot be read.
     */
    public static BitSet orEmpty(final String text)
    {
        try
        {
            return parse(text);
        }
        catch (final IllegalArgumentException ex)
        {
            return new BitSet();
        }
    }

    /**
     * Writes a list.
     *
     * @param cores a set.
     * @return such as {@code 0-3,8}; {@code none} for the empty set.
     */
    public static String format(final BitSet cores)
    {
        final StringBuilder text = new StringBuilder();
        for (int first = cores.nextSetBit(0); first >= 0;)
        {
            final int end = cores.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (end - first > 1)
            {
                text.append('-').append(end - 1);
            }
            first = cores.nextSetBit(end);
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    /**
     * Joins two sets.
     *
     * @return what is in either.
     */
    public static BitSet union(final BitSet first, final BitSet second)
    {
        final BitSet both = (BitSet)first.clone();
        both.or(second);
        return both;
    }

    /**
     * Subtracts a set.
     *
     * @return what is in the first only.
     */
    public static BitSet minus(final BitSet first, final BitSet second)
    {
        final BitSet rest = (BitSet)first.clone();
        rest.andNot(second);
        return rest;
    }

    /**
     * Intersects two sets.
     *
     * @return what is in both.
     */
    public static BitSet common(final BitSet first, final BitSet second)
    {
        final BitSet both = (BitSet)first.clone();
        both.and(second);
        return both;
    }
}
