package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs scenarios, some side by side. Threading: the main thread, and a thread for each scenario under way. */
public final class Rehearsal
{
    private final RehearsalOptions options;

    /**
     * A rehearsal.
     *
     * @param options what it is about.
     */
    public Rehearsal(final RehearsalOptions options)
    {
        this.options = options;
    }

    /** @return names of all faults that scenarios are drawn from. */
    public static List<String> faults()
    {
        return FaultMix.names();
    }

    /**
     * Runs scenarios.
     *
     * @param firstSeed of the first, the others count up.
     * @param count     how many seeds.
     * @param onResult  told of each scenario, in the order in which they end.
     * @return how many failed.
     * @throws IOException          if the simulator or a directory cannot be used.
     * @throws InterruptedException when interrupted.
     */
    public int run(final long firstSeed, final int count, final Consumer<ScenarioResult> onResult)
        throws IOException, InterruptedException
    {
        final List<ScenarioPlan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            plans.add(ScenarioPlan.draw(
                firstSeed + i, options.killOneIn(), options.symbols(), options.accounts()));
        }
        final int kills = options.repeat() * (int)plans.stream().filter(ScenarioPlan::kills).count();
        final ExecutorService threads = Executors.newFixedThreadPool(options.sideBySide());
        try (ChildProcesses children =
            new ChildProcesses(options.file(), options.directory().resolve("children.log"), kills))
        {
            return run(plans, children, new ExecutorCompletionService<>(threads), onResult);
        }
        finally
        {
            threads.shutdownNow();
        }
    }

    private int run(
        final List<ScenarioPlan> plans,
        final ChildProcesses children,
        final ExecutorCompletionService<ScenarioResult> threads,
        final Consumer<ScenarioResult> onResult) throws IOException, InterruptedException
    {
        final List<Future<ScenarioResult>> submitted = new ArrayList<>();
        for (final ScenarioPlan plan : plans)
        {
            for (int i = 0; i < options.repeat(); i++)
            {
                final ScenarioDirectory directory = new ScenarioDirectory(options.directory(), plan.seed(), i);
                final Scenario scenario = new Scenario(plan, options, children, directory);
                submitted.add(threads.submit(scenario::run));
            }
        }
        int failed = 0;
        try
        {
            for (int i = 0; i < submitted.size(); i++)
            {
                final ScenarioResult result = threads.take().get();
                failed += result.agrees() ? 0 : 1;
                onResult.accept(result);
            }
        }
        catch (final ExecutionException ex)
        {
            submitted.forEach(scenario -> scenario.cancel(true));
            throw new IOException("a scenario could not be run: " + ex.getCause(), ex.getCause());
        }
        return failed;
    }
}
