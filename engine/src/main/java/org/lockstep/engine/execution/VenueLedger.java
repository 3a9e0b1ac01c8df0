package org.lockstep.engine.execution;

import java.util.Arrays;

import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.state.StateWriter;

/**
 * The venue's side of an account that is not a paper one: state of its private session, the round of reconciliation in
 * progress, which executions were applied, balances, and open orders that are not ours.
 * Threading: the engine thread. Allocation: an instrument's, an asset's or a foreign order's first mention.
 */
public final class VenueLedger
{
    private static final int INITIAL_CAPACITY = 8;

    private final AssetBalances balances = new AssetBalances();
    private TradeMarks[] marks = new TradeMarks[INITIAL_CAPACITY];
    private long[] foreignOrders = new long[INITIAL_CAPACITY];
    private int[] foreignRounds = new int[INITIAL_CAPACITY];
    private int foreignCount;
    private AccountState state = AccountState.STOPPED;
    private ReconcileCause cause = ReconcileCause.NULL_VAL;
    private int round;
    private long roundBeganNs;
    private boolean inRound;
    private long unvaluedFeeCount;

    VenueLedger()
    {
    }

    /** @return state of the private session; STOPPED before the first one. */
    public AccountState state()
    {
        return state;
    }

    void state(final AccountState newState)
    {
        state = newState;
    }

    /** @return what the venue says the account has. */
    public AssetBalances balances()
    {
        return balances;
    }

    /** @return the last round of reconciliation that began, 0 = none in this session. */
    public int round()
    {
        return round;
    }

    /** @return whether a round is in progress. */
    public boolean isInRound()
    {
        return inRound;
    }

    /** @return why the last round began. */
    public ReconcileCause cause()
    {
        return cause;
    }

    long roundBeganNs()
    {
        return roundBeganNs;
    }

    void beginRound(final int newRound, final ReconcileCause newCause, final long timeNs)
    {
        round = newRound;
        cause = newCause;
        roundBeganNs = timeNs;
        inRound = true;
    }

    void endRound()
    {
        inRound = false;
    }

    /** A new session of the process: nothing is connected, rounds count from 1 again. */
    void onSessionStarted()
    {
        state = AccountState.STOPPED;
        round = 0;
        inRound = false;
    }

    TradeMarks marks(final int instrumentId)
    {
        if (instrumentId >= marks.length)
        {
            marks = Arrays.copyOf(marks, Math.max(instrumentId + 1, marks.length * 2));
        }
        TradeMarks found = marks[instrumentId];
        if (null == found)
        {
            found = new TradeMarks();
            marks[instrumentId] = found;
        }
        return found;
    }

    /**
     * Up to where executions are known without gap.
     *
     * @param instrumentId dense id.
     * @return the venue's trade id, -1 = reconciled but none yet, -2 = never reconciled.
     */
    public long reconciledTradeId(final int instrumentId)
    {
        return instrumentId < marks.length && null != marks[instrumentId] ?
            marks[instrumentId].mark() : TradeMarks.NO_MARK;
    }

    /** Notes a foreign order of the venue's list; true when it was not there before. */
    boolean foreignOrder(final long venueOrderId)
    {
        for (int i = 0; i < foreignCount; i++)
        {
            if (foreignOrders[i] == venueOrderId)
            {
                foreignRounds[i] = round;
                return false;
            }
        }
        if (foreignCount == foreignOrders.length)
        {
            foreignOrders = Arrays.copyOf(foreignOrders, foreignCount * 2);
            foreignRounds = Arrays.copyOf(foreignRounds, foreignCount * 2);
        }
        foreignOrders[foreignCount] = venueOrderId;
        foreignRounds[foreignCount++] = round;
        return true;
    }

    /** Forgets foreign orders that the round which now ends did not list. */
    void forgetForeignOrders()
    {
        int kept = 0;
        for (int i = 0; i < foreignCount; i++)
        {
            if (foreignRounds[i] == round)
            {
                foreignOrders[kept] = foreignOrders[i];
                foreignRounds[kept++] = round;
            }
        }
        foreignCount = kept;
    }

    /** @return open orders of the account at the venue that are not ours, as of the last round. */
    public int foreignOrderCount()
    {
        return foreignCount;
    }

    void unvaluedFee()
    {
        unvaluedFeeCount++;
    }

    void describe(final StateWriter out)
    {
        out.begin("venue");
        out.field("state", state.name());
        out.field("cause", cause.name());
        out.field("round", round);
        out.field("roundBeganNs", roundBeganNs);
        out.field("inRound", inRound);
        out.field("unvaluedFees", unvaluedFeeCount);
        balances.describe(out);
        for (int i = 0; i < marks.length; i++)
        {
            if (null != marks[i])
            {
                out.begin("executions", i);
                marks[i].describe(out);
                out.end();
            }
        }
        for (int i = 0; i < foreignCount; i++)
        {
            out.begin("foreign", i);
            out.field("venueOrderId", foreignOrders[i]);
            out.field("round", foreignRounds[i]);
            out.end();
        }
        out.end();
    }
}
