package org.lockstep.tools.simulator.market;

/** One candle. Mutable; prices and amounts have eight decimals. One thread. */
public final class Bar
{
    /** Start, epoch milliseconds. */
    public long openTimeMs;
    /** First price. */
    public long open;
    /** Highest price. */
    public long high;
    /** Lowest price. */
    public long low;
    /** Last price. */
    public long close;
    /** Base quantity. */
    public long volume;
    /** Quote quantity. */
    public long quoteVolume;
    /** Base quantity bought by takers. */
    public long takerVolume;
    /** Quote quantity paid by buying takers. */
    public long takerQuoteVolume;
    /** Trades. */
    public long count;

    private boolean started;

    /** Creates an empty bar. */
    public Bar()
    {
    }

    /**
     * Empties it.
     *
     * @param newOpenTimeMs start of the bar.
     */
    public void reset(final long newOpenTimeMs)
    {
        openTimeMs = newOpenTimeMs;
        started = false;
        open = 0;
        high = 0;
        low = 0;
        close = 0;
        volume = 0;
        quoteVolume = 0;
        takerVolume = 0;
        takerQuoteVolume = 0;
        count = 0;
    }

    /** @return whether anything was merged into it since the reset. */
    public boolean isStarted()
    {
        return started;
    }

    /**
     * Appends a later, shorter bar.
     *
     * @param part read only.
     */
    public void merge(final Bar part)
    {
        if (!started)
        {
            started = true;
            open = part.open;
            high = part.high;
            low = part.low;
        }
        high = Math.max(high, part.high);
        low = Math.min(low, part.low);
        close = part.close;
        volume += part.volume;
        quoteVolume += part.quoteVolume;
        takerVolume += part.takerVolume;
        takerQuoteVolume += part.takerQuoteVolume;
        count += part.count;
    }

    /**
     * Takes over another bar.
     *
     * @param other read only.
     */
    public void copy(final Bar other)
    {
        reset(other.openTimeMs);
        if (other.started)
        {
            merge(other);
        }
    }
}
