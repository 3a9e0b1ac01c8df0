package org.lockstep.engine.state;

/**
 * A 64-bit hash over a description: the order of fields, their names, values and nesting all count. Not a defence
 * against forgery; it is for finding out that two runs differ. The same on every JVM and processor.
 * <p>
 * Threading: one thread at a time. Allocates nothing.
 */
public final class StateHasher implements StateWriter
{
    private static final long SEED = 0x4C6F636B73746570L;
    private static final long BEGIN = 0x243F6A8885A308D3L;
    private static final long BEGIN_INDEXED = 0x13198A2E03707344L;
    private static final long END = 0xA4093822299F31D0L;
    private static final long LONG = 0x082EFA98EC4E6C89L;
    private static final long DOUBLE = 0x452821E638D01377L;
    private static final long DOUBLES = 0xC0AC29B7C97C50DDL;
    private static final long TEXT = 0xBE5466CF34E90C6CL;
    private static final long NULL_LENGTH = -1;
    private static final int CHARS_PER_WORD = Long.BYTES / Character.BYTES;

    private long hash = SEED;
    private int depth;

    /**
     * Starts afresh.
     *
     * @return this.
     */
    public StateHasher reset()
    {
        hash = SEED;
        depth = 0;
        return this;
    }

    /** @return the hash over what was described since the last {@link #reset()}. */
    public long value()
    {
        if (0 != depth)
        {
            throw new IllegalStateException(depth + " parts were begun and not ended");
        }
        return mixed(hash);
    }

    @Override
    public void field(final String name, final long value)
    {
        add(LONG ^ name.hashCode());
        add(value);
    }

    @Override
    public void field(final String name, final double value)
    {
        add(DOUBLE ^ name.hashCode());
        add(Double.doubleToLongBits(value));
    }

    @Override
    public void field(final String name, final CharSequence value)
    {
        add(TEXT ^ name.hashCode());
        if (null == value)
        {
            add(NULL_LENGTH);
            return;
        }

        final int length = value.length();
        add(length);
        long word = 0;
        for (int i = 0; i < length; i++)
        {
            word = word << Character.SIZE | value.charAt(i);
            if (CHARS_PER_WORD - 1 == i % CHARS_PER_WORD || length - 1 == i)
            {
                add(word);
                word = 0;
            }
        }
    }

    @Override
    public void field(final String name, final double[] values, final int count)
    {
        add(DOUBLES ^ name.hashCode());
        add(count);
        for (int i = 0; i < count; i++)
        {
            add(Double.doubleToLongBits(values[i]));
        }
    }

    @Override
    public void begin(final String name)
    {
        add(BEGIN ^ name.hashCode());
        depth++;
    }

    @Override
    public void begin(final String name, final long index)
    {
        add(BEGIN_INDEXED ^ name.hashCode());
        add(index);
        depth++;
    }

    @Override
    public void end()
    {
        if (0 == depth)
        {
            throw new IllegalStateException("nothing was begun");
        }
        add(END);
        depth--;
    }

    private void add(final long word)
    {
        hash = Long.rotateLeft(hash, 23) * 0x9E3779B97F4A7C15L ^ mixed(word);
    }

    /**
     * Spreads every bit of a word over all of the result (the finaliser of SplitMix64); one to one. For hashes that
     * add up over unordered parts, such as the levels of a book.
     *
     * @param word any.
     * @return its mixed form.
     */
    public static long mixed(final long word)
    {
        long z = word + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
