package org.lockstep.tools.simulator.market;

/**
 * Prices of the past as a pure function of seed and time, so that bars of any age need not be stored.
 * Several octaves of smooth noise added in log space; it ends in the price at which the live market starts.
 * Immutable, any thread.
 */
final class PriceHistory
{
    private static final long MINUTE_MS = 60_000;
    private static final double[] PERIOD_MINUTES = {3, 11, 47, 210, 950, 4_100, 19_000, 86_000};
    private static final double AMPLITUDE = 0.0011;
    private static final double NOTIONAL_PER_MINUTE = 3_000_000;
    private static final double NOTIONAL_PER_TRADE = 1_100;

    private final long seed;
    private final long endMs;
    private final double endPriceE8;
    private final double endLog;
    private final long tickE8;
    private final long stepE8;
    private final double notionalPerMinute;

    PriceHistory(final long seed, final MarketSymbol symbol, final long endMs, final double quotePrice)
    {
        this.seed = seed;
        this.endMs = endMs;
        this.endPriceE8 = symbol.priceE8();
        this.tickE8 = symbol.tickE8();
        this.stepE8 = symbol.stepE8();
        this.notionalPerMinute = NOTIONAL_PER_MINUTE * symbol.weight() / quotePrice;
        this.endLog = log(endMs);
    }

    /** First minute that has bars: about three years before the end, at midnight. */
    long startMs()
    {
        return (endMs / 86_400_000 - 1_100) * 86_400_000;
    }

    long endMs()
    {
        return endMs;
    }

    long priceE8(final long timeMs)
    {
        final double price = endPriceE8 * StrictMath.exp(log(timeMs) - endLog);
        return Math.max(1, Math.round(price / tickE8)) * tickE8;
    }

    /** The part of a minute that lies before the end. */
    void minute(final long openTimeMs, final Bar bar)
    {
        final long endTimeMs = Math.min(openTimeMs + MINUTE_MS, endMs);
        fill(openTimeMs, endTimeMs, bar, openTimeMs / MINUTE_MS);
    }

    void second(final long openTimeMs, final Bar bar)
    {
        fill(openTimeMs, Math.min(openTimeMs + 1_000, endMs), bar, ~(openTimeMs / 1_000));
    }

    private void fill(final long fromMs, final long toMs, final Bar bar, final long key)
    {
        final double share = (toMs - fromMs) / (double)MINUTE_MS;
        final long open = priceE8(fromMs);
        final long close = priceE8(toMs);
        final double wick = 0.0006 * Math.sqrt(share) * open;
        final Bar part = new Bar();
        part.open = open;
        part.close = close;
        part.high = Math.max(open, close) + up(wick * SeededRandom.hash(seed + 1, key));
        part.low = Math.max(tickE8, Math.min(open, close) - up(wick * SeededRandom.hash(seed + 2, key)));
        final double mood = SeededRandom.hash(seed + 3, key);
        final double notional = notionalPerMinute * share * (0.25 + 3.0 * mood * mood);
        final long lots = Math.max(1, Math.round(notional / (open * 1e-8) / (stepE8 * 1e-8)));
        final long bought = Math.round(lots * (0.35 + 0.3 * SeededRandom.hash(seed + 4, key)));
        final long average = (open / 4 + close / 4 + part.high / 4 + part.low / 4) / tickE8 * tickE8;
        part.volume = lots * stepE8;
        part.quoteVolume = E8.multiply(part.volume, average);
        part.takerVolume = bought * stepE8;
        part.takerQuoteVolume = E8.multiply(part.takerVolume, average);
        part.count = Math.max(1, Math.round(notional / NOTIONAL_PER_TRADE));
        bar.merge(part);
    }

    private long up(final double amountE8)
    {
        return Math.round(amountE8 / tickE8) * tickE8;
    }

    private double log(final long timeMs)
    {
        final double minutes = timeMs / (double)MINUTE_MS;
        double sum = 0;
        for (int i = 0; i < PERIOD_MINUTES.length; i++)
        {
            final double position = minutes / PERIOD_MINUTES[i];
            final long cell = (long)position;
            final double within = position - cell;
            final double blend = within * within * (3 - 2 * within);
            final double left = SeededRandom.hash(seed + 100 + i, cell);
            final double right = SeededRandom.hash(seed + 100 + i, cell + 1);
            sum += Math.sqrt(PERIOD_MINUTES[i]) * (left + (right - left) * blend - 0.5);
        }
        return AMPLITUDE * sum;
    }
}
