package org.lockstep.tools.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a simulator listens. No trailing slashes.
 *
 * @param rest    base of the REST interface, {@code http://127.0.0.1:P}.
 * @param stream  base of the market streams, {@code ws://127.0.0.1:P}.
 * @param api     the WebSocket trading interface, with its path.
 * @param control base of the simulator's own control interface, {@code http://127.0.0.1:C}.
 */
public record SimulatorAddresses(String rest, String stream, String api, String control)
{
    /** @return the addresses under the names they have in JSON output, in order. */
    public Map<String, String> json()
    {
        final Map<String, String> fields = new LinkedHashMap<>();
        fields.put("rest", rest);
        fields.put("stream", stream);
        fields.put("api", api);
        fields.put("control", control);
        return fields;
    }
}
