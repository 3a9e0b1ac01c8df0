package org.lockstep.gateway.client.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.lockstep.engine.instrument.Decimals;

/**
 * Writes JSON as UTF-8 bytes into an array that grows while warming up and is reused afterwards. Commas are its own
 * business; nesting is up to 63 deep. Text is escaped so that it is safe inside JSON. One thread.
 */
public final class JsonWriter
{
    private static final int INITIAL_LENGTH = 1024;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[INITIAL_LENGTH];
    private int length;
    private long needsComma;

    /** Forgets what was written. */
    public JsonWriter reset()
    {
        length = 0;
        needsComma = 0;
        return this;
    }

    /** @return the array written to; replaced when it grows. */
    public byte[] bytes()
    {
        return bytes;
    }

    /** @return bytes written. */
    public int length()
    {
        return length;
    }

    /** @return a copy of what was written. */
    public byte[] toByteArray()
    {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString()
    {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Opens an object as the next value. */
    public JsonWriter beginObject()
    {
        return open('{');
    }

    /** Closes the innermost object. */
    public JsonWriter endObject()
    {
        return close('}');
    }

    /** Opens an array as the next value. */
    public JsonWriter beginArray()
    {
        return open('[');
    }

    /** Closes the innermost array. */
    public JsonWriter endArray()
    {
        return close(']');
    }

    /** Writes the name of the next value. */
    public JsonWriter name(final String name)
    {
        separate();
        quoted(name);
        put(':');
        needsComma &= ~1L;
        return this;
    }

    /** Writes text, or null. */
    public JsonWriter value(final String text)
    {
        if (null == text)
        {
            return literal(NULL);
        }
        separate();
        quoted(text);
        return this;
    }

    /** Writes a whole number. */
    public JsonWriter value(final long number)
    {
        separate();
        ensure(Decimals.MAX_FORMATTED_LENGTH + 1);
        if (number < Decimals.MIN_MANTISSA)
        {
            ascii(Long.toString(number));
        }
        else
        {
            length += Decimals.format(number, 0, bytes, length);
        }
        return this;
    }

    /** Writes true or false. */
    public JsonWriter value(final boolean isTrue)
    {
        return literal(isTrue ? TRUE : FALSE);
    }

    /** Writes a decimal string, quoted. */
    public JsonWriter decimal(final long mantissa, final int scale)
    {
        separate();
        ensure(Decimals.MAX_FORMATTED_LENGTH + 3);
        put('"');
        length += Decimals.format(Math.max(mantissa, Decimals.MIN_MANTISSA), scale, bytes, length);
        put('"');
        return this;
    }

    /** Writes a floating point number; null when it is not finite. */
    public JsonWriter value(final double number)
    {
        if (Double.isNaN(number) || Double.isInfinite(number))
        {
            return literal(NULL);
        }
        separate();
        ascii(Double.toString(number));
        return this;
    }

    /** Writes bytes that already are JSON: a value, or (after a comma of its own accord) fields of the open object. */
    public JsonWriter raw(final byte[] json, final int offset, final int count)
    {
        if (count > 0)
        {
            separate();
            ensure(count);
            System.arraycopy(json, offset, bytes, length, count);
            length += count;
        }
        return this;
    }

    /** Writes a field with text, or null. */
    public JsonWriter field(final String name, final String text)
    {
        return name(name).value(text);
    }

    /** Writes a field with a whole number. */
    public JsonWriter field(final String name, final long number)
    {
        return name(name).value(number);
    }

    /** Writes a field with true or false. */
    public JsonWriter field(final String name, final boolean isTrue)
    {
        return name(name).value(isTrue);
    }

    /** Writes a field with a decimal string. */
    public JsonWriter field(final String name, final long mantissa, final int scale)
    {
        return name(name).decimal(mantissa, scale);
    }

    private JsonWriter open(final char bracket)
    {
        separate();
        put(bracket);
        needsComma <<= 1;
        return this;
    }

    private JsonWriter close(final char bracket)
    {
        needsComma >>>= 1;
        put(bracket);
        return this;
    }

    private JsonWriter literal(final byte[] text)
    {
        separate();
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    private void separate()
    {
        if (0 != (needsComma & 1L))
        {
            put(',');
        }
        needsComma |= 1L;
    }

    private void quoted(final String text)
    {
        put('"');
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if (c >= 0x80)
            {
                i += unicode(text, i);
            }
            else if (c < 0x20 || '"' == c || '\\' == c || '<' == c || 0x7f == c)
            {
                escaped(c);
            }
            else
            {
                put(c);
            }
        }
        put('"');
    }

    private void escaped(final char c)
    {
        if ('"' == c || '\\' == c)
        {
            put('\\');
            put(c);
            return;
        }
        ensure(6);
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 15];
    }

    private int unicode(final String text, final int index)
    {
        final int codePoint = text.codePointAt(index);
        final String one = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ?
            "\uFFFD" : new String(Character.toChars(codePoint));
        final byte[] utf8 = one.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return Character.charCount(codePoint) - 1;
    }

    private void ascii(final String text)
    {
        for (int i = 0; i < text.length(); i++)
        {
            put(text.charAt(i));
        }
    }

    private void put(final char c)
    {
        ensure(1);
        bytes[length++] = (byte)c;
    }

    private void ensure(final int count)
    {
        if (length + count > bytes.length)
        {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
