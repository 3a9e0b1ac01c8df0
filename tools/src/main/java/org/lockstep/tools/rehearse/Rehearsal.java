package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.util.function.Consumer;

import org.lockstep.tools.config.LockstepConfig;

/** Runs scenarios one after the other. Threading: the main thread. */
public final class Rehearsal
{
    private final LockstepConfig wanted;

    /**
     * A rehearsal.
     *
     * @param wanted whose bots to run, or null for random orders.
     */
    public Rehearsal(final LockstepConfig wanted)
    {
        this.wanted = wanted;
    }

    /**
     * Runs scenarios.
     *
     * @param firstSeed of the first, the others count up.
     * @param count     how many.
     * @param onResult  told of each.
     * @return how many failed.
     * @throws IOException          if the simulator or the journal directory cannot be used.
     * @throws InterruptedException when interrupted.
     */
    public int run(final long firstSeed, final int count, final Consumer<ScenarioResult> onResult)
        throws IOException, InterruptedException
    {
        int failed = 0;
        for (int i = 0; i < count; i++)
        {
            final ScenarioResult result = new Scenario(firstSeed + i, wanted).run();
            failed += result.agrees() ? 0 : 1;
            onResult.accept(result);
        }
        return failed;
    }
}
