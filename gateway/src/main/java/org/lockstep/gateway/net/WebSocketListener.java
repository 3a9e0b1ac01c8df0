package org.lockstep.gateway.net;

import org.agrona.DirectBuffer;

/**
 * Called back by a {@link WebSocketSession}, always on its event loop. Callbacks may send and close; they never block.
 */
public interface WebSocketListener
{
    /**
     * The handshake succeeded.
     *
     * @param session that is open now.
     */
    void onOpen(WebSocketSession session);

    /**
     * One whole text or binary message.
     *
     * @param session       it came from.
     * @param buffer        holds the message: the socket's own memory, valid only until this returns.
     * @param offset        of the first byte.
     * @param length        bytes.
     * @param ingressTimeNs when the bytes were read from the socket, epoch ns; the same for all messages of one read.
     */
    void onMessage(WebSocketSession session, DirectBuffer buffer, int offset, int length, long ingressTimeNs);

    /**
     * What was ready on the socket has been read.
     *
     * @param session it came from.
     */
    void onReadComplete(WebSocketSession session);

    /**
     * The session ended, or never came up. Called exactly once per session.
     *
     * @param session that ended.
     * @param reason  for people.
     * @param status  HTTP status of a refused handshake, else 0.
     * @param retryAfterSeconds what a refusing server asked for, 0 = nothing.
     */
    void onClosed(WebSocketSession session, String reason, int status, long retryAfterSeconds);
}
