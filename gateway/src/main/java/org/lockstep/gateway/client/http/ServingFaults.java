package org.lockstep.gateway.client.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of our own while requests were served: the client is told that it was one, the log which. Of many the first,
 * second, fourth, eighth and so on are logged. Client event loop only.
 */
final class ServingFaults
{
    private static final Logger LOG = LoggerFactory.getLogger(ServingFaults.class);

    private int count;

    /** Answers; where that fails too, or an answer is out already, the connection ends. */
    void tell(final HttpMethod method, final String path, final HttpReply reply, final Throwable fault)
    {
        if (1 == Integer.bitCount(++count))
        {
            LOG.error("{} {} could not be served (fault {} since the start)", method, path, count, fault);
        }
        if (reply.isSent())
        {
            reply.context().close();
            return;
        }
        try
        {
            reply.problem(new Problem(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal",
                "a fault of the gateway's own; its log says which"));
        }
        catch (final RuntimeException | Error ex)
        {
            reply.context().close();
        }
    }
}
