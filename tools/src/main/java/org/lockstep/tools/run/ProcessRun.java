package org.lockstep.tools.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.JournalLockedException;
import org.lockstep.journal.replay.ReplayDivergedException;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.console.Progress;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a process as a person or a script experiences it: ready line, wait, summary, exit code.
 * Threading: the main thread.
 */
public final class ProcessRun
{
    /** No end but a signal. */
    public static final long NO_LIMIT = 366L * 86_400 * 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessRun.class);
    private static final long POLL_MS = 100;
    private static final long FIRST_LOOK_MS = 100;
    private static final long TELL_AFTER_NS = 10_000_000_000L;
    private static final long SETTLE_NS = 300_000_000L;
    private static final long SETTLE_LIMIT_NS = 10_000_000_000L;

    private final Console console;
    private final String build;
    private final StartPhases phases = new StartPhases();
    private final Map<String, Object> simulators = new LinkedHashMap<>();
    private LockstepConfig config;
    private volatile Throwable fault;
    private Interrupt interrupt;
    private long limitNs = NO_LIMIT;
    private String venue;
    private ExchangeSimulator simulator;
    private boolean endsWithSource;
    private boolean showsToken;
    private Path file;
    private long startNs;
    private String missing;

    /**
     * A run to be started.
     *
     * @param console where it reports.
     * @param build   version of the software.
     * @param config  validated.
     */
    public ProcessRun(final Console console, final String build, final LockstepConfig config)
    {
        this.console = console;
        this.build = build;
        this.config = config;
    }

    /**
     * Sets when the run ends by itself, live or not.
     *
     * @param newLimitNs after it started, which is when its journal has been replayed; nanoseconds.
     * @return this.
     */
    public ProcessRun withLimitNs(final long newLimitNs)
    {
        limitNs = newLimitNs;
        return this;
    }

    /**
     * Names the simulator beside it, for the ready line.
     *
     * @param newVenue     it stands for.
     * @param newSimulator running; stays the caller's.
     * @return this.
     */
    public ProcessRun withSimulator(final String newVenue, final ExchangeSimulator newSimulator)
    {
        venue = newVenue;
        simulator = newSimulator;
        return this;
    }

    /**
     * Whether the run ends when the simulator's source has been served.
     *
     * @param ends true for a recording.
     * @return this.
     */
    public ProcessRun endingWithSource(final boolean ends)
    {
        endsWithSource = ends;
        return this;
    }

    /**
     * Lets the run print an admin's token for its gateway; without it, tokens come from {@code lockstep token} alone.
     *
     * @return this.
     */
    public ProcessRun showingToken()
    {
        showsToken = true;
        return this;
    }

    /**
     * Names the configuration, for the command that mints tokens.
     *
     * @param newFile as the user gave it.
     * @return this.
     */
    public ProcessRun withFile(final Path newFile)
    {
        file = newFile;
        return this;
    }

    /**
     * Runs.
     *
     * @return the exit code.
     * @throws CommandFailure with one line that says what failed and what to try.
     */
    public int run()
    {
        try (Interrupt installed = Interrupt.install();
            StoredKeys stored = new StoredKeys(config.keystore());
            EmbeddedSimulators embedded = EmbeddedSimulators.start(config, stored))
        {
            interrupt = installed;
            config = embedded.config();
            embedded.addresses().forEach((name, addresses) -> simulators.put(name, addresses.json()));
            phases.end("simulators");
            try (LockstepProcess process = open(embedded))
            {
                phases.end("journal");
                start(process);
                awaitEnd(process);
                final String reason = null != fault ? "halted" :
                    interrupt.isRequested() ? "interrupted" : "planned end";
                log("stopping: {}", reason);
                final RunSummary summary = process.stop(reason);
                log("stopped after {} s, journal {} at sequence {}", Math.round(summary.seconds()),
                    config.journal().directory(), summary.lastSequence());
                summary.print(console);
                if (null != missing && null == fault && !interrupt.isRequested())
                {
                    throw new CommandFailure(ExitCode.FAILED, missing + " when the time of the run was over; " +
                        "'lockstep check " + config.venues().get(0).venue() +
                        (null == file ? "" : " --config " + file) + "' says what is in the way");
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        if (null != fault)
        {
            throw new CommandFailure(ExitCode.FAILED, "the engine halted: " + fault +
                "; the journal holds everything up to there, start again to go on");
        }
        return ExitCode.OK;
    }

    private LockstepProcess open(final KeyRing keys)
    {
        try (Progress progress = console.progress("replaying the journal"))
        {
            return LockstepProcess.open(config, build, (sequence, last) -> progress.update(sequence, last,
                String.format(Locale.ROOT, "%,d events", sequence + 1)), ex -> fault = ex,
                ProcessSettings.of(keys));
        }
        catch (final JournalLockedException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, ex.getMessage());
        }
        catch (final JournalDamagedException ex)
        {
            throw new CommandFailure(ExitCode.DIVERGED, ex.getMessage() + "; nothing was changed: restore the " +
                "directory from a copy, or begin with an empty directory");
        }
        catch (final ReplayDivergedException ex)
        {
            throw new CommandFailure(ExitCode.DIVERGED, decidesOtherwise(ex));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final IllegalStateException ex)
        {
            throw new CommandFailure(ExitCode.FAILED,
                "cannot use the journal in " + config.journal().directory() + ": " + ex.getMessage());
        }
    }

    /** What a person can do about a journal whose decisions this build does not come to. */
    private String decidesOtherwise(final ReplayDivergedException ex)
    {
        final String recorded = JournalBuilds.at(config.journal().directory(), ex.divergence().sequence());
        final String wrote = null == recorded || recorded.isEmpty() ? "another build" : "build " + recorded;
        final List<String> missing = JournalStrategies.missing(config.journal().directory());
        if (!missing.isEmpty())
        {
            return ex.getMessage() + ". The bots of the journal " + config.journal().directory() + " run " +
                String.join(", ", missing) + ", not on this class path: put the jar into LOCKSTEP_CLASSPATH and " +
                "start again. Nothing was changed";
        }
        return ex.getMessage() + ". The journal " + config.journal().directory() + " was written by " + wrote +
            ", and this is build " + build + (build.equals(recorded) ? ", so other strategies are on its class path " +
            "(LOCKSTEP_CLASSPATH), or one of them depends on more than its inputs" : "") + ". Nothing was changed. " +
            "Either go on with " + wrote + "; or stop it there as planned, so that its bots cancel their orders, " +
            "name a new journal.directory and start this build: balances and open orders then come from the " +
            "venue, bots begin flat and paper accounts anew. README.md tells more under 'Change the version'";
    }

    private void start(final LockstepProcess process)
    {
        process.showNotices(this::notice);
        startNs = System.nanoTime();
        try
        {
            process.start();
            phases.end("engine");
        }
        catch (final IOException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, cannotListen(ex));
        }
        log("started on journal {}, {}{}; connecting", config.journal().directory(),
            null == process.url() ? "no gateway" : "gateway " + process.url(),
            console.json() ? ", " + process.threadPlan() : "");
        printStarted(process);
        boolean isTold = false;
        missing = process.awaitLive(FIRST_LOOK_MS);
        while (null != missing && !isToEnd())
        {
            if (process.isFeedFailed())
            {
                throw new CommandFailure(ExitCode.FAILED, missing + "; mend the configuration and start again");
            }
            if (!isTold && System.nanoTime() - startNs > TELL_AFTER_NS)
            {
                isTold = true;
                System.err.println("lockstep: " + missing + "; still trying");
            }
            process.pollNotices();
            missing = process.awaitLive(POLL_MS);
        }
        if (null == missing)
        {
            phases.end("connect");
            log("every feed and account is live, {}", phases);
            ready(process);
        }
    }

    private boolean isToEnd()
    {
        return interrupt.isRequested() || null != fault || System.nanoTime() - startNs >= limitNs;
    }

    private void awaitEnd(final LockstepProcess process)
    {
        try (Progress progress = console.progress(null == simulator ? "running" : "demo running"))
        {
            while (!isToEnd() && !sourceEnded(process))
            {
                process.pollNotices();
                progress.update(System.nanoTime() - startNs, NO_LIMIT == limitNs ? 0 : limitNs,
                    String.format(Locale.ROOT, "%,d events", process.inputs()));
                interrupt.await(Math.min(POLL_MS, TimeUnit.NANOSECONDS.toMillis(
                    Math.max(0, limitNs - (System.nanoTime() - startNs))) + 1));
            }
        }
    }

    private boolean sourceEnded(final LockstepProcess process)
    {
        if (!endsWithSource || !simulator.sourceEnded().toCompletableFuture().isDone())
        {
            return false;
        }
        // Everything is on the wire: wait until nothing more comes out of the socket.
        final long endedNs = System.nanoTime();
        long received = -1;
        long sinceNs = endedNs;
        while (System.nanoTime() - sinceNs < SETTLE_NS && System.nanoTime() - endedNs < SETTLE_LIMIT_NS)
        {
            if (process.received() != received)
            {
                received = process.received();
                sinceNs = System.nanoTime();
            }
            if (interrupt.await(1))
            {
                break;
            }
        }
        return true;
    }

    private void ready(final LockstepProcess process)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pid", ProcessHandle.current().pid());
        if (null != process.url())
        {
            fields.put("url", process.url());
            if (showsToken)
            {
                fields.put("token", process.adminToken());
            }
        }
        fields.put("journal", config.journal().directory().toString());
        fields.put("epoch", process.epoch());
        if (null != simulator)
        {
            simulators.put(venue, simulator.addresses().json());
        }
        if (!simulators.isEmpty())
        {
            fields.put("simulators", simulators);
        }
        fields.put("threads", process.threads());
        fields.put("startMs", phases.milliseconds());
        console.event("ready", fields);
        console.line(console.green("  live") + console.dim(", after " + phases + "; Ctrl-C ends it with a summary"));
    }

    private String cannotListen(final IOException ex)
    {
        final LockstepConfig.Gateway gateway = config.gateway();
        final String text = String.valueOf(ex.getMessage());
        if (text.endsWith("another program has that port"))
        {
            return "port " + gateway.port() + " of " + gateway.host() + " is taken by another process (ss -ltnp " +
                "shows which); end it, or take another port with " + portKey() + "; 0 takes a free one";
        }
        if (text.startsWith("cannot listen on"))
        {
            return text + "; check gateway.host, or take another port with " + portKey();
        }
        return "cannot start the gateway: " + text + (text.startsWith("tls:") ? "; mend gateway.tls" : "") +
            (null == file ? "" : "; 'lockstep config check " + file + "' says what is wrong with the files it names");
    }

    /** To be copied and pasted; the owner of the first account sees that account, an admin all of them. */
    private String tokenCommand()
    {
        final String user = config.accounts().isEmpty() ? "admin" : config.accounts().get(0).owner();
        final String path = String.valueOf(null == file ? "FILE" : file);
        return System.getenv().getOrDefault("LOCKSTEP_COMMAND", "lockstep") + " token --user " + quoted(user) +
            " --role admin --config " + quoted(path);
    }

    private static String quoted(final String word)
    {
        return word.matches("[A-Za-z0-9_./:@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** On a terminal the line stands above the progress bar; elsewhere, and with JSON, it is a line of the log. */
    private void notice(final boolean isCritical, final String text)
    {
        if (console.interactive())
        {
            console.line("\r\u001b[K  " + (isCritical ? console.red("CRITICAL  " + text) : "warning   " + text));
        }
        else if (isCritical)
        {
            LOG.error("{}", text);
        }
        else
        {
            LOG.warn("{}", text);
        }
    }

    private String portKey()
    {
        return null == simulator ? "gateway.port" : "--port";
    }

    /** On a terminal the console says it all; elsewhere the log is the record of the process's life. */
    private void log(final String format, final Object... arguments)
    {
        if (!console.interactive())
        {
            LOG.info(format, arguments);
        }
    }

    private void printStarted(final LockstepProcess process)
    {
        console.line("");
        console.line("  " + console.bold("Lockstep " + build) + (null == simulator ? "" : "  on a simulated " + venue));
        console.line("");
        final long events = process.recovery().nextSequence() - process.recovery().pendingOutputs();
        if (events > 0)
        {
            console.line(String.format(Locale.ROOT, "  journal   %s, went on after replaying %,d events in %.2f s",
                config.journal().directory(), events, process.recovery().replay().seconds()));
        }
        else
        {
            console.line("  journal   " + config.journal().directory() + ", new");
        }
        console.line("  engine    " + process.threadPlan());
        if (null != process.url())
        {
            final String token = showsToken ? process.adminToken() : null;
            console.line("  page      " + console.bold(process.url() + (null == token ? "" : "/#token=" + token)));
            if (!showsToken)
            {
                console.line(console.dim("            sign in with: " + tokenCommand()));
            }
        }
        console.line("");
    }
}
