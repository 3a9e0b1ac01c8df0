package org.lockstep.tools.rehearse;

import java.util.List;

/**
 * How a scenario went.
 *
 * @param seed        reproduces it.
 * @param faults      that were let loose, in order.
 * @param crashes     of the process.
 * @param orders      the venue took.
 * @param fills       of them.
 * @param differences between engine and venue at the end; empty when they agree.
 * @param seconds     it took.
 */
public record ScenarioResult(
    long seed, List<String> faults, int crashes, int orders, int fills, List<String> differences, double seconds)
{
    /** @return whether engine and venue agree, and the journal replays to the same. */
    public boolean agrees()
    {
        return differences.isEmpty();
    }
}
