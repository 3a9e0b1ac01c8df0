package org.lockstep.engine.order;

/** States of an order, after FIX OrdStatus (39), plus one for an outcome nobody knows yet. Codes never change. */
public enum OrderStatus
{
    /** Acknowledged by the venue, nothing executed. */
    NEW('0', true, false),
    /** Working, partly executed. */
    PARTIALLY_FILLED('1', true, false),
    /** Executed in full. */
    FILLED('2', false, true),
    /** Taken back, wholly or in part. */
    CANCELED('4', false, true),
    /** A cancel is on its way to the venue. */
    PENDING_CANCEL('6', false, false),
    /** Refused by the venue. Orders that our own risk refuses never become orders. */
    REJECTED('8', false, true),
    /** On its way to the venue. */
    PENDING_NEW('A', false, false),
    /** Ended by its time in force. */
    EXPIRED('C', false, true),
    /** A replace is on its way to the venue. */
    PENDING_REPLACE('E', false, false),
    /** The venue may or may not have it; since when is {@link OrderView#lastUpdateTimeNs()}. Resolved by evidence. */
    UNKNOWN('U', false, false);

    private final char code;
    private final boolean working;
    private final boolean terminal;

    OrderStatus(final char code, final boolean working, final boolean terminal)
    {
        this.code = code;
        this.working = working;
        this.terminal = terminal;
    }

    /** @return FIX OrdStatus code. */
    public char code()
    {
        return code;
    }

    /** @return true when the venue has it and no request about it is on its way. */
    public boolean isWorking()
    {
        return working;
    }

    /** @return true when only late evidence can still change anything. */
    public boolean isTerminal()
    {
        return terminal;
    }
}
