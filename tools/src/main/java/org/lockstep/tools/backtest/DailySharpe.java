package org.lockstep.tools.backtest;

/**
 * The Sharpe ratio of daily returns, of a year of 365 days since these markets never close. With {@code E[0]} the
 * capital, {@code E[i]} the capital and profit at the end of UTC day i, and {@code r[i] = E[i] / E[i-1] - 1},
 * <pre>  sharpe = sqrt(365) * mean(r) / s(r),   s = sample standard deviation, n - 1 </pre>
 * The riskless rate is taken as 0. Days on which nothing was told count with a return of 0; the last day counts
 * although it may not be over. One thread.
 */
final class DailySharpe
{
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final double DAYS_PER_YEAR = 365;

    private final double capital;
    private double dayBegan;
    private double now;
    private long day = Long.MIN_VALUE;
    private long days;
    private double mean;
    private double squares;

    /**
     * Before the first day.
     *
     * @param capital to begin with, in any unit; 0 = unknown, then there is no ratio.
     */
    DailySharpe(final double capital)
    {
        this.capital = capital;
        dayBegan = capital;
        now = capital;
    }

    /**
     * A new value of profit.
     *
     * @param timeNs epoch ns, ascending; midnight belongs to the day that ends with it.
     * @param profit since the beginning, in the unit of the capital.
     */
    void onProfit(final long timeNs, final double profit)
    {
        final long today = Math.floorDiv(timeNs - 1, DAY_NS);
        if (Long.MIN_VALUE != day)
        {
            for (; day < today; day++)
            {
                endDay();
            }
        }
        day = today;
        now = capital + profit;
    }

    /** A year's, NaN when there are less than two days, no change, or nothing left to make returns on. */
    double ratio()
    {
        final double last = change();
        final long count = days + 1;
        final double deviation = last - mean;
        final double finalMean = mean + deviation / count;
        final double finalSquares = squares + deviation * (last - finalMean);
        return Long.MIN_VALUE == day || count < 2 || !(finalSquares > 0) ? Double.NaN :
            Math.sqrt(DAYS_PER_YEAR) * finalMean / Math.sqrt(finalSquares / (count - 1));
    }

    private void endDay()
    {
        final double change = change();
        days++;
        final double deviation = change - mean;
        mean += deviation / days;
        squares += deviation * (change - mean);
        dayBegan = now;
    }

    private double change()
    {
        return dayBegan > 0 ? now / dayBegan - 1 : Double.NaN;
    }
}
