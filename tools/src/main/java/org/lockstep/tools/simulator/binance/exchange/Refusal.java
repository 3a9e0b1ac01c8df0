package org.lockstep.tools.simulator.binance.exchange;

/** The exchange says no, with the venue's code and words. Carries no stack trace. */
public final class Refusal extends Exception
{
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String rejectReason;

    /**
     * A refusal.
     *
     * @param code    of the venue, negative.
     * @param message the venue's words.
     */
    public Refusal(final int code, final String message)
    {
        this(code, message, "NONE");
    }

    Refusal(final int code, final String message, final String rejectReason)
    {
        super(message, null, false, false);
        this.code = code;
        this.rejectReason = rejectReason;
    }

    static Refusal filter(final String name)
    {
        return new Refusal(-1013, "Filter failure: " + name);
    }

    static Refusal balance()
    {
        return new Refusal(
            -2010, "Account has insufficient balance for requested action.", "INSUFFICIENT_BALANCES");
    }

    static Refusal unknownOrder()
    {
        return new Refusal(-2011, "Unknown order sent.");
    }

    /** @return the venue's code. */
    public int code()
    {
        return code;
    }

    /** @return what an execution report gives as the reason. */
    public String rejectReason()
    {
        return rejectReason;
    }
}
