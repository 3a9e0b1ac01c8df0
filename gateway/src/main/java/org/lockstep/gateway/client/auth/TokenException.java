package org.lockstep.gateway.client.auth;

/** A token that was refused. The message is fit for the client: it never holds the token or a key. */
public final class TokenException extends Exception
{
    private static final long serialVersionUID = 1L;

    /** Why a token was refused. */
    public enum Kind
    {
        /** Not a token this gateway accepts. */
        BAD_TOKEN,
        /** Was good once; its time is over. */
        EXPIRED,
        /** Genuine, but its role is missing or unknown. */
        NO_ROLE
    }

    private final Kind kind;

    /**
     * Refuses a token.
     *
     * @param kind    the kind of refusal.
     * @param message what is wrong with it, and what is allowed.
     */
    public TokenException(final Kind kind, final String message)
    {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** @return the kind of refusal. */
    public Kind kind()
    {
        return kind;
    }
}
