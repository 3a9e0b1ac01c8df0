package org.lockstep.tools.simulator.binance.api;

import java.util.List;
import java.util.Map;

/** The public REST interface, which the WebSocket API offers too. */
@FunctionalInterface
public interface PublicMethods
{
    /**
     * Answers a request.
     *
     * @param path   such as {@code /api/v3/time}.
     * @param query  parameters.
     * @param micros whether times are wanted in microseconds.
     * @return the answer.
     */
    RestReply handle(String path, Map<String, List<String>> query, boolean micros);
}
