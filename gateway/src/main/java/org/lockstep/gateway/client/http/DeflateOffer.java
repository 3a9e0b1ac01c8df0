package org.lockstep.gateway.client.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;

/**
 * Agreement on permessage-deflate (RFC 7692). Both sides forget each message: so one compressed frame can be shared by
 * all clients, and no client costs a compression window.
 */
final class DeflateOffer
{
    /** What is answered to an offer that is taken. */
    static final String RESPONSE = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final String NAME = "permessage-deflate";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final int MAX_WINDOW_BITS = 15;
    private static final int UNUSED_LEVEL = 1;

    private DeflateOffer()
    {
    }

    /** Says whether one of a client's offers can be taken as it is. */
    static boolean isAcceptable(final List<String> headers)
    {
        for (final String header : headers)
        {
            for (final String offer : header.split(","))
            {
                if (isAcceptable(offer))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /** A handler that inflates what the client sends, up to a bound. */
    static ChannelHandler inflater(final int maxLength)
    {
        final Map<String, String> parameters = new HashMap<>();
        parameters.put(CLIENT_NO_CONTEXT, null);
        return new PerMessageDeflateServerExtensionHandshaker(
            UNUSED_LEVEL, false, MAX_WINDOW_BITS, true, true, maxLength)
            .handshakeExtension(new WebSocketExtensionData(NAME, parameters)).newExtensionDecoder();
    }

    /** A smaller window of the server's is refused, since the JDK's compressor has one size only. */
    private static boolean isAcceptable(final String offer)
    {
        final String[] parts = offer.strip().toLowerCase(Locale.ROOT).split(";");
        if (!NAME.equals(parts[0].strip()))
        {
            return false;
        }
        final Map<String, String> seen = new HashMap<>();
        for (int i = 1; i < parts.length; i++)
        {
            final String[] pair = parts[i].strip().split("=", 2);
            final String value = 2 == pair.length ? pair[1].strip().replace("\"", "") : "";
            final boolean isGood = switch (pair[0].strip())
            {
                case CLIENT_NO_CONTEXT, "server_no_context_takeover" -> value.isEmpty();
                case "client_max_window_bits" -> value.isEmpty() || value.matches("[89]|1[0-5]");
                case "server_max_window_bits" -> "15".equals(value);
                default -> false;
            };
            if (!isGood || null != seen.put(pair[0].strip(), value))
            {
                return false;
            }
        }
        return true;
    }
}
