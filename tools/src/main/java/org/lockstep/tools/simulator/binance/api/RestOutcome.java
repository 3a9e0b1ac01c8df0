package org.lockstep.tools.simulator.binance.api;

/**
 * What becomes of a private REST request.
 *
 * @param reply        what is answered, null when the connection is cut instead.
 * @param delayMs      how late the answer goes out.
 * @param retryAfterMs when the request is to be done instead of now, 0 for now.
 */
public record RestOutcome(RestReply reply, long delayMs, long retryAfterMs)
{
}
