package org.lockstep.tools.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a simulator listens, and the keys it knows. No trailing slashes.
 *
 * @param rest    base of the REST interface, {@code http://127.0.0.1:P}.
 * @param stream  base of the market streams, {@code ws://127.0.0.1:P}.
 * @param api     the WebSocket trading interface, with its path.
 * @param control base of the simulator's own control interface, {@code http://127.0.0.1:C}.
 * @param keys    to its accounts: one with a shared secret for each account in their order, then an Ed25519 key for
 *                each, then one to the first account that has the right to withdraw.
 */
public record SimulatorAddresses(String rest, String stream, String api, String control, List<SimulatedKey> keys)
{
    /** Copies the keys. */
    public SimulatorAddresses
    {
        keys = List.copyOf(keys);
    }

    /**
     * The key of an account.
     *
     * @param account from 1.
     * @param type    {@link SimulatedKey#HMAC} or {@link SimulatedKey#ED25519}.
     * @return one that may trade, without the right to withdraw.
     */
    public SimulatedKey key(final int account, final String type)
    {
        return keys.stream().filter(key -> key.account() == account && key.type().equals(type) &&
            key.mayTrade() && !key.mayWithdraw()).findFirst().orElseThrow(() ->
                new IllegalArgumentException("no account " + account + " with " + type));
    }

    /** @return the addresses under the names they have in JSON output, in order. */
    public Map<String, Object> json()
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rest", rest);
        fields.put("stream", stream);
        fields.put("api", api);
        fields.put("control", control);
        fields.put("accounts", keys.stream().map(SimulatedKey::json).toList());
        return fields;
    }
}
