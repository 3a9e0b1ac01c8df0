package org.lockstep.engine.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lockstep.engine.instrument.Decimals;

/**
 * Typed reading of a strategy's parameters. Every accessor names its key, default and range; what is wrong is reported
 * with all of them. {@link #finish()} reports keys nobody asked for. Used at definition only, may allocate.
 */
public final class StrategyParameters
{
    private static final int E8 = 8;

    private final SortedMap<String, String> values;
    private final List<String> known = new ArrayList<>();

    /**
     * Parameters as configured.
     *
     * @param values keys and texts, copied.
     */
    public StrategyParameters(final Map<String, String> values)
    {
        this.values = new TreeMap<>(values);
    }

    /**
     * A whole number.
     *
     * @param name         key.
     * @param defaultValue when the key is missing.
     * @param minimum      allowed.
     * @param maximum      allowed.
     * @return the number.
     */
    public int integer(final String name, final int defaultValue, final int minimum, final int maximum)
    {
        final String text = text(name);
        if (null == text)
        {
            return defaultValue;
        }
        final long value = Decimals.parse(text, 0);
        if (Decimals.isError(value) || value < minimum || value > maximum)
        {
            throw new StrategyParameterException(
                name, "'" + text + "'", "a whole number in [" + minimum + ", " + maximum + "]", null);
        }
        return (int)value;
    }

    /**
     * A decimal number as a mantissa with 8 decimals.
     *
     * @param name         key.
     * @param defaultValue text of the default.
     * @param minimum      text of the smallest allowed.
     * @param maximum      text of the largest allowed.
     * @return mantissa at scale 8.
     */
    public long decimalE8(final String name, final String defaultValue, final String minimum, final String maximum)
    {
        final String text = text(name);
        final long value = Decimals.parse(null == text ? defaultValue : text, E8);
        if (Decimals.isError(value) || value < Decimals.parse(minimum, E8) || value > Decimals.parse(maximum, E8))
        {
            throw new StrategyParameterException(name, "'" + text + "'",
                "a number in [" + minimum + ", " + maximum + "] with at most 8 decimals", null);
        }
        return value;
    }

    /**
     * A decimal number as floating point, for formulas.
     *
     * @param name         key.
     * @param defaultValue text of the default.
     * @param minimum      text of the smallest allowed.
     * @param maximum      text of the largest allowed.
     * @return the number.
     */
    public double number(final String name, final String defaultValue, final String minimum, final String maximum)
    {
        return decimalE8(name, defaultValue, minimum, maximum) / 1e8;
    }

    /**
     * A duration with its unit: {@code 250ms}, {@code 5s}, {@code 1m}, {@code 2h}, {@code 10us}, {@code 100ns}.
     *
     * @param name         key.
     * @param defaultValue text of the default.
     * @param minimum      text of the shortest allowed.
     * @param maximum      text of the longest allowed.
     * @return nanoseconds.
     */
    public long durationNs(final String name, final String defaultValue, final String minimum, final String maximum)
    {
        final String text = text(name);
        final long value = parseDurationNs(null == text ? defaultValue : text);
        if (value < parseDurationNs(minimum) || value > parseDurationNs(maximum))
        {
            throw new StrategyParameterException(name, "'" + text + "'",
                "a duration with its unit in [" + minimum + ", " + maximum + "]", null);
        }
        return value;
    }

    /**
     * What was written, to be told what is wrong with it.
     *
     * @param name         key.
     * @param defaultValue when the key is missing.
     * @return the text as it is.
     */
    public String text(final String name, final String defaultValue)
    {
        final String text = text(name);
        return null == text ? defaultValue : text;
    }

    /**
     * One of some words.
     *
     * @param name         key.
     * @param defaultValue when the key is missing.
     * @param allowed      words.
     * @return the word.
     */
    public String word(final String name, final String defaultValue, final List<String> allowed)
    {
        final String text = text(name);
        if (null == text)
        {
            return defaultValue;
        }
        if (!allowed.contains(text))
        {
            throw new StrategyParameterException(
                name, "'" + text + "'", "one of " + String.join(", ", allowed), Nearest.of(text, allowed));
        }
        return text;
    }

    /**
     * Reports the first key that nobody asked for.
     *
     * @throws StrategyParameterException naming it and the nearest known key.
     */
    public void finish()
    {
        for (final String key : values.keySet())
        {
            if (!known.contains(key))
            {
                throw new StrategyParameterException(key, "an unknown parameter",
                    known.isEmpty() ? "no parameters" : String.join(", ", known), Nearest.of(key, known));
            }
        }
    }

    /**
     * Reads a duration with its unit.
     *
     * @param text such as {@code 250ms}.
     * @return nanoseconds, or -1 when it is none.
     */
    public static long parseDurationNs(final String text)
    {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9')
        {
            digits++;
        }
        final long unitNs = switch (text.substring(digits))
        {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> -1L;
        };
        if (0 == digits || digits > 9 || unitNs < 0)
        {
            return -1;
        }
        final long value = Long.parseLong(text.substring(0, digits));
        return value > Long.MAX_VALUE / unitNs ? -1 : value * unitNs;
    }

    private String text(final String name)
    {
        known.add(name);
        return values.get(name);
    }
}
