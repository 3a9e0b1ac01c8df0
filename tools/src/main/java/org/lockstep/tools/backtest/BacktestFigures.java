package org.lockstep.tools.backtest;

import org.lockstep.gateway.client.analysis.Performance;

/**
 * How one bot does, or all together: return, win rate, profit factor and drawdown as {@link Performance} reckons them
 * for the page, but by round trips after fees, where the page has closing executions before fees, and with equity at
 * each bar's close; besides, daily Sharpe ratio and time in the market. One thread.
 */
final class BacktestFigures
{
    private static final double PER_CENT = 100;

    private final Performance performance = new Performance();
    private final DailySharpe sharpe;
    private long trips;
    private long bars;
    private long barsInMarket;

    /**
     * Nothing has happened yet.
     *
     * @param capital 8 decimals.
     */
    BacktestFigures(final long capital)
    {
        performance.capital(capital);
        sharpe = new DailySharpe(capital);
    }

    /**
     * A bar closed.
     *
     * @param timeNs     epoch ns, not before the last.
     * @param equity     realised + unrealised profit - fees, 8 decimals.
     * @param isInMarket whether a position is open.
     */
    void onBar(final long timeNs, final long equity, final boolean isInMarket)
    {
        performance.onEquity(timeNs, equity);
        sharpe.onProfit(timeNs, equity);
        bars++;
        barsInMarket += isInMarket ? 1 : 0;
    }

    /**
     * Something changed after the last bar had closed, such as the fill of an order that it caused: it counts as equity
     * but is no bar.
     *
     * @param timeNs epoch ns, not before the last.
     * @param equity realised + unrealised profit - fees, 8 decimals.
     */
    void onEnd(final long timeNs, final long equity)
    {
        performance.onEquity(timeNs, equity);
        sharpe.onProfit(timeNs, equity);
    }

    void onTrip(final RoundTrip trip)
    {
        trips++;
        performance.onClosed(trip.result());
    }

    long trips()
    {
        return trips;
    }

    /** Return, win rate, profit factor and drawdown. */
    Performance performance()
    {
        return performance;
    }

    /** A year's, NaN when there is too little to tell. */
    double sharpe()
    {
        return sharpe.ratio();
    }

    /** Per cent of bars at whose close a position was open, NaN without bars. */
    double inMarketPercent()
    {
        return 0 == bars ? Double.NaN : PER_CENT * barsInMarket / bars;
    }
}
