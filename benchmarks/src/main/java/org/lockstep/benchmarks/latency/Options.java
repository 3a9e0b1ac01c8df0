package org.lockstep.benchmarks.latency;

import java.util.Map;
import java.util.TreeMap;

/** Reads {@code name=value} arguments; an unknown name or a bad number ends the run with a sentence. */
public final class Options
{
    private final Map<String, String> values = new TreeMap<>();

    /**
     * Reads arguments.
     *
     * @param args each {@code name=value}.
     */
    public Options(final String... args)
    {
        for (final String arg : args)
        {
            final int separator = arg.indexOf('=');
            if (separator < 1)
            {
                throw new IllegalArgumentException("found '" + arg + "', allowed name=value");
            }
            values.put(arg.substring(0, separator), arg.substring(separator + 1));
        }
    }

    /**
     * Takes a number.
     *
     * @param name         of the option.
     * @param defaultValue when it is not given.
     * @param minimum      least allowed.
     * @param maximum      most allowed.
     * @return the value.
     */
    public long number(final String name, final long defaultValue, final long minimum, final long maximum)
    {
        final String text = values.remove(name);
        if (null == text)
        {
            return defaultValue;
        }
        long value = Long.MIN_VALUE;
        try
        {
            value = Long.parseLong(text);
        }
        catch (final NumberFormatException ex)
        {
            // Reported below like a number out of range.
        }
        if (value < minimum || value > maximum)
        {
            throw new IllegalArgumentException(
                name + ": found '" + text + "', allowed a whole number in [" + minimum + ", " + maximum + "]");
        }
        return value;
    }

    /**
     * Takes a text.
     *
     * @param name         of the option.
     * @param defaultValue when it is not given.
     * @return the value.
     */
    public String text(final String name, final String defaultValue)
    {
        final String text = values.remove(name);
        return null == text ? defaultValue : text;
    }

    /**
     * Refuses what nobody has taken.
     *
     * @param allowed names, for the message.
     */
    public void finish(final String allowed)
    {
        if (!values.isEmpty())
        {
            throw new IllegalArgumentException(
                "found '" + values.keySet().iterator().next() + "', allowed " + allowed);
        }
    }
}
