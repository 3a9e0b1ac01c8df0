package org.lockstep.tools.run;

import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;
import org.lockstep.journal.JournalConfig;

/**
 * What a process is given besides its configuration. Users' processes have the defaults; a rehearsal is impatient, and
 * its time passes faster.
 *
 * @param keys              of accounts whose orders leave the process.
 * @param orderTimes        of their sessions.
 * @param feedTimes         of the market data.
 * @param clock             makes the process's clock, which begins no earlier than the time it is given, epoch ns.
 * @param journalBlockBytes how much of a journal's file is mapped at once, a power of two from 1 MiB.
 * @param inputs            what stands before the engine.
 * @param outputs           what stands before the order port.
 */
public record ProcessSettings(
    KeyRing keys,
    BinanceOrderConfig.Times orderTimes,
    BinanceFeedConfig.Times feedTimes,
    LongFunction<EpochNanoClock> clock,
    int journalBlockBytes,
    UnaryOperator<StateMachine> inputs,
    UnaryOperator<FrameHandler> outputs)
{
    /**
     * What users' processes have.
     *
     * @param keys of accounts whose orders leave the process.
     * @return the defaults.
     */
    public static ProcessSettings of(final KeyRing keys)
    {
        return new ProcessSettings(keys, BinanceOrderConfig.Times.defaults(), BinanceFeedConfig.Times.defaults(),
            SteadyEpochClock::notBefore, JournalConfig.DEFAULT_BLOCK_BYTES,
            UnaryOperator.identity(), UnaryOperator.identity());
    }
}
