package org.lockstep.gateway.client.view;

import java.util.Locale;

/** Names of enumeration values in JSON: lower case, words joined in camel case. Allocates nothing once warm. */
final class Codes
{
    private static final ClassValue<String[]> NAMES = new ClassValue<>()
    {
        @Override
        protected String[] computeValue(final Class<?> type)
        {
            final Object[] constants = type.getEnumConstants();
            final String[] names = new String[constants.length];
            for (int i = 0; i < names.length; i++)
            {
                names[i] = camelCase(((Enum<?>)constants[i]).name());
            }
            return names;
        }
    };

    private Codes()
    {
    }

    /** @return the name, or null for the null value of the schema. */
    static String of(final Enum<?> value)
    {
        return null == value || "NULL_VAL".equals(value.name()) ?
            null : NAMES.get(value.getDeclaringClass())[value.ordinal()];
    }

    private static String camelCase(final String name)
    {
        final StringBuilder result = new StringBuilder();
        boolean isStart = false;
        for (final char c : name.toLowerCase(Locale.ROOT).toCharArray())
        {
            if ('_' == c)
            {
                isStart = true;
            }
            else
            {
                result.append(isStart ? Character.toUpperCase(c) : c);
                isStart = false;
            }
        }
        return result.toString();
    }
}
