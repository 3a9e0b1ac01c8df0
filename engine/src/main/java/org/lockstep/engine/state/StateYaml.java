package org.lockstep.engine.state;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Renders a description as YAML text: mappings of mappings, two spaces a level. Of several parts of one kind the index
 * becomes part of the key ({@code bot 3:}). The same text on every Java version. For people; allocates.
 */
public final class StateYaml implements StateWriter
{
    private static final int FEWEST_DIGITS = 15;
    private static final int MOST_DIGITS = 17;

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean isPartEmpty;

    @Override
    public void field(final String name, final long value)
    {
        key(name).append(' ').append(value).append('\n');
    }

    @Override
    public void field(final String name, final boolean value)
    {
        key(name).append(' ').append(value).append('\n');
    }

    @Override
    public void field(final String name, final double value)
    {
        key(name).append(' ').append(doubleText(value)).append('\n');
    }

    @Override
    public void field(final String name, final CharSequence value)
    {
        key(name).append(' ');
        if (null == value)
        {
            text.append("null");
        }
        else
        {
            appendQuoted(value);
        }
        text.append('\n');
    }

    @Override
    public void field(final String name, final double[] values, final int count)
    {
        key(name).append(" [");
        for (int i = 0; i < count; i++)
        {
            text.append(0 == i ? "" : ", ").append(doubleText(values[i]));
        }
        text.append("]\n");
    }

    @Override
    public void begin(final String name)
    {
        key(name);
        open();
    }

    @Override
    public void begin(final String name, final long index)
    {
        key(name);
        text.setLength(text.length() - 1);
        text.append(' ').append(index).append(':');
        open();
    }

    @Override
    public void end()
    {
        if (0 == depth)
        {
            throw new IllegalStateException("nothing was begun");
        }
        if (isPartEmpty)
        {
            text.append(" {}\n");
            isPartEmpty = false;
        }
        depth--;
    }

    /** @return the YAML so far. */
    @Override
    public String toString()
    {
        return text.toString();
    }

    private void open()
    {
        depth++;
        isPartEmpty = true;
    }

    private StringBuilder key(final String name)
    {
        if (isPartEmpty)
        {
            text.append('\n');
            isPartEmpty = false;
        }
        for (int i = 0; i < depth; i++)
        {
            text.append("  ");
        }
        return text.append(name).append(':');
    }

    private void appendQuoted(final CharSequence value)
    {
        text.append('"');
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if ('"' == c || '\\' == c)
            {
                text.append('\\').append(c);
            }
            else if (c < ' ' || c >= 0x7F && c < 0xA0)
            {
                text.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            }
            else
            {
                text.append(c);
            }
        }
        text.append('"');
    }

    /** The fewest digits that read back as the same value; {@code Double.toString} differs between Java versions. */
    private static String doubleText(final double value)
    {
        if (Double.isNaN(value))
        {
            return ".nan";
        }
        if (Double.isInfinite(value))
        {
            return value > 0 ? ".inf" : "-.inf";
        }
        if (0 == value)
        {
            return 1 / value > 0 ? "0.0" : "-0.0";
        }

        final BigDecimal exact = new BigDecimal(value);
        for (int digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++)
        {
            final BigDecimal shorter = exact.round(new MathContext(digits));
            if (shorter.doubleValue() == value)
            {
                return plain(shorter);
            }
        }
        return plain(exact.round(new MathContext(MOST_DIGITS)));
    }

    private static String plain(final BigDecimal value)
    {
        final BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= MOST_DIGITS)
        {
            return stripped.setScale(1).toPlainString();
        }
        return stripped.toString();
    }
}
