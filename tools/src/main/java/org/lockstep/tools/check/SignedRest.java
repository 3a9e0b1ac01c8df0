package org.lockstep.tools.check;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.gateway.venue.Credentials;

/**
 * Signed REST requests to Binance, for questions asked once: who is this key, and what may it do. Cold, blocking.
 */
public final class SignedRest
{
    private static final int RECV_WINDOW_MS = 5_000;

    private final PlainRest rest;
    private final RequestSigner signer;
    private long offsetMs;

    /**
     * A client.
     *
     * @param rest        REST address.
     * @param credentials to sign with; stay the caller's.
     */
    public SignedRest(final URI rest, final Credentials credentials)
    {
        this.rest = new PlainRest(rest);
        signer = new RequestSigner(credentials);
    }

    /**
     * What a key may do.
     *
     * @param trade       place orders.
     * @param withdraw    take money out; null when the venue does not tell.
     * @param ipProtected whether it works from listed addresses only; null when the venue does not tell.
     */
    public record Rights(boolean trade, Boolean withdraw, Boolean ipProtected)
    {
    }

    /**
     * Measures the venue's clock, which signed requests must carry.
     *
     * @return venue minus this host, milliseconds.
     */
    public long synchronise() throws IOException, InterruptedException
    {
        final long sentMs = System.currentTimeMillis();
        final JsonNode answer = rest.get("/api/v3/time");
        final long receivedMs = System.currentTimeMillis();
        if (null == answer || !answer.path("serverTime").isIntegralNumber())
        {
            throw new IOException("the venue does not tell its time under /api/v3/time");
        }
        offsetMs = answer.path("serverTime").asLong() - (sentMs + receivedMs) / 2;
        return offsetMs;
    }

    /**
     * The account's balances and what it may do.
     *
     * @return as the venue tells it.
     */
    public JsonNode account() throws IOException, InterruptedException
    {
        return get("/api/v3/account", "omitZeroBalances=true&");
    }

    /**
     * The rights of the key itself.
     *
     * @return them.
     */
    public Rights rights() throws IOException, InterruptedException
    {
        final JsonNode restrictions = get("/sapi/v1/account/apiRestrictions", "");
        if (null == restrictions)
        {
            // Test networks know no such address; the account's own word is all there is.
            return new Rights(account().path("canTrade").asBoolean(), null, null);
        }
        return new Rights(restrictions.path("enableSpotAndMarginTrading").asBoolean(),
            restrictions.path("enableWithdrawals").asBoolean() ||
                restrictions.path("enableInternalTransfer").asBoolean(),
            restrictions.path("ipRestrict").asBoolean());
    }

    /** The account's order counts and their limits, null when the venue does not tell. */
    JsonNode orderLimits() throws IOException, InterruptedException
    {
        return get("/api/v3/rateLimit/order", "");
    }

    RequestSigner signer()
    {
        return signer;
    }

    PlainRest plain()
    {
        return rest;
    }

    /** The parameters that open the account's events on a connection of the WebSocket API. */
    Map<String, Object> subscription()
    {
        final Map<String, Object> sorted = new TreeMap<>();
        sorted.put("apiKey", signer.apiKey());
        sorted.put("recvWindow", RECV_WINDOW_MS);
        sorted.put("timestamp", System.currentTimeMillis() + offsetMs);
        final StringBuilder payload = new StringBuilder();
        sorted.forEach((name, value) ->
            payload.append(payload.length() > 0 ? "&" : "").append(name).append('=').append(value));
        final Map<String, Object> signed = new LinkedHashMap<>(sorted);
        signed.put("signature", signer.sign(payload.toString()));
        return signed;
    }

    private JsonNode get(final String path, final String parameters) throws IOException, InterruptedException
    {
        final String query = parameters + "recvWindow=" + RECV_WINDOW_MS + "&timestamp=" +
            (System.currentTimeMillis() + offsetMs);
        final String signature = URLEncoder.encode(signer.sign(query), StandardCharsets.US_ASCII);
        return rest.get(path + "?" + query + "&signature=" + signature, signer.apiKey());
    }
}
