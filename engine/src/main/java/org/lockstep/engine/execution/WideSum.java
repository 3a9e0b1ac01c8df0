package org.lockstep.engine.execution;

import org.lockstep.engine.instrument.Decimals;

/**
 * A sum of amounts of which none is negative, exact however large they are together, so that they can be taken off
 * again. Threading: one thread. Allocation: none.
 */
final class WideSum
{
    private static final long LOW = 0xFFFF_FFFFL;

    private long high;
    private long low;

    /** Adds an amount, or takes off what was added. */
    void add(final long amount)
    {
        low += amount & LOW;
        // The low part is told what it carries at once: it would overflow after some thousand million changes.
        high += (amount >> Integer.SIZE) + (low >> Integer.SIZE);
        low &= LOW;
    }

    /** @return the sum, at most {@link Decimals#MAX_MANTISSA}. */
    long saturated()
    {
        return saturated(high, low);
    }

    /** @return the sum without an amount that is in it, at most {@link Decimals#MAX_MANTISSA}. */
    long saturatedWithout(final long amount)
    {
        return saturated(high + (-amount >> Integer.SIZE), low + (-amount & LOW));
    }

    private static long saturated(final long high, final long low)
    {
        final long wholeHigh = high + (low >> Integer.SIZE);
        return wholeHigh > Decimals.MAX_MANTISSA >> Integer.SIZE ? Decimals.MAX_MANTISSA :
            wholeHigh << Integer.SIZE | low & LOW;
    }
}
