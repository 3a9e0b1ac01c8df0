package org.lockstep.tools.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A key to an account of a simulator. It opens nothing else, so it may be printed.
 *
 * @param account     number of the account, from 1.
 * @param key         what is sent.
 * @param secret      what requests are signed with: the text itself for HMAC-SHA256, PKCS#8 in base64 for Ed25519.
 * @param type        {@code HMAC-SHA256} or {@code Ed25519}.
 * @param mayWithdraw whether the key has that right, which a careful client refuses to use.
 * @param mayTrade    whether it may place, change and cancel orders; else it may only look.
 */
public record SimulatedKey(
    int account, String key, String secret, String type, boolean mayWithdraw, boolean mayTrade)
{
    /** Type of keys with a shared secret. */
    public static final String HMAC = "HMAC-SHA256";

    /** Type of keys that may log a connection on. */
    public static final String ED25519 = "Ed25519";

    /**
     * A key that may trade.
     *
     * @param account     number of the account, from 1.
     * @param key         what is sent.
     * @param secret      what requests are signed with.
     * @param type        {@code HMAC-SHA256} or {@code Ed25519}.
     * @param mayWithdraw whether the key has that right.
     */
    public SimulatedKey(
        final int account, final String key, final String secret, final String type, final boolean mayWithdraw)
    {
        this(account, key, secret, type, mayWithdraw, true);
    }

    /** @return the fields under the names they have in JSON output, in order. */
    public Map<String, Object> json()
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("secret", secret);
        fields.put("type", type);
        fields.put("account", account);
        fields.put("withdrawals", mayWithdraw);
        fields.put("trading", mayTrade);
        return fields;
    }
}
