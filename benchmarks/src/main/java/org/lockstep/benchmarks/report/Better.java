package org.lockstep.benchmarks.report;

/** Which way a figure is good. */
public enum Better
{
    /** The smaller the better: a latency, a cost. */
    LOWER,
    /** The larger the better: a rate, a speed-up. */
    HIGHER;

    /**
     * Judges.
     *
     * @param value  measured.
     * @param target to reach.
     * @return whether it is reached.
     */
    public boolean isMet(final double value, final double target)
    {
        return this == LOWER ? value <= target : value >= target;
    }

    /** @return as it is written in files. */
    public String text()
    {
        return this == LOWER ? "lower" : "higher";
    }

    /**
     * Reads.
     *
     * @param text as {@link #text()} gives it.
     * @return the value.
     */
    public static Better of(final String text)
    {
        for (final Better value : values())
        {
            if (value.text().equals(text))
            {
                return value;
            }
        }
        throw new IllegalArgumentException("better: found '" + text + "', allowed lower or higher");
    }
}
