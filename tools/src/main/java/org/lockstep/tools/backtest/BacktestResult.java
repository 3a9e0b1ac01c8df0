package org.lockstep.tools.backtest;

import java.nio.file.Path;
import java.util.List;

/**
 * What a backtest came to.
 *
 * @param plan          that was run, its bars as far as they were.
 * @param wantedBars    that would have been run, had nobody ended it.
 * @param records       by bot.
 * @param total         of all bots.
 * @param capital       of their accounts, 8 decimals.
 * @param heard         refusals and alerts.
 * @param bars          that were run.
 * @param endNs         epoch ns, when the last of them ended.
 * @param seconds       they took.
 * @param inputs        frames that came in.
 * @param outputs       frames they caused.
 * @param lastSequence  of the journal.
 * @param stateHash     of the engine at the end.
 * @param directory     of the journal.
 * @param journalBytes  in it.
 * @param barsLeftOut   by the engine.
 * @param crowdedBars   before which more fell due than time was stopped for.
 * @param emptyBars     without volume.
 * @param isInterrupted whether it was ended before the last bar.
 */
record BacktestResult(
    BacktestPlan plan,
    long wantedBars,
    List<BotRecord> records,
    BacktestFigures total,
    long capital,
    BacktestRecorder heard,
    long bars,
    long endNs,
    double seconds,
    long inputs,
    long outputs,
    long lastSequence,
    long stateHash,
    Path directory,
    long journalBytes,
    long barsLeftOut,
    long crowdedBars,
    long emptyBars,
    boolean isInterrupted)
{
    long eventsPerSecond()
    {
        return seconds > 0 ? Math.round((inputs + outputs) / seconds) : 0;
    }
}
