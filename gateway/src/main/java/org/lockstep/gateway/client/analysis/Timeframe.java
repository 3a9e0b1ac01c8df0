package org.lockstep.gateway.client.analysis;

/**
 * What the bars of one instrument and interval tell, from their closing prices {@code c[0] .. c[n]}, oldest first, the
 * open bar last.
 * <ul>
 * <li>momentum, per cent: {@code 100 * (c[n] / c[0] - 1)};</li>
 * <li>volatility, per cent a bar: 100 times the sample standard deviation (n - 1) of {@code ln(c[i] / c[i-1])};</li>
 * <li>trend strength, -1 to 1: {@code (c[n] - c[0]) / sum |c[i] - c[i-1]|}, Kaufman's efficiency ratio with the sign of
 * the move: 1 rises without a step back, 0 goes nowhere.</li>
 * </ul>
 *
 * @param interval   name, such as {@code 5m}.
 * @param bars       that were looked at, from 2 to {@link #MAX_BARS}.
 * @param momentum   per cent.
 * @param volatility per cent a bar.
 * @param trend      -1 to 1.
 */
public record Timeframe(String interval, int bars, double momentum, double volatility, double trend)
{
    /** Bars looked at, at most: the newest. */
    public static final int MAX_BARS = 21;
    private static final double PER_CENT = 100;

    /**
     * Computes.
     *
     * @param interval name.
     * @param closes   prices above zero, oldest first; the last {@link #MAX_BARS} count.
     * @return the figures, or null when there are fewer than two prices.
     */
    public static Timeframe of(final String interval, final double[] closes)
    {
        final int count = Math.min(closes.length, MAX_BARS);
        if (count < 2)
        {
            return null;
        }
        final int first = closes.length - count;
        final int last = closes.length - 1;
        double path = 0;
        double sum = 0;
        for (int i = first + 1; i <= last; i++)
        {
            path += Math.abs(closes[i] - closes[i - 1]);
            sum += Math.log(closes[i] / closes[i - 1]);
        }
        final int returns = count - 1;
        final double mean = sum / returns;
        double squares = 0;
        for (int i = first + 1; i <= last; i++)
        {
            final double deviation = Math.log(closes[i] / closes[i - 1]) - mean;
            squares += deviation * deviation;
        }
        final double volatility = returns < 2 ? 0 : Math.sqrt(squares / (returns - 1));
        final double move = closes[last] - closes[first];
        return new Timeframe(interval, count, PER_CENT * move / closes[first], PER_CENT * volatility,
            0 == path ? 0 : move / path);
    }

    /** @return 1 = rises, -1 = falls, 0 = stands still. */
    public int direction()
    {
        return (int)Math.signum(momentum);
    }
}
