package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.venue.Credentials;

/**
 * Makes requests from templates, and signs them in the form Binance wants: HMAC as hexadecimal digits, Ed25519 as
 * Base64. Threading: the session's loop. Allocation: none with HMAC, nor without a signature.
 */
final class RequestSigner
{
    /** Longest request. */
    static final int MAX_LENGTH = 4096;

    private static final byte[] SIGNATURE = ",\"signature\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNED_END = "\"}}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNSIGNED_END = "}}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Credentials credentials;
    private final byte[] payload = new byte[MAX_LENGTH];
    private final UnsafeBuffer payloadBuffer = new UnsafeBuffer(payload);
    private final byte[] signature = new byte[Credentials.MAX_SIGNATURE_LENGTH];

    RequestSigner(final Credentials credentials)
    {
        this.credentials = credentials;
    }

    /** @return true when a connection is logged on to once, so that its requests need no signature of their own. */
    boolean logsOn()
    {
        return Credentials.Kind.ED25519 == credentials.kind();
    }

    /** The public part of the key. Allocates. */
    String apiKey()
    {
        final UnsafeBuffer text = new UnsafeBuffer(new byte[credentials.apiKeyLength()]);
        return text.getStringWithoutLengthAscii(0, credentials.apiKey(text, 0));
    }

    /** Writes a whole request; @return bytes written. */
    int encode(
        final RequestTemplate template,
        final long id,
        final RequestValues values,
        final boolean isSigned,
        final MutableDirectBuffer target)
    {
        int position = template.encodeJson(id, values, target);
        if (!isSigned)
        {
            target.putBytes(position, UNSIGNED_END);
            return position + UNSIGNED_END.length;
        }
        target.putBytes(position, SIGNATURE);
        position += SIGNATURE.length;
        final int length = template.encodePayload(values, payloadBuffer);
        position += sign(length, target, position);
        target.putBytes(position, SIGNED_END);
        return position + SIGNED_END.length;
    }

    /** The signature of any text, as it stands in requests. Allocates. */
    String sign(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int length = credentials.sign(bytes, 0, bytes.length, signature, 0);
        final UnsafeBuffer target = new UnsafeBuffer(new byte[2 * Credentials.MAX_SIGNATURE_LENGTH]);
        return target.getStringWithoutLengthAscii(0, write(length, target, 0));
    }

    private int sign(final int payloadLength, final MutableDirectBuffer target, final int offset)
    {
        return write(credentials.sign(payload, 0, payloadLength, signature, 0), target, offset);
    }

    private int write(final int length, final MutableDirectBuffer target, final int offset)
    {
        if (Credentials.Kind.ED25519 == credentials.kind())
        {
            final byte[] base64 = Base64.getEncoder().encode(signature);
            target.putBytes(offset, base64);
            return base64.length;
        }
        for (int i = 0; i < length; i++)
        {
            target.putByte(offset + 2 * i, HEX[signature[i] >> 4 & 0xF]);
            target.putByte(offset + 2 * i + 1, HEX[signature[i] & 0xF]);
        }
        return 2 * length;
    }
}
