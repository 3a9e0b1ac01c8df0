package org.lockstep.tools.rehearse;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All that is decided about a scenario before it begins; equal seeds decide alike. What is left to chance is how its
 * threads, processes and sockets take turns.
 *
 * @param seed         of all this, of the market and of the bots.
 * @param threads      the engine's thread plan.
 * @param restFallback whether orders leave over REST while the socket is down.
 * @param lives        of the process, the last of which comes to rest.
 */
record ScenarioPlan(long seed, String threads, boolean restFallback, List<PlannedLife> lives)
{
    private static final int MAX_CRASHES = 2;
    private static final int MAX_FAULTS = 3;
    private static final int REQUESTS_MIN = 8;
    private static final int REQUESTS_MAX = 40;
    private static final int EARLY_ONE_IN = 6;
    private static final int EARLY_INPUTS_MAX = 250;
    private static final int LATE_KILL_US = 3_000;
    private static final int EARLY_KILL_US = 400_000;
    private static final long KILL_SALT = 0x6B696C6C2D39L;

    /**
     * Decides.
     *
     * @param seed      of the decisions.
     * @param killOneIn in one of so many scenarios a process is killed; 0 = none. The rest does not depend on it.
     * @param symbols   that are traded.
     * @param accounts  that trade.
     */
    static ScenarioPlan draw(final long seed, final int killOneIn, final List<String> symbols, final int accounts)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final String threads = random.nextBoolean() ? "backoff" : "feed-loop";
        final boolean restFallback = random.nextBoolean();
        final int crashes = random.nextInt(MAX_CRASHES + 1);
        final List<PlannedLife> lives = new ArrayList<>();
        for (int i = 0; i <= crashes; i++)
        {
            final int requests = random.nextInt(REQUESTS_MIN, REQUESTS_MAX);
            final int count = random.nextInt(MAX_FAULTS + 1);
            final List<PlannedFault> faults = new ArrayList<>();
            for (int j = 0; j < count; j++)
            {
                faults.add(FaultMix.draw(random, requests, symbols, accounts));
            }
            final CrashKind crash = drawCrash(random);
            final int crashAt = random.nextInt(1, CrashKind.AT_START == crash ? EARLY_INPUTS_MAX : requests);
            lives.add(new PlannedLife(List.copyOf(faults), requests, i < crashes ? crash : null, crashAt, 0));
        }
        withKill(lives, new SplittableRandom(seed ^ KILL_SALT), killOneIn);
        return new ScenarioPlan(seed, threads, restFallback, List.copyOf(lives));
    }

    private static CrashKind drawCrash(final SplittableRandom random)
    {
        if (0 == random.nextInt(EARLY_ONE_IN))
        {
            return CrashKind.AT_START;
        }
        return switch (random.nextInt(3))
        {
            case 0 -> CrashKind.AT_REPORT;
            case 1 -> CrashKind.AT_REQUEST;
            default -> CrashKind.DROP;
        };
    }

    /** Lets the first life end by a kill, and makes one when there is only the last. */
    private static void withKill(final List<PlannedLife> lives, final SplittableRandom random, final int killOneIn)
    {
        if (killOneIn > 0 && 0 == random.nextInt(killOneIn))
        {
            final boolean isEarly = 0 == random.nextInt(EARLY_ONE_IN);
            final int delayUs = isEarly ? -random.nextInt(1, EARLY_KILL_US) : random.nextInt(LATE_KILL_US);
            final PlannedLife first = lives.get(0);
            final int requests = random.nextInt(REQUESTS_MIN, REQUESTS_MAX);
            final PlannedLife killed = new PlannedLife(first.isLast() ? List.of() : first.faults(),
                first.isLast() ? requests : first.requests(), CrashKind.KILL, 0, delayUs);
            if (first.isLast())
            {
                lives.add(0, killed);
            }
            else
            {
                lives.set(0, killed);
            }
        }
    }

    /** Whether a process of its own is needed. */
    boolean kills()
    {
        return lives.stream().anyMatch(life -> CrashKind.KILL == life.crash());
    }
}
