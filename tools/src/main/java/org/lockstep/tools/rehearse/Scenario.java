package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.engine.Engine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.LockstepProcess;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.TradingConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/**
 * One rehearsal: a simulator that outlives everything, lives of a Lockstep process that end abruptly but for the last,
 * faults, and at the end the comparison. Decisions are the plan's; what they meet depends on how threads and sockets
 * take turns, so a failing seed fails again, but not always at the same order. Threading: one thread.
 */
final class Scenario
{
    private static final long LIVE_NS = 120_000_000_000L;
    private static final long LIVE_STEP_MS = 20;
    private static final long QUIESCE_NS = 60_000_000_000L;
    private static final int RATE = 400;
    private static final int PLENTY = 1_000_000;
    private static final int SHUTDOWN_NOTICE_MS = 40;

    /** Requests that may be under way, of all sessions, when the venue begins to refuse them all. */
    private static final int REFUSALS_PER_LIFE = 20;

    private final ScenarioPlan plan;
    private final RehearsalOptions options;
    private final ChildProcesses children;
    private final ScenarioDirectory directory;
    private final Tempo tempo = new Tempo();
    private final List<String> differences = new ArrayList<>();
    private final List<JsonNode> books = new ArrayList<>();
    private JsonNode fired;
    private ExchangeSimulator simulator;
    private SimulatorControl control;
    private ScenarioSite site;
    private LockstepConfig config;
    private volatile boolean isAbandoned;
    private volatile Throwable halt;

    /**
     * A scenario to be run.
     *
     * @param plan      of it.
     * @param options   of the rehearsal.
     * @param children  processes to be killed.
     * @param directory to be used.
     */
    Scenario(
        final ScenarioPlan plan,
        final RehearsalOptions options,
        final ChildProcesses children,
        final ScenarioDirectory directory)
    {
        this.plan = plan;
        this.options = options;
        this.children = children;
        this.directory = directory;
    }

    ScenarioResult run() throws IOException, InterruptedException
    {
        final long startNs = System.nanoTime();
        directory.create();
        try (ExchangeSimulator started = BinanceSimulator.start(simulatorConfig()))
        {
            tempo.begin();
            simulator = started;
            control = new SimulatorControl(simulator.addresses().control());
            site = site();
            config = site.config(options.wanted());
            for (final PlannedLife life : plan.lives())
            {
                if (null == halt)
                {
                    control.faults(life.faults());
                    live(life);
                }
            }
            checkManners();
            verify();
            if (!differences.isEmpty())
            {
                directory.keep(plan, books, null == fired ? control.faults() : fired, differences);
            }
        }
        if (differences.isEmpty())
        {
            directory.delete();
        }
        return result((System.nanoTime() - startNs) / 1e9);
    }

    private void live(final PlannedLife life) throws IOException, InterruptedException
    {
        final CompletableFuture<Void> over = new CompletableFuture<>();
        simulator.afterOrderRequests(life.requests()).thenRun(() -> over.complete(null));
        if (CrashKind.KILL == life.crash())
        {
            killed(life, over);
            return;
        }
        final CrashPoint crashPoint = new CrashPoint(life.crash(), life.crashAt());
        isAbandoned = false;
        final Engine engine;
        try (LockstepProcess process = LockstepProcess.open(config, "rehearsal", ReplayProgress.NONE,
            reason -> onHalt(reason, over), site.settings(config, crashPoint)))
        {
            process.start();
            awaitLive(process, over);
            await(over);
            if (life.isLast())
            {
                fired = control.faults();
                control.clear();
                rest(process);
            }
            else
            {
                isAbandoned = true;
                process.abandon();
            }
            engine = process.engine();
        }
        if (null != halt)
        {
            differences.add("the engine halted: " + halt);
        }
        if (life.isLast())
        {
            compare(engine);
        }
    }

    /** An engine that is dropped while it works halts; that is none. */
    private void onHalt(final Throwable reason, final CompletableFuture<Void> over)
    {
        if (!isAbandoned && !(reason instanceof PlannedCrash) && !(reason.getCause() instanceof PlannedCrash))
        {
            halt = reason;
        }
        over.complete(null);
    }

    private void awaitLive(final LockstepProcess process, final CompletableFuture<Void> over)
    {
        final long deadlineNs = System.nanoTime() + LIVE_NS;
        String missing = process.awaitLive(LIVE_STEP_MS);
        while (null != missing && !over.isDone() && System.nanoTime() - deadlineNs < 0)
        {
            missing = process.awaitLive(LIVE_STEP_MS);
        }
        if (null != missing && !over.isDone())
        {
            differences.add(missing);
        }
    }

    /** Bots may trade less than a life would need. */
    private void await(final CompletableFuture<Void> over) throws IOException, InterruptedException
    {
        control.hurry(options.lifeMs() / 2);
        try
        {
            over.get(options.lifeMs(), TimeUnit.MILLISECONDS);
        }
        catch (final TimeoutException ex)
        {
            over.complete(null);
        }
        catch (final ExecutionException ex)
        {
            throw new IllegalStateException(ex.getCause());
        }
    }

    private void killed(final PlannedLife life, final CompletableFuture<Void> over)
        throws IOException, InterruptedException
    {
        try (ChildProcess child = children.take())
        {
            child.begin(site);
            if (life.delayUs() < 0)
            {
                LockSupport.parkNanos(-life.delayUs() * 1_000L);
            }
            else
            {
                final String missing = child.awaitLive(LIVE_NS);
                if (null != missing)
                {
                    differences.add(missing);
                }
                await(over);
                LockSupport.parkNanos(life.delayUs() * 1_000L);
            }
            if (!child.kill())
            {
                differences.add("the process to be killed had ended by itself: " + child.said());
            }
        }
    }

    private void rest(final LockstepProcess process) throws IOException, InterruptedException
    {
        if (!process.quiesce(QUIESCE_NS))
        {
            differences.add("it did not come to rest within " + QUIESCE_NS / 1_000_000_000L + " s: " +
                process.states());
        }
        for (int i = 0; i < config.accounts().size(); i++)
        {
            books.add(control.account(site.keys().get(i)));
        }
    }

    private void compare(final Engine engine)
    {
        for (int i = 0; i < config.accounts().size(); i++)
        {
            final String name = config.accounts().get(i).name();
            for (final String difference : Books.compare(engine, name, books.get(i)))
            {
                differences.add(1 == config.accounts().size() ? difference : "account " + name + ": " + difference);
            }
        }
    }

    /** Told to be silent, a process is; one that was just started has to be told. */
    private void checkManners()
    {
        final long refused = null == fired ? 0 : fired.path("refusedForLimits").asLong();
        final int most = REFUSALS_PER_LIFE * plan.lives().size();
        if (refused > most)
        {
            differences.add("the venue refused " + refused + " requests for their number, more than " + most +
                ": it was asked to be silent, and was not");
        }
    }

    private void verify()
    {
        final ReplayResult replay = new Replayer(directory.journal(), new Engine(), ReplayOptions.all()).run();
        if (!replay.verified() || null != replay.divergence())
        {
            differences.add("the journal does not replay to the same: " + replay.divergence());
        }
    }

    private ScenarioResult result(final double seconds)
    {
        int orders = 0;
        int fills = 0;
        for (final JsonNode ofAccount : books)
        {
            orders += ofAccount.path("orders").size();
            for (final JsonNode order : ofAccount.path("orders"))
            {
                fills += order.path("fills").size();
            }
        }
        final List<String> faults = plan.lives().stream().flatMap(life -> life.faults().stream())
            .map(PlannedFault::name).toList();
        final List<String> crashes = plan.lives().stream().filter(life -> !life.isLast())
            .map(life -> life.crash().label()).toList();
        return new ScenarioResult(plan.seed(), faults, crashes, orders, fills, List.copyOf(differences), seconds,
            differences.isEmpty() ? null : directory.path());
    }

    private SimulatorConfig simulatorConfig()
    {
        return SimulatorConfig.defaults()
            .withSymbols(options.symbols().toArray(new String[0]))
            .withSeed(plan.seed(), tempo.epochMs())
            .withSpeed(Tempo.SPEED)
            .withEventsPerSecond(RATE / Tempo.SPEED)
            .withLimits(PLENTY, SimulatorConfig.defaults().maxPendingBytes())
            .withLifetime(SimulatorConfig.defaults().lifetimeMs(), SHUTDOWN_NOTICE_MS)
            .withTrading(TradingConfig.defaults().withAccounts(options.accounts())
                .withFees(new BigDecimal("0.001"), new BigDecimal("0.001")).withOrderLimits(PLENTY, PLENTY));
    }

    private ScenarioSite site()
    {
        final List<SimulatedKey> keys = new ArrayList<>();
        for (int i = 1; i <= options.accounts(); i++)
        {
            keys.add(simulator.addresses().key(i, SimulatedKey.HMAC));
        }
        return new ScenarioSite(plan.seed(), plan.threads(), plan.restFallback(), directory.journal().toString(),
            simulator.addresses().rest(), simulator.addresses().stream(), simulator.addresses().api(),
            simulator.symbols(), keys.stream().map(SimulatedKey::key).toList(),
            keys.stream().map(SimulatedKey::secret).toList(), tempo.epochMs(), tempo.beginNs());
    }
}
