package org.lockstep.tools.check;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.venue.Credentials;

/**
 * Signed REST requests to Binance, for questions asked once: who is this key, and what may it do. Cold, blocking.
 */
public final class SignedRest
{
    private static final int TIMEOUT_MS = 5_000;
    private static final int RECV_WINDOW_MS = 5_000;
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(TIMEOUT_MS)).build();
    private final URI rest;
    private final Credentials credentials;
    private long offsetMs;

    /**
     * A client.
     *
     * @param rest        REST address.
     * @param credentials to sign with; stay the caller's.
     */
    public SignedRest(final URI rest, final Credentials credentials)
    {
        this.rest = rest;
        this.credentials = credentials;
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
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(rest.resolve("/api/v3/time"))
            .timeout(Duration.ofMillis(TIMEOUT_MS)).build(), HttpResponse.BodyHandlers.ofString());
        final long receivedMs = System.currentTimeMillis();
        offsetMs = MAPPER.readTree(response.body()).path("serverTime").asLong() - (sentMs + receivedMs) / 2;
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

    private JsonNode get(final String path, final String parameters) throws IOException, InterruptedException
    {
        final String query = parameters + "recvWindow=" + RECV_WINDOW_MS + "&timestamp=" +
            (System.currentTimeMillis() + offsetMs);
        final byte[] payload = query.getBytes(StandardCharsets.US_ASCII);
        final byte[] signature = new byte[Credentials.MAX_SIGNATURE_LENGTH];
        final int length = credentials.sign(payload, 0, payload.length, signature, 0);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[credentials.apiKeyLength()]);
        credentials.apiKey(key, 0);
        final HttpResponse<String> response = http.send(
            HttpRequest.newBuilder(rest.resolve(path + "?" + query + "&signature=" + text(signature, length)))
                .timeout(Duration.ofMillis(TIMEOUT_MS))
                .header("X-MBX-APIKEY", new String(key.byteArray(), StandardCharsets.US_ASCII)).build(),
            HttpResponse.BodyHandlers.ofString());
        if (NOT_FOUND == response.statusCode())
        {
            return null;
        }
        if (200 != response.statusCode())
        {
            final String body = response.body();
            throw new IOException(
                "HTTP " + response.statusCode() + ": " + body.substring(0, Math.min(200, body.length())));
        }
        return MAPPER.readTree(response.body());
    }

    private String text(final byte[] signature, final int length)
    {
        return Credentials.Kind.HMAC_SHA256 == credentials.kind() ? HexFormat.of().formatHex(signature, 0, length) :
            URLEncoder.encode(Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(signature, length)),
                StandardCharsets.US_ASCII);
    }
}
