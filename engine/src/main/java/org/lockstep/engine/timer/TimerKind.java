package org.lockstep.engine.timer;

/** Whom a timer belongs to. */
public enum TimerKind
{
    /** The next StateHash output. */
    STATE_HASH,
    /** A request reaches the paper venue, or a report comes back; the slot says which. */
    PAPER_MESSAGE,
    /** A strategy's timer; the owner is the bot. */
    STRATEGY,
    /** A bot's status that was held back; the owner is the bot. */
    BOT_STATUS,
    /** A look at the orders of an account at a venue whose answers are overdue; the owner is the account. */
    ORDER_WATCH,
    /** Positions that are being closed are looked at again; the owner is the bot. */
    CLOSE_POSITION,
    /** An emulated order is looked at; the owner is its slot. */
    ALGO,
    /** The age of positions is looked at; the owner is the bot. */
    PROTECTION
}
