package org.lockstep.tools.backtest;

import java.nio.file.Path;
import java.util.List;

/**
 * What a backtest is told besides the configuration, as typed.
 *
 * @param config       file of the configuration, which no result may overwrite, or null.
 * @param bars         {@code SYMBOL=FILE[,FILE...]}.
 * @param interval     length of a bar, or null to find out.
 * @param from         time from which bars count, or null.
 * @param to           time up to which they count, or null.
 * @param ticks        {@code SYMBOL=STEP} of prices.
 * @param lots         {@code SYMBOL=STEP} of quantities.
 * @param minNotionals {@code SYMBOL=AMOUNT} an order is worth at least.
 * @param directory    of the journal, or null for a new one.
 * @param trades       file for round trips, or null.
 * @param equity       file for the equity at each bar, or null.
 */
public record BacktestOptions(
    Path config,
    List<String> bars,
    String interval,
    String from,
    String to,
    List<String> ticks,
    List<String> lots,
    List<String> minNotionals,
    Path directory,
    Path trades,
    Path equity)
{
    /** Copies the lists. */
    public BacktestOptions
    {
        bars = List.copyOf(bars);
        ticks = List.copyOf(ticks);
        lots = List.copyOf(lots);
        minNotionals = List.copyOf(minNotionals);
    }
}
