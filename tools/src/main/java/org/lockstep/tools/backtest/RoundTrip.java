package org.lockstep.tools.backtest;

import org.lockstep.engine.instrument.Instrument;

/**
 * A position from flat to flat.
 *
 * @param instrument it was in.
 * @param isLong     whether it was bought first.
 * @param openedNs   epoch ns of the first execution.
 * @param closedNs   epoch ns of the last.
 * @param quantity   that entered it in all, mantissa.
 * @param entryPrice average, quote currency.
 * @param exitPrice  average, quote currency.
 * @param fees       8 decimals.
 * @param result     profit after fees, 8 decimals.
 */
record RoundTrip(
    Instrument instrument,
    boolean isLong,
    long openedNs,
    long closedNs,
    long quantity,
    double entryPrice,
    double exitPrice,
    long fees,
    long result)
{
}
