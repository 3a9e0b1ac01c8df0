package org.lockstep.tools.backtest;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Which column of a file holds what. Times are those at which bars open.
 *
 * @param time      column, from 0.
 * @param open      column.
 * @param high      column.
 * @param low       column.
 * @param close     column.
 * @param volume    column, base currency.
 * @param closeTime column of the last time of a bar, -1 = there is none.
 * @param count     column of the number of trades, -1 = there is none.
 * @param width     columns of every line.
 */
record BarLayout(int time, int open, int high, int low, int close, int volume, int closeTime, int count, int width)
{
    private static final List<String> TIMES = List.of(
        "time", "timestamp", "date", "datetime", "open_time", "opentime", "open time", "open_timestamp");
    private static final List<String> COUNTS = List.of(
        "count", "trades", "number_of_trades", "numberoftrades", "number of trades", "trade_count", "tradecount");
    private static final List<String> CLOSE_TIMES = List.of("close_time", "closetime", "close time", "close_timestamp");
    private static final String ALLOWED = "a line that names the columns time (or timestamp, date, open_time), open, " +
        "high, low, close and volume, or an exchange's file without one: open time, open, high, low, close, volume, " +
        "close time, quote volume, number of trades, ...";
    private static final int LEAST_WIDTH = 6;
    private static final int EXCHANGE_CLOSE_TIME = 6;
    private static final int EXCHANGE_COUNT = 8;

    /** Columns by their names, or by the order in which the exchange writes them when the first line has none. */
    static BarLayout of(final Path file, final long line, final List<String> first)
    {
        return BarTimes.isNumber(first.get(0)) || BarTimes.NONE != BarTimes.parseNs(first.get(0)) ?
            unnamed(file, line, first) : named(file, line, first);
    }

    /** Whether the first line holds names rather than a bar. */
    static boolean isNamed(final List<String> first)
    {
        return BarTimes.NONE == BarTimes.parseNs(first.get(0));
    }

    private static BarLayout unnamed(final Path file, final long line, final List<String> first)
    {
        if (first.size() < LEAST_WIDTH)
        {
            throw BadBars.at(file, line, columns(first.size()) + " and no names for them", ALLOWED);
        }
        final boolean isWhole = first.size() > EXCHANGE_COUNT;
        return new BarLayout(
            0, 1, 2, 3, 4, 5, isWhole ? EXCHANGE_CLOSE_TIME : -1, isWhole ? EXCHANGE_COUNT : -1, first.size());
    }

    private static BarLayout named(final Path file, final long line, final List<String> first)
    {
        final List<String> names = first.stream().map(name -> name.trim().toLowerCase(Locale.ROOT)).toList();
        final int time = indexOf(names, TIMES);
        final int[] prices = new int[5];
        final String[] wanted = {"open", "high", "low", "close", "volume"};
        for (int i = 0; i < wanted.length; i++)
        {
            prices[i] = names.indexOf(wanted[i]);
            if (prices[i] < 0)
            {
                throw BadBars.at(file, line, "no column '" + wanted[i] + "'", ALLOWED);
            }
        }
        if (time < 0)
        {
            throw BadBars.at(file, line, "no column of times", ALLOWED);
        }
        return new BarLayout(time, prices[0], prices[1], prices[2], prices[3], prices[4], indexOf(names, CLOSE_TIMES),
            indexOf(names, COUNTS), names.size());
    }

    private static int indexOf(final List<String> names, final List<String> wanted)
    {
        return wanted.stream().mapToInt(names::indexOf).filter(index -> index >= 0).findFirst().orElse(-1);
    }

    static String columns(final int count)
    {
        return count + (1 == count ? " column" : " columns");
    }
}
