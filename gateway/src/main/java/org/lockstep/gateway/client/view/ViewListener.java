package org.lockstep.gateway.client.view;

import org.agrona.DirectBuffer;

/** Told what a frame changed, after the view has taken it in. Called by the client event loop; must not block. */
public interface ViewListener
{
    /**
     * The value behind a key of a state channel is new.
     *
     * @param channel      a state channel.
     * @param key          of the value, see {@link ClientView}.
     * @param instrumentId it belongs to, or -1.
     */
    void onState(DataChannel channel, long key, int instrumentId);

    /**
     * Something happened on an event channel.
     *
     * @param channel      an event channel.
     * @param instrumentId it belongs to, or -1.
     * @param buffer       holds the frame, valid until this returns.
     * @param offset       of the frame's header.
     */
    void onEvent(DataChannel channel, int instrumentId, DirectBuffer buffer, int offset);

    /**
     * A command came back from the journal.
     *
     * @param user      who gave it.
     * @param requestId under which it was given, may be empty.
     * @param sequence  of the command in the journal.
     */
    void onCommand(String user, String requestId, long sequence);
}
