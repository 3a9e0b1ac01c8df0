package org.lockstep.gateway.client.http;

import java.util.ArrayDeque;

import io.netty.handler.codec.http.FullHttpRequest;

/**
 * Requests of one connection that were sent before the one in hand is answered: answers keep the order. Nobody has
 * looked at them yet, so together they take no more room than one body that is arriving. Client event loop only.
 */
final class WaitingRequests
{
    private static final int MAX_COUNT = 8;
    private static final int MAX_BYTES = 64 * 1024;

    private final ArrayDeque<FullHttpRequest> requests = new ArrayDeque<>();
    private int bytes;

    /** @return false when there is no room; if there is, the request is retained. */
    boolean tryAdd(final FullHttpRequest request)
    {
        final int length = request.content().readableBytes();
        if (requests.size() == MAX_COUNT || bytes + length > MAX_BYTES)
        {
            return false;
        }
        bytes += length;
        requests.add(request.retain());
        return true;
    }

    /** @return the first, which is then the caller's to release, or null. */
    FullHttpRequest poll()
    {
        final FullHttpRequest first = requests.poll();
        bytes -= null == first ? 0 : first.content().readableBytes();
        return first;
    }

    void clear()
    {
        requests.forEach(FullHttpRequest::release);
        requests.clear();
        bytes = 0;
    }
}
