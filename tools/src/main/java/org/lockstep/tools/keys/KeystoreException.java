package org.lockstep.tools.keys;

/** A keystore, or something to put into it, that cannot be used; says what and what to try, and nothing secret. */
public final class KeystoreException extends RuntimeException
{
    /**
     * An exception.
     *
     * @param message what is wrong and what to try.
     */
    public KeystoreException(final String message)
    {
        super(message);
    }
}
