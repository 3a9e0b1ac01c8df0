package org.lockstep.tools.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that was looked at.
 *
 * @param area   such as {@code cpu}.
 * @param check  such as {@code governor}.
 * @param level  how good it is.
 * @param found  what is so.
 * @param cost   what that costs, or null when nothing.
 * @param fix    how to mend it, or null when there is nothing to mend.
 * @param values the same for scripts: numbers with their unit in the name, and words.
 */
public record Finding(
    String area, String check, Level level, String found, String cost, String fix, Map<String, Object> values)
{
    /** How good something is. */
    public enum Level
    {
        /** As it should be. */
        OK,
        /** Worth knowing: cannot be seen or changed here, or matters to few. */
        NOTE,
        /** Costs latency or safety. */
        WARN,
        /** Lockstep cannot work like this. */
        FAIL;

        /** @return the word that stands for it. */
        public String word()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(final String area, final String check, final String found, final Object... values)
    {
        return new Finding(area, check, Level.OK, found, null, null, values(values));
    }

    static Finding note(
        final String area,
        final String check,
        final String found,
        final String cost,
        final String fix,
        final Object... values)
    {
        return new Finding(area, check, Level.NOTE, found, cost, fix, values(values));
    }

    static Finding warn(
        final String area,
        final String check,
        final String found,
        final String cost,
        final String fix,
        final Object... values)
    {
        return new Finding(area, check, Level.WARN, found, cost, fix, values(values));
    }

    static Finding fail(
        final String area,
        final String check,
        final String found,
        final String cost,
        final String fix,
        final Object... values)
    {
        return new Finding(area, check, Level.FAIL, found, cost, fix, values(values));
    }

    private static Map<String, Object> values(final Object... pairs)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2)
        {
            values.put((String)pairs[i], pairs[i + 1]);
        }
        return values;
    }
}
