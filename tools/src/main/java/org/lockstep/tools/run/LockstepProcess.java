package org.lockstep.tools.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.lockstep.engine.Engine;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.NtpConfig;
import org.lockstep.gateway.venue.NtpSync;
import org.lockstep.gateway.venue.OrderSession;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.journal.replay.RecoveryResult;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.LockstepConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole running Lockstep: journal, engine, feeds and client gateway, started in order and stopped in the order that
 * ARCHITECTURE.md gives. Threading: the main thread.
 */
public final class LockstepProcess implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(LockstepProcess.class);
    private static final long WAIT_NS = 500_000L;
    private static final long STOP_NS = 5_000_000_000L;

    private final LockstepConfig config;
    private final String build;
    private final EngineHost host;
    private final CommandWriter commands;
    private final Feeds feeds;
    private final OrderEntry orders;
    private final GatewayHost gateway;
    private final NtpSync ntp;
    private long startNs = System.nanoTime();
    private NoticeBoard board;
    private final Set<String> startsNow = new HashSet<>();
    private RunSummary summary;

    private LockstepProcess(
        final LockstepConfig config,
        final String build,
        final EngineHost host,
        final ProcessSettings settings)
    {
        this.config = config;
        this.build = build;
        this.host = host;
        commands = new CommandWriter(host.publisher(), host.clock());
        feeds = new Feeds(config, host, settings.feedTimes());
        try
        {
            orders = new OrderEntry(config, settings.keys(), host, feeds, settings.orderTimes());
        }
        catch (final RuntimeException ex)
        {
            feeds.closeLoop();
            throw ex;
        }
        feeds.afterEngine(orders::flush);
        ntp = ntp(config.ntp(), host);
        board = new NoticeBoard(host.notices(), host.tally()::botName, (isCritical, text) -> { });
        gateway = null == config.gateway() ? null : new GatewayHost(config, build, host, feeds, orders);
    }

    /**
     * Opens the journal, replays it, and composes everything; nothing runs yet.
     *
     * @param config   validated.
     * @param build    version of the software.
     * @param progress told how far the replay has come.
     * @param onHalt   told when the engine halts over a fault; must not block.
     * @return the process, to be started.
     * @throws IOException if the journal directory cannot be used.
     */
    public static LockstepProcess open(
        final LockstepConfig config,
        final String build,
        final ReplayProgress progress,
        final Consumer<Throwable> onHalt) throws IOException
    {
        return open(config, build, progress, onHalt, ProcessSettings.of(LockstepProcess::noKey));
    }

    /**
     * Opens the journal, replays it, and composes everything; nothing runs yet.
     *
     * @param config   validated.
     * @param build    version of the software.
     * @param progress told how far the replay has come.
     * @param onHalt   told when the engine halts over a fault; must not block.
     * @param settings besides the configuration.
     * @return the process, to be started.
     * @throws IOException if the journal directory cannot be used.
     */
    public static LockstepProcess open(
        final LockstepConfig config,
        final String build,
        final ReplayProgress progress,
        final Consumer<Throwable> onHalt,
        final ProcessSettings settings) throws IOException
    {
        final EngineHost host = EngineHost.open(config, progress, onHalt, settings);
        try
        {
            return new LockstepProcess(config, build, host, settings);
        }
        catch (final RuntimeException ex)
        {
            host.close();
            throw ex;
        }
    }

    /**
     * Starts everything: the engine, the session, the gateway, the bots, the feeds, the accounts. What keeps the
     * gateway from serving is found before anything is journaled.
     *
     * @throws IOException if a port cannot be bound, or a file of the gateway's not be used.
     */
    public void start() throws IOException
    {
        startNs = System.nanoTime();
        if (null != gateway)
        {
            gateway.prepare();
        }
        decideStarts();
        host.start();
        feeds.startLoop();
        final LockstepConfig.Engine engine = config.engine();
        commands.sessionStarted(
            host.epoch(), engine.seed(), engine.stateHashIntervalNs(), host.journalId(), build);
        if (null != gateway)
        {
            gateway.start();
        }
        define();
        if (null != ntp)
        {
            ntp.start();
        }
        feeds.start();
        orders.start(feeds.live());
    }

    /**
     * Waits until every feed and every account is live.
     *
     * @param timeoutMs how long.
     * @return null when all are, else what is missing; the feeds go on trying.
     */
    public String awaitLive(final long timeoutMs)
    {
        try
        {
            feeds.live().get(timeoutMs, TimeUnit.MILLISECONDS);
            orders.live().get(timeoutMs, TimeUnit.MILLISECONDS);
            return null;
        }
        catch (final TimeoutException ex)
        {
            return "not live yet: " + sessionStates();
        }
        catch (final ExecutionException ex)
        {
            return (feeds.live().isCompletedExceptionally() ? "the feed failed: " : "an account was refused: ") +
                ex.getCause().getMessage();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** @return whether a feed or an account has given up: the venue refused what is configured. */
    public boolean isFeedFailed()
    {
        return feeds.live().isCompletedExceptionally() || orders.live().isCompletedExceptionally();
    }

    /** @return what the journal held when it was opened. */
    public RecoveryResult recovery()
    {
        return host.recovery();
    }

    /** @return the thread plan, why, and what is pinned, by name. */
    Map<String, Object> threads()
    {
        return host.pinning().json();
    }

    /** @return the thread plan and why. */
    public String threadPlan()
    {
        return host.pinning().toString();
    }

    /** @return address of the gateway, or null. */
    public String url()
    {
        return null == gateway ? null : gateway.url();
    }

    /**
     * Mints a token for this process's own gateway.
     *
     * @return an admin's token, or null when there is no gateway or it takes foreign tokens only.
     */
    public String adminToken()
    {
        return null == gateway ? null : gateway.adminToken();
    }

    /** @return a text that names this run; clients resume by it. */
    public String epoch()
    {
        return null == gateway ? Long.toString(host.epoch()) : gateway.epoch();
    }

    /** @return messages received by all feeds so far. */
    public long received()
    {
        return feeds.received();
    }

    /** @return messages decoded by all feeds so far. */
    public long decoded()
    {
        return feeds.counters().values().stream().mapToLong(FeedCounters::decoded).sum();
    }

    /** @return inputs run by the engine so far. */
    public long inputs()
    {
        return host.stats().inputs();
    }

    /** Says where alerts and differences from the venues' books are shown; before {@link #start()}. */
    void showNotices(final NoticeBoard.Lines lines)
    {
        board = new NoticeBoard(host.notices(), host.tally()::botName, lines);
    }

    /** Shows what there is to be shown; to be called now and then. */
    void pollNotices()
    {
        board.poll(System.nanoTime());
    }

    /**
     * Stops everything in order and says what the run did. Idempotent.
     *
     * @param reason for the journal.
     * @return the summary.
     */
    RunSummary stop(final String reason)
    {
        if (null == summary)
        {
            host.notices().stopping();
            quietly("gateway", gateway);
            quietly("feeds", feeds);
            quietly("ntp", ntp);
            if (host.isStarted() && !host.stats().isHalted())
            {
                commands.sessionStopping(reason);
                awaitStopped();
            }
            quietly("order entry", orders);
            feeds.settle();
            host.stop();
            feeds.closeLoop();
            board.flush(System.nanoTime());
            summary = summarise();
            quietly("journal", host);
        }
        return summary;
    }

    /**
     * Ends as a crash does: no bot is stopped, nothing is cancelled, nothing in flight is reported; what is journaled
     * is all there is. For rehearsals.
     */
    public void abandon()
    {
        if (null == summary)
        {
            host.abandon();
            quietly("gateway", gateway);
            quietly("ntp", ntp);
            feeds.closeLoop();
            summary = summarise();
            quietly("journal", host);
        }
    }

    /**
     * Stops all bots, waits until their orders are gone, and compares with the venues' books until there is nothing
     * new: afterwards engine and venues should agree. For rehearsals.
     *
     * @param timeoutNs how long.
     * @return whether it came to rest.
     */
    public boolean quiesce(final long timeoutNs)
    {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        for (final LockstepConfig.Bot bot : config.bots())
        {
            commands.command(CommandAction.STOP_BOT, bot.name(), Map.of());
        }
        return host.runner().awaitDrained(timeoutNs, host.stats()::isHalted) &&
            await(deadlineNs, host.tally()::allBotsEnded) &&
            reconcile(deadlineNs) && reconcile(deadlineNs);
    }

    /** @return where feeds and accounts stand, in words. */
    public String states()
    {
        return sessionStates() + (host.tally().allBotsEnded() ? "" : ", bots not stopped");
    }

    /** @return the engine; to be read once the process is closed. */
    public Engine engine()
    {
        return host.engine();
    }

    private String sessionStates()
    {
        final List<String> states = new ArrayList<>(orders.states());
        states.add(0, feeds.states());
        return String.join(", ", states);
    }

    /** Journal, engine and pipeline; for tests that listen to them. */
    EngineHost host()
    {
        return host;
    }

    private boolean reconcile(final long deadlineNs)
    {
        for (final OrderSession session : orders.sessions().values())
        {
            if (!await(deadlineNs, () -> AccountState.LIVE == session.state()))
            {
                return false;
            }
            final long before = session.counters().get(Counter.RECONCILIATIONS);
            session.reconcile(ReconcileCause.COMMAND);
            if (!await(deadlineNs, () -> session.counters().get(Counter.RECONCILIATIONS) > before))
            {
                return false;
            }
        }
        return true;
    }

    private boolean await(final long deadlineNs, final BooleanSupplier condition)
    {
        boolean isMet = condition.getAsBoolean();
        while (!isMet && !host.stats().isHalted() && System.nanoTime() - deadlineNs < 0)
        {
            LockSupport.parkNanos(WAIT_NS);
            isMet = condition.getAsBoolean();
        }
        return isMet;
    }

    @Override
    public void close()
    {
        stop("closed");
    }

    private void define()
    {
        for (final LockstepConfig.Account account : config.accounts())
        {
            commands.account(account);
        }
        for (final LockstepConfig.Bot bot : config.bots())
        {
            commands.bot(bot);
            if (startsNow.contains(bot.name()))
            {
                commands.command(CommandAction.START_BOT, bot.name(), Map.of());
            }
        }
    }

    /** A bot that a person or a fault has stopped stays so over a restart; a planned stop of the process is neither. */
    private void decideStarts()
    {
        for (final LockstepConfig.Bot bot : config.bots())
        {
            final BotState recovered = host.recoveredState(bot.name());
            if (bot.start() &&
                (null == recovered || BotState.DEFINED == recovered || host.stoppedWithSession(bot.name())))
            {
                startsNow.add(bot.name());
            }
        }
    }

    /** Bots end, and what is in the books is cancelled, before the sockets close: within the time there is for it. */
    private void awaitStopped()
    {
        final long deadlineNs = System.nanoTime() + STOP_NS;
        while (!(host.tally().allBotsEnded() && host.stopProgress().areOrdersEnded()) && !host.stats().isHalted() &&
            System.nanoTime() - deadlineNs < 0)
        {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    private static NtpSync ntp(final LockstepConfig.Ntp wanted, final EngineHost host)
    {
        return null == wanted.host() ? null : new NtpSync(new NtpConfig(wanted.host(), wanted.port(),
            TimeUnit.NANOSECONDS.toMillis(wanted.intervalNs()),
            (int)TimeUnit.NANOSECONDS.toMillis(wanted.timeoutNs())), host.publisher(), host.clock());
    }

    private static Credentials noKey(final LockstepConfig.Account account)
    {
        throw new IllegalStateException("account '" + account.name() + "' needs a key, and there is no keystore");
    }

    private RunSummary summarise()
    {
        final Map<String, RunSummary.FeedCount> counts = new LinkedHashMap<>();
        feeds.counters().forEach((venue, counters) -> counts.put(venue, count(counters)));
        return new RunSummary((System.nanoTime() - startNs) / 1e9, host.stats().inputs(), host.stats().outputs(),
            host.stats().lastSequence(), host.isResumed(), host.engine().stateHash(), host.journalBytes(), counts,
            host.tally(), host.notices(), board.lastCriticals(), null == gateway ? 0 : gateway.undeliveredAlerts(),
            host.stats());
    }

    private static RunSummary.FeedCount count(final FeedCounters counters)
    {
        return new RunSummary.FeedCount(counters.received(), counters.decoded(), counters.control(),
            counters.rejected(), counters.gaps(), counters.reconnects());
    }

    private static void quietly(final String what, final AutoCloseable part)
    {
        try
        {
            if (null != part)
            {
                part.close();
            }
        }
        catch (final Exception ex)
        {
            LOG.error("closing the {}", what, ex);
        }
    }
}
