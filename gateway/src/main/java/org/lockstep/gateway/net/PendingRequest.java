package org.lockstep.gateway.net;

import java.util.concurrent.ScheduledFuture;

/** A request that waits or is in flight, and where its outcome goes. Threading: the client's event loop. */
final class PendingRequest
{
    final RestRequest request;
    private final RestHandler handler;

    /** Ends the wait in the queue or for the response; null when nothing does. */
    ScheduledFuture<?> deadline;
    long sentTimeNs;
    boolean isOnReusedChannel;
    boolean isSent;

    PendingRequest(final RestRequest request, final RestHandler handler)
    {
        this.request = request;
        this.handler = handler;
    }

    void fail(final String reason)
    {
        cancelDeadline();
        handler.onFailure(reason, isSent);
    }

    void answer(final RestResponse response)
    {
        cancelDeadline();
        handler.onResponse(response);
    }

    void cancelDeadline()
    {
        if (null != deadline)
        {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
