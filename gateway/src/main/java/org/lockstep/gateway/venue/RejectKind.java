package org.lockstep.gateway.venue;

/** Why a venue message was not taken. */
public enum RejectKind
{
    /** No JSON, or broken off. */
    MALFORMED("not well-formed"),
    /** An event this feed does not know. */
    UNKNOWN_EVENT("unknown event"),
    /** A symbol this feed did not subscribe to. */
    UNKNOWN_SYMBOL("unknown symbol"),
    /** A field that the event must have is not there. */
    MISSING_FIELD("field missing"),
    /** An id, a flag or a text that is none. */
    BAD_FIELD("field malformed"),
    /** A time out of range. */
    BAD_TIME("time out of range"),
    /** A price or quantity that is no number or does not fit its instrument. */
    DOES_NOT_FIT("price or quantity does not fit its instrument"),
    /** More book levels than are taken in one message. */
    TOO_MANY_LEVELS("too many book levels"),
    /** A fault of ours while handling the message. */
    FAULT("fault while handling");

    private static final RejectKind[] VALUES = values();

    private final String text;

    RejectKind(final String text)
    {
        this.text = text;
    }

    /** @return words for people. */
    public String text()
    {
        return text;
    }

    static RejectKind byIndex(final int index)
    {
        return VALUES[index];
    }
}
