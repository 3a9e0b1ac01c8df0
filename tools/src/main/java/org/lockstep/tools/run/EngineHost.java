package org.lockstep.tools.run;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.pipeline.EngineProcessor;
import org.lockstep.engine.pipeline.EngineRunner;
import org.lockstep.engine.pipeline.FrameBroadcast;
import org.lockstep.engine.pipeline.InputRing;
import org.lockstep.engine.pipeline.PipelineMeter;
import org.lockstep.engine.pipeline.PipelineStats;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.engine.position.Ledger;
import org.lockstep.journal.Durability;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.RollPeriod;
import org.lockstep.journal.replay.Recovery;
import org.lockstep.journal.replay.RecoveryResult;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.journal.write.Journal;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.host.PinnedRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Journal, engine and pipeline of one process: opens and recovers, runs, drains and closes. Knows no venue, no client.
 * Threading: composed and closed by the main thread; the engine then runs where the thread plan says.
 */
final class EngineHost implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(EngineHost.class);
    private static final String SESSION_STOPPING = "session stopping";
    private static final int DOCUMENTS_PER_BLOCK = 64;
    private static final long DRAIN_NS = 10_000_000_000L;

    private final Journal journal;
    private final Engine engine;
    private final RecoveryResult recovery;
    private final InputRing ring;
    private final FrameBroadcast broadcast;
    private final PipelineMeter meter;
    private final EngineRunner runner;
    private final ThreadPlan plan;
    private final ThreadPinning pinning;
    private final OutputTally tally;
    private final StopProgress stopProgress;
    private final Notices notices = new Notices();
    private final OrderPort port;
    private final EpochNanoClock clock;
    private final long bytesBefore;
    private final long epoch;
    private final long journalId;
    private boolean started;
    private boolean stopped;

    private EngineHost(
        final Journal journal,
        final Engine engine,
        final RecoveryResult recovery,
        final long epoch,
        final long journalId,
        final LockstepConfig.Engine config,
        final Consumer<Throwable> onHalt,
        final ProcessSettings settings,
        final ThreadPinning pinning)
    {
        this.pinning = pinning;
        this.journal = journal;
        this.engine = engine;
        this.recovery = recovery;
        this.epoch = epoch;
        this.journalId = journalId;
        clock = settings.clock().apply(engine.timeNs());
        bytesBefore = journal.bytesWritten();
        ring = new InputRing(config.ringCapacity());
        broadcast = new FrameBroadcast(FrameBroadcast.DEFAULT_LENGTH);
        meter = new PipelineMeter(ring, onHalt);
        tally = new OutputTally();
        for (int id = 0; id < engine.bots().count(); id++)
        {
            final Ledger ledger = engine.bots().find(id).risk().holdings().ledger();
            tally.before(id, ledger.realisedPnl() + ledger.unrealisedPnl() - ledger.fees(), ledger.fees(),
                ledger.fillCount());
        }
        stopProgress = new StopProgress(engine.orders());
        port = new OrderPort(tally, notices);
        plan = pinning.plan();
        final EngineProcessor processor = new EngineProcessor(
            ring, settings.inputs().apply(new WatchedEngine(engine, this::watchInput, stopProgress)),
            journal.appender(), settings.outputs().apply(port), broadcast, clock, meter, config.maxBatch());
        runner = new EngineRunner(plan, processor, ring, ex -> LOG.error("engine thread", ex),
            () -> pinning.pin(PinnedRole.ENGINE));
    }

    /**
     * Opens the journal and recovers the engine from it.
     *
     * @param config   validated.
     * @param progress told how far the replay has come.
     * @param onHalt   told when the engine halts over a fault, on the engine thread.
     * @param settings besides the configuration.
     * @return a host whose engine is not started yet.
     */
    static EngineHost open(
        final LockstepConfig config,
        final ReplayProgress progress,
        final Consumer<Throwable> onHalt,
        final ProcessSettings settings) throws IOException
    {
        final ThreadPinning pinning = ThreadPinning.of(config.engine());
        Files.createDirectories(config.journal().directory());
        final Journal journal = Journal.open(journalConfig(config.journal())
            .withBlockSize(settings.journalBlockBytes(), settings.journalBlockBytes() / DOCUMENTS_PER_BLOCK));
        try
        {
            MarketOrigin.claim(config.journal().directory(), journal.lastSequence() < 0,
                () -> JournalOrders.areIn(journal), config.venues());
            final Engine engine = new Engine();
            final RecoveryResult recovery = Recovery.run(journal, engine, progress, (buffer, offset, length) ->
            {
                // Nobody outside has seen them. Paper orders live in the engine; orders of other accounts are found
                // missing by the first reconciliation, and are not sent late.
            });
            engine.faultListener((botName, callback, fault) ->
                LOG.warn("bot {} failed in {}", botName, callback, fault));
            final long epoch = SessionEpoch.next(config.journal().directory(), recovery.nextEpoch());
            final long journalId = JournalId.of(config.journal().directory(), engine.journalId());
            return new EngineHost(
                journal, engine, recovery, epoch, journalId, config.engine(), onHalt, settings, pinning);
        }
        catch (final IOException | RuntimeException ex)
        {
            CloseHelper.quietClose(journal);
            throw ex;
        }
    }

    static JournalConfig journalConfig(final LockstepConfig.Journal config)
    {
        final Durability durability = switch (config.durability())
        {
            case LockstepConfig.FSYNC_BATCH -> Durability.FSYNC_BATCH;
            case LockstepConfig.FSYNC_EVERY -> Durability.FSYNC_EVERY;
            default -> Durability.PAGE_CACHE;
        };
        final RollPeriod roll = switch (config.rollPeriod())
        {
            case "five-minutes" -> RollPeriod.FIVE_MINUTES;
            case "day" -> RollPeriod.DAY;
            default -> RollPeriod.HOUR;
        };
        return JournalConfig.of(config.directory())
            .withRollPeriod(roll)
            .withPreTouch(config.preTouch())
            .withDurability(durability, Duration.ofNanos(config.fsyncIntervalNs()));
    }

    void start()
    {
        pinning.warnings().forEach(warning -> LOG.warn("thread plan: {}", warning));
        started = true;
        runner.start();
    }

    /** Whether anything that is published is run; if not, nothing of this run is in the journal. */
    boolean isStarted()
    {
        return started;
    }

    /** Lets everything published so far run, then stops the engine's thread. */
    void stop()
    {
        if (!stopped)
        {
            stopped = true;
            if (started && !meter.isHalted() && !runner.awaitDrained(DRAIN_NS, meter::isHalted))
            {
                LOG.warn("the engine did not drain within {} s; what is left in the ring is not run",
                    DRAIN_NS / 1_000_000_000L);
            }
            runner.close();
        }
    }

    /** Stops the engine's thread where it stands; what is left in the ring is not run. */
    void abandon()
    {
        stopped = true;
        runner.close();
    }

    @Override
    public void close()
    {
        stop();
        journal.close();
    }

    /** Hands the engine's requests on. Before {@link #start()}. */
    void routeTo(final FrameHandler router)
    {
        port.routeTo(router);
    }

    FramePublisher publisher()
    {
        return ring;
    }

    FrameBroadcast broadcast()
    {
        return broadcast;
    }

    PipelineStats stats()
    {
        return meter;
    }

    EngineRunner runner()
    {
        return runner;
    }

    ThreadPlan plan()
    {
        return plan;
    }

    ThreadPinning pinning()
    {
        return pinning;
    }

    Engine engine()
    {
        return engine;
    }

    Journal journal()
    {
        return journal;
    }

    RecoveryResult recovery()
    {
        return recovery;
    }

    /** Whether the journal held an earlier run. */
    boolean isResumed()
    {
        return recovery.nextSequence() > 0;
    }

    /** Number of the session about to begin. */
    long epoch()
    {
        return epoch;
    }

    /** What tells the orders of this journal from those of others on one account. */
    long journalId()
    {
        return journalId;
    }

    StopProgress stopProgress()
    {
        return stopProgress;
    }

    OutputTally tally()
    {
        return tally;
    }

    Notices notices()
    {
        return notices;
    }

    EpochNanoClock clock()
    {
        return clock;
    }

    /** State of a bot as the journal left it, null when it knew none of that name. Only before {@link #start()}. */
    BotState recoveredState(final String bot)
    {
        final Bot recovered = engine.bots().byName(bot);
        return null == recovered ? null : recovered.state();
    }

    /** Whether a bot stands still only because the process was stopped as planned. Only before {@link #start()}. */
    boolean stoppedWithSession(final String bot)
    {
        final Bot recovered = engine.bots().byName(bot);
        return null != recovered && BotState.STOPPED == recovered.state() &&
            SESSION_STOPPING.equals(recovered.reason());
    }

    private void watchInput(final DirectBuffer buffer, final int offset, final int length)
    {
        tally.onFrame(buffer, offset, length);
        notices.onInput(buffer, offset, length);
    }

    /** Bytes this run added to the journal's files. */
    long journalBytes()
    {
        return journal.bytesWritten() - bytesBefore;
    }
}
