package org.lockstep.tools.run;

import java.util.Arrays;

/**
 * What decides how an open order ends, counted as the engine counts it: each execution once by its trade id, for a
 * venue's own sum begins anew with each replace. Used again for the next order. Threading: the engine thread.
 */
final class TalliedOrder
{
    private long[] tradeIds = new long[8];
    private int trades;
    private long quantity;
    private long executedQuantity;
    private long askedQuantity;
    private long reportedQuantity;
    private int reportedGeneration;
    private int generation;
    private int instrumentId;
    private boolean isAccepted;
    private boolean isUncertain;

    void begin(final long newQuantity, final int newInstrumentId)
    {
        quantity = newQuantity;
        instrumentId = newInstrumentId;
        trades = 0;
        executedQuantity = 0;
        askedQuantity = 0;
        reportedQuantity = 0;
        reportedGeneration = 0;
        generation = 0;
        isAccepted = false;
        isUncertain = false;
    }

    long quantity()
    {
        return quantity;
    }

    boolean isIn(final int otherInstrumentId)
    {
        return instrumentId == otherInstrumentId;
    }

    boolean isAccepted()
    {
        return isAccepted;
    }

    void accepted()
    {
        isAccepted = true;
    }

    void uncertain(final boolean newUncertain)
    {
        isUncertain = newUncertain;
    }

    void onFilled(final long tradeId, final long fillQuantity)
    {
        for (int i = trades - 1; i >= 0; i--)
        {
            if (tradeIds[i] == tradeId)
            {
                return;
            }
        }
        if (trades == tradeIds.length)
        {
            tradeIds = Arrays.copyOf(tradeIds, 2 * trades);
        }
        tradeIds[trades++] = tradeId;
        executedQuantity += fillQuantity;
        isAccepted = true;
    }

    void replaceAsked(final long newQuantity)
    {
        askedQuantity = Math.max(askedQuantity, newQuantity);
    }

    /** A refusal settles it, unless the outcome was lost: then the venue is asked. */
    void replaceRefused()
    {
        if (!isUncertain)
        {
            replaceSettled();
        }
    }

    void replaceSettled()
    {
        askedQuantity = 0;
    }

    /** @return whether that was not known yet: a venue that was asked may tell before its own confirmation. */
    boolean replaced(final long newQuantity, final int newGeneration)
    {
        final boolean isNew = 0 == newGeneration || newGeneration > generation;
        isAccepted = true;
        quantity = newQuantity;
        generation = Math.max(generation, newGeneration);
        askedQuantity = 0;
        return isNew;
    }

    void reported(final long newQuantity, final int newGeneration)
    {
        reportedQuantity = newQuantity;
        reportedGeneration = newGeneration;
    }

    void takeReported()
    {
        replaced(reportedQuantity, reportedGeneration);
    }

    /** Takes a replace over that only the last report told of; @return whether it told of one. */
    boolean takeReplaceReported()
    {
        return reportedGeneration > generation && replaced(reportedQuantity, reportedGeneration);
    }

    /** @return whether an end may be that of what a replace has taken the place of. */
    boolean isPredecessorInDoubt()
    {
        return isUncertain && 0 != askedQuantity;
    }

    boolean isExecuted()
    {
        return executedQuantity > 0 && executedQuantity >= quantity;
    }

    /** @return whether nothing is left to execute, nor would be after a replace in flight. */
    boolean isComplete()
    {
        return isExecuted() && executedQuantity >= askedQuantity;
    }
}
