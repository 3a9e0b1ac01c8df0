package org.lockstep.gateway.venue.binance.orderentry;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.net.WebSocketSession;

/**
 * Fills templates and writes them to sockets. One request at a time: set the values, then send.
 * Threading: the session's loop. Allocation: none with HMAC or without signature, but for REST.
 */
final class RequestSender
{
    private final RequestSigner signer;
    private final VenueOffset offset;
    private final RequestValues values;
    private final UnsafeBuffer outgoing = new UnsafeBuffer(ByteBuffer.allocateDirect(RequestSigner.MAX_LENGTH));

    RequestSender(final RequestSigner signer, final VenueOffset offset, final RequestValues values)
    {
        this.signer = signer;
        this.offset = offset;
        this.values = values;
    }

    /** @return the variables of the next request. */
    RequestValues values()
    {
        return values;
    }

    /** @return false when it certainly did not leave. */
    boolean trySend(
        final WebSocketSession session, final RequestTemplate template, final long id, final boolean isSigned)
    {
        values.number(RequestValues.TIMESTAMP, offset.venueMs());
        final int length = signer.encode(template, id, values, isSigned, outgoing);
        return session.trySendText(outgoing, 0, length);
    }

    /** Fills a template for REST; the time and the signature are added by {@link #restQuery} when it leaves. */
    String restParameters(final RequestTemplate template)
    {
        final int length = template.encodePayload(values, outgoing);
        return outgoing.getStringWithoutLengthUtf8(0, length);
    }

    /** The whole query of a REST request that leaves now. */
    String restQuery(final String parameters)
    {
        final String query = parameters + (parameters.isEmpty() ? "" : "&") + "timestamp=" + offset.venueMs();
        return query + "&signature=" + URLEncoder.encode(signer.sign(query), StandardCharsets.UTF_8);
    }
}
