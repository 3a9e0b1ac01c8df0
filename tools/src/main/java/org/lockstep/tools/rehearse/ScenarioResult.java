package org.lockstep.tools.rehearse;

import java.nio.file.Path;
import java.util.List;

/**
 * How a scenario went.
 *
 * @param seed        reproduces it.
 * @param faults      that were planned, in order.
 * @param crashes     of the process: how each life but the last ended.
 * @param orders      the venue took.
 * @param fills       of them.
 * @param differences between engine and venue at the end; empty when they agree.
 * @param seconds     it took.
 * @param kept        where journal, books and plan are kept; null when all agrees.
 */
public record ScenarioResult(
    long seed,
    List<String> faults,
    List<String> crashes,
    int orders,
    int fills,
    List<String> differences,
    double seconds,
    Path kept)
{
    /** @return whether engine and venue agree, and the journal replays to the same. */
    public boolean agrees()
    {
        return differences.isEmpty();
    }
}
