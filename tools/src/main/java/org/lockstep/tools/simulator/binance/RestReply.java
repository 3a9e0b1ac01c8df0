package org.lockstep.tools.simulator.binance;

import java.nio.charset.StandardCharsets;

/**
 * What a REST request is answered.
 *
 * @param status        HTTP status.
 * @param body          JSON.
 * @param weight        what it costs.
 * @param retryAfterSec when to come back, 0 = not said.
 */
record RestReply(int status, byte[] body, int weight, long retryAfterSec)
{
    static RestReply ok(final byte[] body, final int weight)
    {
        return new RestReply(200, body, weight, 0);
    }

    static RestReply error(final int status, final int code, final String message)
    {
        final String body = "{\"code\":" + code + ",\"msg\":\"" + message.replace("\"", "\\\"") + "\"}";
        return new RestReply(status, body.getBytes(StandardCharsets.UTF_8), 1, 0);
    }
}
