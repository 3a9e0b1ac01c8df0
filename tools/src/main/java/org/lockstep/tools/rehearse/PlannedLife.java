package org.lockstep.tools.rehearse;

import java.util.List;

/**
 * A life of the process in a scenario.
 *
 * @param faults   let loose in it.
 * @param requests the venue takes before it ends.
 * @param crash    how it ends, null for the last one, which comes to rest first.
 * @param crashAt  which input, report or request meets a crash that counts those.
 * @param delayUs  for {@link CrashKind#KILL}: how much later than counted; below 0, as long after its start.
 */
record PlannedLife(List<PlannedFault> faults, int requests, CrashKind crash, int crashAt, int delayUs)
{
    /** The last one as a matter of course. */
    boolean isLast()
    {
        return null == crash;
    }
}
