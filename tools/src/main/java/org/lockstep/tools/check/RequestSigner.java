package org.lockstep.tools.check;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.venue.Credentials;

/** Signs texts with a key. Cold. */
final class RequestSigner
{
    private static final int SHOWN = 4;

    private final Credentials credentials;

    RequestSigner(final Credentials credentials)
    {
        this.credentials = credentials;
    }

    /** The public part, as it stands in requests. */
    String apiKey()
    {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[credentials.apiKeyLength()]);
        credentials.apiKey(key, 0);
        return new String(key.byteArray(), StandardCharsets.US_ASCII);
    }

    /** Kind and the public part but for its middle. */
    String describe()
    {
        final String key = apiKey();
        return (key.length() <= 2 * SHOWN ? "..." :
            key.substring(0, SHOWN) + "..." + key.substring(key.length() - SHOWN)) +
            (Credentials.Kind.HMAC_SHA256 == credentials.kind() ? " (HMAC-SHA256)" : " (Ed25519)");
    }

    /** Hex or base64, by the kind of key. */
    String sign(final String text)
    {
        final byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        final byte[] signature = new byte[Credentials.MAX_SIGNATURE_LENGTH];
        final int length = credentials.sign(payload, 0, payload.length, signature, 0);
        return Credentials.Kind.HMAC_SHA256 == credentials.kind() ? HexFormat.of().formatHex(signature, 0, length) :
            Base64.getEncoder().encodeToString(Arrays.copyOf(signature, length));
    }
}
