package org.lockstep.engine.risk;

/** Codes of Alert frames that are not reject reasons. Part of the journal, never change. */
public enum AlertCode
{
    /** A strategy threw. */
    BOT_FAILED(1000),
    /** A bot was killed. */
    BOT_KILLED(1001),
    /** A kill switch went on or off. */
    KILL_SWITCH(1002),
    /** A command could not be carried out. */
    COMMAND_REFUSED(1003),
    /** An execution arrived for an order that had ended. */
    LATE_FILL(1004),
    /** Evidence about an order nobody here knows. */
    UNKNOWN_ORDER(1005),
    /** Evidence that contradicts what is known. */
    CONTRADICTION(1006),
    /** Limits were changed. */
    LIMITS_CHANGED(1007),
    /** A feed reported a gap, went stale or stopped. */
    FEED(1008),
    /** The private session of an account changed its state. */
    ACCOUNT(1020),
    /** The venue's books differed from ours. */
    RECONCILIATION(1021),
    /** The private session of an account ends with orders open, or with such of unknown outcome. */
    ORDERS_LEFT(1022),
    /** A position that was being closed is closed, or cannot be. */
    POSITION_CLOSED(1009),
    /** An emulated order gave up; what it protected is not protected any more. */
    ALGO_FAILED(1010),
    /** Stop-loss, take-profit or time stop of a bot closes a position. */
    POSITION_PROTECTED(1011);

    private final int code;

    AlertCode(final int code)
    {
        this.code = code;
    }

    /** @return stable code. */
    public int code()
    {
        return code;
    }
}
