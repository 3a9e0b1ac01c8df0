package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.lockstep.tools.config.LockstepConfig;

/** Runs scenarios, some side by side. Threading: the main thread, and a thread for each scenario under way. */
public final class Rehearsal
{
    private final LockstepConfig wanted;
    private final int sideBySide;

    /**
     * A rehearsal.
     *
     * @param wanted     whose bots to run, or null for random orders.
     * @param sideBySide scenarios under way at once, from 1.
     */
    public Rehearsal(final LockstepConfig wanted, final int sideBySide)
    {
        this.wanted = wanted;
        this.sideBySide = sideBySide;
    }

    /**
     * Runs scenarios.
     *
     * @param firstSeed of the first, the others count up.
     * @param count     how many.
     * @param onResult  told of each, in the order in which they end.
     * @return how many failed.
     * @throws IOException          if the simulator or the journal directory cannot be used.
     * @throws InterruptedException when interrupted.
     */
    public int run(final long firstSeed, final int count, final Consumer<ScenarioResult> onResult)
        throws IOException, InterruptedException
    {
        final ExecutorService threads = Executors.newFixedThreadPool(sideBySide);
        try
        {
            final ExecutorCompletionService<ScenarioResult> ended = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < count; i++)
            {
                final Scenario scenario = new Scenario(firstSeed + i, wanted);
                ended.submit(scenario::run);
            }
            int failed = 0;
            for (int i = 0; i < count; i++)
            {
                final ScenarioResult result = ended.take().get();
                failed += result.agrees() ? 0 : 1;
                onResult.accept(result);
            }
            return failed;
        }
        catch (final ExecutionException ex)
        {
            throw new IOException("a scenario could not be run: " + ex.getCause(), ex.getCause());
        }
        finally
        {
            threads.shutdownNow();
        }
    }
}
