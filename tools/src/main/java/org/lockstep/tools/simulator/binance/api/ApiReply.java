package org.lockstep.tools.simulator.binance.api;

/**
 * What goes back for a request.
 *
 * @param text   the message.
 * @param method asked for, empty when there was none.
 * @param key    used, null when there was none.
 * @param isLast whether the connection is cut after it.
 */
record ApiReply(String text, String method, ApiKey key, boolean isLast)
{
}
