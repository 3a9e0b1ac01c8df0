package org.lockstep.gateway.client.analysis;

import org.HdrHistogram.Histogram;

/**
 * How a bot does. Money is in the quote currency with 8 decimals.
 * <ul>
 * <li>equity: realised + unrealised profit - fees, 0 at the start; net PnL is its last value;</li>
 * <li>return, per cent: {@code 100 * net PnL / capital};</li>
 * <li>closed trade: an execution that made a position smaller; its result is the profit it realised, before fees;</li>
 * <li>win rate, per cent: closed trades with a result above zero, of all closed trades;</li>
 * <li>profit factor: sum of results above zero / -(sum of results below zero); none without a loss;</li>
 * <li>drawdown: highest equity so far - equity; the deepest one counts, in money and per cent of
 * {@code capital + highest equity};</li>
 * <li>Sharpe ratio: {@code sqrt(525,600) * mean / sample standard deviation} of the change of equity from one minute to
 * the next over the capital; minutes without a change count as 0; none before {@link #MIN_MINUTES} minutes or without
 * any change. The riskless rate is taken as 0;</li>
 * <li>latency: from asking for an order to its acknowledgement.</li>
 * </ul>
 * One thread.
 */
public final class Performance
{
    /** Minutes before a Sharpe ratio is told. */
    public static final int MIN_MINUTES = 30;

    private static final long NS_PER_MINUTE = 60_000_000_000L;
    private static final double MINUTES_PER_YEAR = 365.0 * 24 * 60;
    private static final double PER_CENT = 100;
    private static final int MAX_GAP_MINUTES = 30 * 24 * 60;
    private static final long MAX_LATENCY_NS = 3_600_000_000_000L;

    private final EquityCurve curve = new EquityCurve();
    private final Histogram latency = new Histogram(1, MAX_LATENCY_NS, 2);
    private long equity;
    private long peak;
    private long maxDrawdown;
    private double maxDrawdownPercent;
    private long capital;
    private long closed;
    private long wins;
    private double gains;
    private double losses;
    private long minute = Long.MIN_VALUE;
    private long minuteEquity;
    private long minutes;
    private double meanChange;
    private double squares;

    /**
     * Sets what returns are measured against.
     *
     * @param newCapital money, 8 decimals; 0 = unknown, then there are no returns.
     */
    public void capital(final long newCapital)
    {
        capital = newCapital;
    }

    /**
     * A new value of equity.
     *
     * @param timeNs    epoch ns, never before the last.
     * @param newEquity money, 8 decimals.
     */
    public void onEquity(final long timeNs, final long newEquity)
    {
        passTo(timeNs);
        equity = newEquity;
        peak = Math.max(peak, equity);
        final long drawdown = peak - equity;
        maxDrawdown = Math.max(maxDrawdown, drawdown);
        if (capital + peak > 0)
        {
            maxDrawdownPercent = Math.max(maxDrawdownPercent, PER_CENT * drawdown / (capital + peak));
        }
        curve.add(timeNs, equity);
    }

    /**
     * A position became smaller.
     *
     * @param result profit it realised, 8 decimals.
     */
    public void onClosed(final long result)
    {
        closed++;
        if (result > 0)
        {
            wins++;
            gains += result;
        }
        else
        {
            losses -= result;
        }
    }

    /**
     * An order was acknowledged.
     *
     * @param latencyNs since it was asked for.
     */
    public void onAcknowledged(final long latencyNs)
    {
        latency.recordValue(Math.max(0, Math.min(MAX_LATENCY_NS, latencyNs)));
    }

    /**
     * Time has passed; whole minutes without a change are part of the Sharpe ratio.
     *
     * @param timeNs epoch ns.
     */
    public void passTo(final long timeNs)
    {
        final long now = Math.floorDiv(timeNs, NS_PER_MINUTE);
        if (Long.MIN_VALUE == minute)
        {
            minute = now;
            minuteEquity = equity;
        }
        final int passed = (int)Math.min(MAX_GAP_MINUTES, now - minute);
        for (int i = 0; i < passed; i++)
        {
            onMinute(equity - minuteEquity);
            minuteEquity = equity;
        }
        minute = Math.max(minute, now);
    }

    private void onMinute(final long change)
    {
        minutes++;
        final double deviation = change - meanChange;
        meanChange += deviation / minutes;
        squares += deviation * (change - meanChange);
    }

    /** @return net profit, 8 decimals. */
    public long netPnl()
    {
        return equity;
    }

    /** @return what returns are measured against, 8 decimals; 0 = unknown. */
    public long capital()
    {
        return capital;
    }

    /** @return per cent of capital, NaN when that is unknown. */
    public double returnPercent()
    {
        return 0 == capital ? Double.NaN : PER_CENT * equity / capital;
    }

    /** @return executions that made a position smaller. */
    public long closedTrades()
    {
        return closed;
    }

    /** @return per cent, NaN before the first closed trade. */
    public double winRatePercent()
    {
        return 0 == closed ? Double.NaN : PER_CENT * wins / closed;
    }

    /** @return gains over losses, NaN without a loss. */
    public double profitFactor()
    {
        return 0 == losses ? Double.NaN : gains / losses;
    }

    /** @return from the highest equity down to now, 8 decimals. */
    public long drawdown()
    {
        return peak - equity;
    }

    /** @return deepest so far, 8 decimals. */
    public long maxDrawdown()
    {
        return maxDrawdown;
    }

    /** @return deepest so far, per cent of capital and highest equity. */
    public double maxDrawdownPercent()
    {
        return maxDrawdownPercent;
    }

    /** @return a year's, NaN when there is too little to tell. */
    public double sharpe()
    {
        if (minutes < MIN_MINUTES || squares <= 0)
        {
            return Double.NaN;
        }
        return Math.sqrt(MINUTES_PER_YEAR) * meanChange / Math.sqrt(squares / (minutes - 1));
    }

    /** @return nanoseconds from request to acknowledgement. */
    public Histogram latency()
    {
        return latency;
    }

    /** @return equity over time. */
    public EquityCurve curve()
    {
        return curve;
    }
}
