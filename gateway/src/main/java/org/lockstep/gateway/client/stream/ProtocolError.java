package org.lockstep.gateway.client.stream;

/**
 * An error as a client is told.
 *
 * @param code         stable, lower case, words joined by underscores.
 * @param message      what was found and what is allowed.
 * @param field        of the message that is wrong, or null.
 * @param retryAfterMs when to try again, 0 = that would not help.
 */
public record ProtocolError(String code, String message, String field, long retryAfterMs)
{
}
