package org.lockstep.journal.inspect;

import java.util.List;
import java.util.Map;

/** Writes a model of strings, numbers, booleans, nulls, maps and lists as text, JSON or YAML. Stateless. */
final class ModelWriter
{
    private static final String HEX = "0123456789abcdef";

    private ModelWriter()
    {
    }

    static String json(final Map<String, Object> model)
    {
        final StringBuilder out = new StringBuilder(256);
        json(out, model);
        return out.toString();
    }

    static String yaml(final Map<String, Object> model)
    {
        final StringBuilder out = new StringBuilder(256).append("---");
        for (final Map.Entry<String, Object> entry : model.entrySet())
        {
            out.append('\n').append(entry.getKey()).append(": ");
            if (entry.getValue() instanceof final List<?> list && !list.isEmpty())
            {
                out.setLength(out.length() - 1);
                for (final Object item : list)
                {
                    out.append("\n  - ");
                    json(out, item);
                }
            }
            else
            {
                // A JSON scalar is a YAML scalar, quoted where YAML would guess otherwise.
                json(out, entry.getValue());
            }
        }
        return out.toString();
    }

    static String text(final Map<String, Object> model)
    {
        final StringBuilder out = new StringBuilder(256);
        out.append('#').append(model.get("sequence")).append(' ').append(model.get("type"));
        model.forEach((name, value) ->
        {
            if (!"sequence".equals(name) && !"type".equals(name) && null != value && !"".equals(value))
            {
                out.append(' ').append(name).append('=');
                plain(out, value);
            }
        });
        return out.toString();
    }

    private static void plain(final StringBuilder out, final Object value)
    {
        if (value instanceof final List<?> list)
        {
            out.append('[');
            String separator = "";
            for (final Object item : list)
            {
                out.append(separator);
                plain(out, item);
                separator = ", ";
            }
            out.append(']');
        }
        else if (value instanceof final Map<?, ?> map)
        {
            String separator = "";
            for (final Map.Entry<?, ?> entry : map.entrySet())
            {
                out.append(separator).append(entry.getKey()).append('=');
                plain(out, entry.getValue());
                separator = " ";
            }
        }
        else if (value instanceof final String string && string.chars().anyMatch(c -> c <= ' ' || '"' == c))
        {
            quote(out, string);
        }
        else
        {
            out.append(value);
        }
    }

    private static void json(final StringBuilder out, final Object value)
    {
        if (value instanceof final Map<?, ?> map)
        {
            out.append('{');
            String separator = "";
            for (final Map.Entry<?, ?> entry : map.entrySet())
            {
                out.append(separator);
                quote(out, (String)entry.getKey());
                out.append(':');
                json(out, entry.getValue());
                separator = ",";
            }
            out.append('}');
        }
        else if (value instanceof final List<?> list)
        {
            out.append('[');
            String separator = "";
            for (final Object item : list)
            {
                out.append(separator);
                json(out, item);
                separator = ",";
            }
            out.append(']');
        }
        else if (value instanceof final String string)
        {
            quote(out, string);
        }
        else
        {
            out.append(value);
        }
    }

    private static void quote(final StringBuilder out, final String string)
    {
        out.append('"');
        for (int i = 0; i < string.length(); i++)
        {
            final char c = string.charAt(i);
            switch (c)
            {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default ->
                {
                    if (c < ' ' || c >= 0x7F && c < 0xA0 || Character.isSurrogate(c) && !paired(string, i))
                    {
                        out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15))
                            .append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
                    }
                    else
                    {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(final String string, final int i)
    {
        final char c = string.charAt(i);
        return Character.isHighSurrogate(c) ?
            i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1)) :
            i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
    }
}
