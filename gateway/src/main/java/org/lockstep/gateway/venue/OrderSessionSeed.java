package org.lockstep.gateway.venue;

import java.util.Arrays;

/**
 * What a session must know of the account's past before it can reconcile: the instruments with open orders, those that
 * bots may trade, and up to which execution the engine knows each. Filled by the process from the recovered engine,
 * before the session starts. Threading: one thread, handed over by {@link OrderSession#start()}.
 */
public final class OrderSessionSeed
{
    /** The instrument is not of interest. */
    public static final long UNTOUCHED = -3;

    /** The instrument was never reconciled: executions from before the session's start are not told. */
    public static final long NEVER_RECONCILED = -2;

    private long[] tradeIds = new long[0];

    /**
     * Adds an instrument that was never reconciled, unless it is there already.
     *
     * @param instrumentId dense id.
     */
    public void touch(final int instrumentId)
    {
        if (UNTOUCHED == reconciledTradeId(instrumentId))
        {
            put(instrumentId, NEVER_RECONCILED);
        }
    }

    /**
     * Adds an instrument, or says how far it is reconciled.
     *
     * @param instrumentId dense id.
     * @param tradeId      last execution the engine knows for sure, -1 = it knows that there is none.
     */
    public void reconciled(final int instrumentId, final long tradeId)
    {
        put(instrumentId, tradeId);
    }

    /**
     * Says how far an instrument is reconciled.
     *
     * @param instrumentId dense id.
     * @return a trade id, -1, {@link #NEVER_RECONCILED} or {@link #UNTOUCHED}.
     */
    public long reconciledTradeId(final int instrumentId)
    {
        return instrumentId >= 0 && instrumentId < tradeIds.length ? tradeIds[instrumentId] : UNTOUCHED;
    }

    /** @return one more than the highest instrument of interest. */
    public int instrumentLimit()
    {
        return tradeIds.length;
    }

    private void put(final int instrumentId, final long tradeId)
    {
        if (instrumentId >= tradeIds.length)
        {
            final int length = tradeIds.length;
            tradeIds = Arrays.copyOf(tradeIds, Math.max(instrumentId + 1, length * 2));
            Arrays.fill(tradeIds, length, tradeIds.length, UNTOUCHED);
        }
        tradeIds[instrumentId] = tradeId;
    }
}
