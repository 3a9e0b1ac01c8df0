package org.lockstep.tools.backtest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.pipeline.EngineProcessor;
import org.lockstep.engine.pipeline.InputRing;
import org.lockstep.engine.pipeline.PipelineMeter;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.RollPeriod;
import org.lockstep.journal.write.Journal;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.CommandWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine with its journal, driven by the time of bars instead of a clock: the very pipeline of a live run, on one
 * thread. Between bars time stops at each deadline of the engine's, so that a paper order reaches its venue when its
 * latency has passed, not with the next bar. One thread.
 */
final class BacktestEngine implements AutoCloseable
{
    /** Stops between two bars, at most; what is due after so many waits for the bar, as in a market without ticks. */
    static final int MAX_STOPS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(BacktestEngine.class);
    private static final int RING_CAPACITY = 1_024;
    private static final long EPOCH = 1;
    private static final String JOURNAL_PACKAGE = "org.lockstep.journal.";
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Engine engine = new Engine();
    private final Path directory;
    private final Journal journal;
    private final EngineProcessor processor;
    private final PipelineMeter meter;
    private final CommandWriter commands;
    private final BarFrames frames;
    private long timeNs;
    private long crowdedBars;
    private boolean isJournalLost;
    private long emptyBars;

    private BacktestEngine(
        final Path directory,
        final Journal journal,
        final BarInterval interval,
        final long startNs,
        final FrameHandler outputs)
    {
        this.directory = directory;
        this.journal = journal;
        timeNs = startNs;
        final InputRing ring = new InputRing(RING_CAPACITY);
        meter = new PipelineMeter(ring, this::onHalt);
        processor = new EngineProcessor(ring, engine, journal.appender(), outputs, null, this::timeNs, meter,
            EngineProcessor.DEFAULT_MAX_BATCH);
        commands = new CommandWriter(ring, this::timeNs);
        frames = new BarFrames(ring, interval);
        engine.faultListener((bot, callback, fault) -> LOG.warn("bot {} failed in {}", bot, callback, fault));
    }

    /**
     * Begins a journal.
     *
     * @param directory of it, without one so far.
     * @param interval  of all bars.
     * @param startNs   epoch ns of the first event.
     * @param outputs   gets what the engine decides, once it is journaled.
     */
    static BacktestEngine open(
        final Path directory, final BarInterval interval, final long startNs, final FrameHandler outputs)
    {
        final Journal journal = Journal.open(
            JournalConfig.of(directory).withRollPeriod(RollPeriod.DAY).withPreTouch(false));
        return new BacktestEngine(directory, journal, interval, startNs, outputs);
    }

    /** Begins the session, defines instruments, accounts and bots, and starts the bots. */
    void begin(
        final LockstepConfig config,
        final String build,
        final List<BacktestInstrument> instruments,
        final List<LockstepConfig.Bot> bots)
    {
        // Figures of bots stand still between bars: a hash of the state each second would be most of the journal.
        commands.sessionStarted(EPOCH, config.engine().seed(), Math.max(DAY_NS, config.engine().stateHashIntervalNs()),
            0, build);
        for (final BacktestInstrument wanted : instruments)
        {
            frames.instrument(wanted.instrument(), timeNs);
            run();
        }
        for (final LockstepConfig.Account account : config.accounts())
        {
            if (bots.stream().anyMatch(bot -> bot.account().equals(account.name())))
            {
                commands.account(account);
                run();
            }
        }
        for (final LockstepConfig.Bot bot : bots)
        {
            commands.bot(bot);
            commands.command(CommandAction.START_BOT, bot.name(), Map.of());
            run();
            final Bot started = engine.bots().byName(bot.name());
            if (null == started || BotState.RUNNING != started.state())
            {
                throw new CommandFailure(ExitCode.FAILED, "bot '" + bot.name() + "' does not start" +
                    (null == started || started.reason().isEmpty() ? "" : ": " + started.reason()) +
                    "; 'lockstep config check' tells more of its configuration");
            }
        }
    }

    /** Lets time pass to just before a bar ends: what falls due meanwhile happens at its own time. */
    void passTo(final long newTimeNs)
    {
        int stops = 0;
        for (long dueNs = engine.nextDeadlineNs(); dueNs < newTimeNs; dueNs = engine.nextDeadlineNs())
        {
            if (MAX_STOPS == stops++)
            {
                crowdedBars++;
                break;
            }
            timeNs = Math.max(timeNs, dueNs);
            run();
        }
        timeNs = Math.max(timeNs, newTimeNs);
    }

    /** Runs a bar; time has passed to its end. */
    void onBar(final BarCursor bar, final boolean hasMore)
    {
        emptyBars += 0 == bar.volume() ? 1 : 0;
        frames.bar(bar, hasMore);
        run();
    }

    /** Ends the session: bots stop and cancel, and what that causes happens. */
    void end(final String reason, final long graceNs)
    {
        commands.sessionStopping(reason);
        run();
        passTo(timeNs + graceNs);
    }

    Engine engine()
    {
        return engine;
    }

    PipelineMeter meter()
    {
        return meter;
    }

    /** Bars before which more fell due than time was stopped for. */
    long crowdedBars()
    {
        return crowdedBars;
    }

    /** Bars without volume. */
    long emptyBars()
    {
        return emptyBars;
    }

    /** Bars that the engine found wrong or late; there should be none, since all are looked at before. */
    long barsLeftOut()
    {
        long count = 0;
        for (int id = 0; id < engine.instruments().count(); id++)
        {
            final Market market = engine.markets().find(id);
            count += market.badBarCount() + market.lateBarCount();
        }
        return count;
    }

    long journalBytes()
    {
        return journal.bytesWritten();
    }

    @Override
    public void close()
    {
        journal.close();
    }

    private long timeNs()
    {
        return timeNs;
    }

    /** A journal that cannot be written is no fault of the engine's: a message says it, no stack. */
    private void onHalt(final Throwable cause)
    {
        isJournalLost = isOfJournal(cause);
        if (!isJournalLost)
        {
            LOG.error("engine", cause);
        }
    }

    /** Whether something failed in the journal, not in the engine. */
    static boolean isOfJournal(final Throwable cause)
    {
        return Arrays.stream(cause.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith(JOURNAL_PACKAGE));
    }

    private void run()
    {
        while (processor.poll() > 0)
        {
            Thread.onSpinWait();
        }
        if (meter.isHalted())
        {
            if (isJournalLost)
            {
                throw new CommandFailure(ExitCode.FAILED, "the journal in " + directory + " cannot be written, at " +
                    BarTimes.text(timeNs) + ": " + meter.haltReason() + "; it is cut off there: give the disk room " +
                    "and begin anew, --dir names another directory");
            }
            throw new CommandFailure(ExitCode.FAILED, "the engine halted at " + BarTimes.text(timeNs) + ": " +
                meter.haltReason() + "; the journal has everything up to there ('lockstep dump' shows it)");
        }
    }
}
