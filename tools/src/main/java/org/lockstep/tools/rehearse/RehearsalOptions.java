package org.lockstep.tools.rehearse;

import java.nio.file.Path;
import java.util.List;

import org.lockstep.tools.config.LockstepConfig;

/**
 * What a rehearsal is about.
 *
 * @param file       configuration whose accounts and bots to run, or null for random orders.
 * @param wanted     what it says, or null.
 * @param sideBySide scenarios under way at once, from 1.
 * @param killOneIn  in one of so many scenarios, as the seed has it, a process dies by {@code kill -9}; 0 = none.
 * @param repeat     times that each seed is run, from 1.
 * @param lifeMs     longest life of a process whose bots trade little, ms.
 * @param directory  for journals, which exists.
 */
public record RehearsalOptions(
    Path file, LockstepConfig wanted, int sideBySide, int killOneIn, int repeat, long lifeMs, Path directory)
{
    /** In one of so many scenarios a process is killed, unless another number is set. */
    public static final int KILL_ONE_IN = 15;

    private static final long RANDOM_LIFE_MS = 400;
    private static final long BOTS_LIFE_MS = 1_000;

    /**
     * The usual.
     *
     * @param file      configuration whose accounts and bots to run, or null for random orders.
     * @param wanted    what it says, or null.
     * @param directory for journals, which exists.
     * @return with twice as many scenarios at once as there are cores, since most of their time they wait.
     */
    public static RehearsalOptions of(final Path file, final LockstepConfig wanted, final Path directory)
    {
        return new RehearsalOptions(file, wanted, 2 * Runtime.getRuntime().availableProcessors(), KILL_ONE_IN, 1,
            null == wanted ? RANDOM_LIFE_MS : BOTS_LIFE_MS, directory);
    }

    /**
     * Changes how much is run.
     *
     * @param newSideBySide scenarios under way at once, from 1.
     * @param newKillOneIn  one of so many scenarios; 0 = none.
     * @param newRepeat     times that each seed is run, from 1.
     * @return a copy.
     */
    public RehearsalOptions with(final int newSideBySide, final int newKillOneIn, final int newRepeat)
    {
        return new RehearsalOptions(file, wanted, newSideBySide, newKillOneIn, newRepeat, lifeMs, directory);
    }

    /** How many accounts trade. */
    int accounts()
    {
        return ScenarioSite.accounts(wanted);
    }

    /** What is traded. */
    List<String> symbols()
    {
        return ScenarioSite.symbols(wanted);
    }
}
