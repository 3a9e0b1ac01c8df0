package org.lockstep.tools.simulator.binance.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a REST request is answered.
 *
 * @param status        HTTP status.
 * @param body          JSON.
 * @param weight        what it costs.
 * @param retryAfterSec when to come back, 0 = not said.
 * @param headers       more headers.
 */
public record RestReply(int status, byte[] body, int weight, long retryAfterSec, Map<String, String> headers)
{
    /**
     * A good answer.
     *
     * @param body   JSON.
     * @param weight what it costs.
     * @return with status 200.
     */
    public static RestReply ok(final byte[] body, final int weight)
    {
        return new RestReply(200, body, weight, 0, Map.of());
    }

    /**
     * A refusal.
     *
     * @param status  HTTP status.
     * @param code    of the venue.
     * @param message the venue's words.
     * @return with weight 1.
     */
    public static RestReply error(final int status, final int code, final String message)
    {
        final String body = "{\"code\":" + code + ",\"msg\":\"" + message.replace("\"", "\\\"") + "\"}";
        return new RestReply(status, body.getBytes(StandardCharsets.UTF_8), 1, 0, Map.of());
    }
}
