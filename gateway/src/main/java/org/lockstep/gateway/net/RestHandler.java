package org.lockstep.gateway.net;

/** Called back with the outcome of one REST request, on the client's event loop, exactly once. */
public interface RestHandler
{
    /**
     * The server answered, with whatever status.
     *
     * @param response valid only until this returns.
     */
    void onResponse(RestResponse response);

    /**
     * There is no answer: refused, displaced, lost, timed out or too long.
     *
     * @param reason for people.
     * @param isSent true when the server may have received the request, so that its effect is unknown; false when it
     *               certainly did not.
     */
    void onFailure(String reason, boolean isSent);
}
