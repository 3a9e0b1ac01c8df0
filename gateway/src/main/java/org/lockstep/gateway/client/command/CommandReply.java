package org.lockstep.gateway.client.command;

/** Told once how a command went. */
public interface CommandReply
{
    /**
     * The command stands in the journal.
     *
     * @param sequence    of the command.
     * @param requestId   it was given under.
     * @param isDuplicate true when it had been given before under the same id, and did not act again.
     */
    void onJournaled(long sequence, String requestId, boolean isDuplicate);

    /**
     * The command was not taken, or its fate is not known yet.
     *
     * @param code         stable, see the protocol's errors.
     * @param message      what is wrong and what to do.
     * @param field        that is wrong, or null.
     * @param retryAfterMs when to try again with the same id, 0 = that would not help.
     */
    void onRefused(String code, String message, String field, long retryAfterMs);
}
