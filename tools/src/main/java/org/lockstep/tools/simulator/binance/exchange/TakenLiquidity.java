package org.lockstep.tools.simulator.binance.exchange;

import java.util.HashMap;
import java.util.Map;

/**
 * What orders of accounts have taken from the visible levels of one side, so that the same quantity is not sold twice:
 * it is gone until the level shows another quantity. Event loop only.
 */
final class TakenLiquidity
{
    private static final int LEVELS_MAX = 4_096;

    private final Map<Long, Level> levels = new HashMap<>();

    private static final class Level
    {
        private long visibleE8;
        private long takenE8;
    }

    /** What is still there of a visible quantity. */
    long availableE8(final long priceE8, final long visibleE8)
    {
        final Level level = levels.get(priceE8);
        return null == level || level.visibleE8 != visibleE8 ? visibleE8 : visibleE8 - level.takenE8;
    }

    void add(final long priceE8, final long visibleE8, final long quantityE8)
    {
        if (levels.size() >= LEVELS_MAX)
        {
            levels.clear();
        }
        final Level level = levels.computeIfAbsent(priceE8, price -> new Level());
        if (level.visibleE8 != visibleE8)
        {
            level.visibleE8 = visibleE8;
            level.takenE8 = 0;
        }
        level.takenE8 += quantityE8;
    }
}
