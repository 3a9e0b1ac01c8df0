package org.lockstep.tools.backtest;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.BooleanSupplier;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/**
 * What the bars of a symbol are like, found by reading all of them: nothing runs before every line is known to be good.
 *
 * @param bars           in the period.
 * @param firstOpenNs    epoch ns, when the first opens; meaningless without bars, as are those that follow.
 * @param lastOpenNs     epoch ns, when the last opens.
 * @param gaps           places where bars are missing.
 * @param missing        bars missing there.
 * @param priceDecimals  most decimals of a price.
 * @param volumeDecimals most decimals of a volume.
 * @param firstPrice     at which the first opens.
 * @param lastPrice      at which the last closes.
 */
record BarFacts(
    long bars,
    long firstOpenNs,
    long lastOpenNs,
    long gaps,
    long missing,
    int priceDecimals,
    int volumeDecimals,
    BigDecimal firstPrice,
    BigDecimal lastPrice)
{
    private static final int LOOK_EVERY = 1 << 12;

    /** Of the bars that ran. */
    BarFacts part(
        final long newBars,
        final long newFirstOpenNs,
        final long newLastOpenNs,
        final long newGaps,
        final long newMissing,
        final BigDecimal newFirstPrice,
        final BigDecimal newLastPrice)
    {
        return new BarFacts(newBars, newFirstOpenNs, newLastOpenNs, newGaps, newMissing, priceDecimals,
            volumeDecimals, newFirstPrice, newLastPrice);
    }

    /**
     * Reads and checks.
     *
     * @param source     the files.
     * @param intervalNs length of a bar.
     * @param period     that counts.
     * @param tick       prices must be multiples of it, or null.
     * @param isToEnd    asked now and then whether somebody wants no more of it.
     */
    static BarFacts read(
        final BarSource source,
        final long intervalNs,
        final BarPeriod period,
        final BigDecimal tick,
        final BooleanSupplier isToEnd) throws IOException
    {
        long bars = 0;
        long firstOpenNs = 0;
        long lastOpenNs = 0;
        long gaps = 0;
        long missing = 0;
        BigDecimal firstPrice = null;
        final BarCheck check = new BarCheck(tick, intervalNs);
        try (SymbolBars all = new SymbolBars(source, intervalNs, period))
        {
            while (all.next())
            {
                check.onBar(all.bar());
                if (LOOK_EVERY - 1 == bars % LOOK_EVERY && isToEnd.getAsBoolean())
                {
                    throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted while reading " +
                        source.qualifiedSymbol() + "; nothing was begun");
                }
                final long openNs = all.bar().openTimeNs();
                if (0 == bars++)
                {
                    firstOpenNs = openNs;
                    firstPrice = check.open();
                }
                else if (openNs - lastOpenNs > intervalNs)
                {
                    gaps++;
                    missing += (openNs - lastOpenNs) / intervalNs - 1;
                }
                lastOpenNs = openNs;
            }
        }
        return new BarFacts(bars, firstOpenNs, lastOpenNs, gaps, missing, check.priceDecimals(),
            check.volumeDecimals(), firstPrice, check.close());
    }
}
