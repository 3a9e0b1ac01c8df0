package org.lockstep.engine.bot;

import java.util.Arrays;

/**
 * For each instrument the ids of some bots or accounts, ascending. Arrays are replaced, never changed, so that whoever
 * walks one is not disturbed when one of them leaves meanwhile.
 */
final class BotLists
{
    private static final int[] EMPTY = {};

    private int[][] byInstrument = new int[16][];

    int[] get(final int instrumentId)
    {
        final int[] ids = instrumentId >= 0 && instrumentId < byInstrument.length ? byInstrument[instrumentId] : null;
        return null == ids ? EMPTY : ids;
    }

    boolean contains(final int instrumentId, final int botId)
    {
        for (final int id : get(instrumentId))
        {
            if (id == botId)
            {
                return true;
            }
        }
        return false;
    }

    void add(final int instrumentId, final int botId)
    {
        if (contains(instrumentId, botId))
        {
            return;
        }
        if (instrumentId >= byInstrument.length)
        {
            byInstrument = Arrays.copyOf(byInstrument, Math.max(instrumentId + 1, byInstrument.length * 2));
        }
        final int[] ids = get(instrumentId);
        final int[] more = Arrays.copyOf(ids, ids.length + 1);
        more[ids.length] = botId;
        Arrays.sort(more);
        byInstrument[instrumentId] = more;
    }

    void remove(final int instrumentId, final int botId)
    {
        final int[] ids = get(instrumentId);
        if (contains(instrumentId, botId))
        {
            final int[] fewer = new int[ids.length - 1];
            int index = 0;
            for (final int id : ids)
            {
                if (id != botId)
                {
                    fewer[index++] = id;
                }
            }
            byInstrument[instrumentId] = fewer;
        }
    }
}
