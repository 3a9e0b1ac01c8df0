package org.lockstep.tools.simulator.binance.api;

import org.lockstep.tools.simulator.binance.fault.FaultRule;

/**
 * What goes back for a request.
 *
 * @param text         the message, null when there is none.
 * @param rule         what is to go wrong with it, null for nothing.
 * @param isLast       whether the connection is cut after it.
 * @param retryAfterMs when the request is to be done instead of now, 0 for now.
 */
record ApiReply(String text, FaultRule rule, boolean isLast, long retryAfterMs)
{
}
