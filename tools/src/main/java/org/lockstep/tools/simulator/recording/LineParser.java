package org.lockstep.tools.simulator.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes a recorded line apart without touching the message in it. Accepts {@code {"recv_ns":..,"src":"ws","raw":{..}}},
 * {@code recv_s} instead of {@code recv_ns}, a message quoted as a string, and a bare message. One thread.
 */
final class LineParser
{
    private final JsonFactory factory = new JsonFactory();

    private long receiveNs;
    private String source;
    private String url;
    private byte[] line;
    private int rawOffset;
    private int rawLength;
    private int dataOffset;
    private int dataLength;
    private String stream;
    private String eventType;
    private String symbol;
    private boolean bestPrices;
    private boolean snapshot;

    /** The message of a line, or null when the line holds none that can be served. */
    RecordedMessage parse(final byte[] bytes) throws IOException
    {
        receiveNs = 0;
        source = null;
        url = null;
        rawLength = 0;
        line = bytes;
        if (!readEnvelope())
        {
            return null;
        }
        readMessage();
        final boolean wrapped = null != stream;
        if (!wrapped)
        {
            dataOffset = rawOffset;
            dataLength = rawLength;
            stream = streamOfPayload();
        }
        if (null == stream && !snapshot)
        {
            return null;
        }
        return new RecordedMessage(receiveNs, snapshot ? null : stream, symbolName(), line,
            rawOffset, rawLength, wrapped, dataOffset, dataLength);
    }

    private boolean readEnvelope() throws IOException
    {
        byte[] quoted = null;
        try (JsonParser parser = factory.createParser(line))
        {
            if (JsonToken.START_OBJECT != parser.nextToken())
            {
                return false;
            }
            while (JsonToken.END_OBJECT != parser.nextToken())
            {
                final String name = parser.currentName();
                final JsonToken value = parser.nextToken();
                if ("raw".equals(name) && JsonToken.VALUE_STRING == value)
                {
                    quoted = parser.getText().getBytes(StandardCharsets.UTF_8);
                }
                else if ("raw".equals(name))
                {
                    rawOffset = (int)parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    rawLength = (int)parser.currentLocation().getByteOffset() - rawOffset;
                }
                else
                {
                    readEnvelopeField(parser, name);
                }
            }
        }
        if (null != quoted)
        {
            line = quoted;
            rawOffset = 0;
            rawLength = quoted.length;
        }
        else if (0 == rawLength && null == source)
        {
            rawOffset = 0;
            rawLength = line.length;
        }
        return rawLength > 0 && !"ws_connect".equals(source);
    }

    private void readEnvelopeField(final JsonParser parser, final String name) throws IOException
    {
        switch (name)
        {
            case "recv_ns" -> receiveNs = parser.getLongValue();
            case "recv_s" -> receiveNs = new BigDecimal(parser.getText()).movePointRight(9).longValue();
            case "src" -> source = parser.getText();
            case "url" -> url = parser.getText();
            default -> parser.skipChildren();
        }
    }

    private void readMessage() throws IOException
    {
        stream = null;
        eventType = null;
        symbol = null;
        bestPrices = false;
        snapshot = false;
        try (JsonParser parser = factory.createParser(line, rawOffset, rawLength))
        {
            if (JsonToken.START_OBJECT != parser.nextToken())
            {
                return;
            }
            while (JsonToken.END_OBJECT != parser.nextToken())
            {
                final String name = parser.currentName();
                final JsonToken value = parser.nextToken();
                if ("stream".equals(name))
                {
                    stream = parser.getText();
                }
                else if ("data".equals(name))
                {
                    final int start = (int)parser.currentTokenLocation().getByteOffset();
                    readPayload(parser, value);
                    dataOffset = rawOffset + start;
                    dataLength = (int)parser.currentLocation().getByteOffset() - start;
                }
                else
                {
                    readPayloadField(parser, name);
                }
            }
        }
    }

    private void readPayload(final JsonParser parser, final JsonToken start) throws IOException
    {
        if (JsonToken.START_OBJECT != start)
        {
            parser.skipChildren();
            return;
        }
        while (JsonToken.END_OBJECT != parser.nextToken())
        {
            final String name = parser.currentName();
            parser.nextToken();
            readPayloadField(parser, name);
        }
    }

    private void readPayloadField(final JsonParser parser, final String name) throws IOException
    {
        switch (name)
        {
            case "e" -> eventType = parser.getText();
            case "s" -> symbol = parser.getText();
            case "lastUpdateId" -> snapshot = null == stream;
            case "A" -> bestPrices = true;
            default -> parser.skipChildren();
        }
    }

    private String streamOfPayload()
    {
        if (null == symbol || snapshot)
        {
            return null;
        }
        final String prefix = symbol.toLowerCase(Locale.ROOT) + '@';
        if (null == eventType)
        {
            return bestPrices ? prefix + "bookTicker" : null;
        }
        return switch (eventType)
        {
            case "trade", "aggTrade" -> prefix + eventType;
            case "depthUpdate" -> prefix + "depth@100ms";
            case "24hrTicker" -> prefix + "ticker";
            case "24hrMiniTicker" -> prefix + "miniTicker";
            default -> null;
        };
    }

    private String symbolName()
    {
        if (null != symbol)
        {
            return symbol;
        }
        if (null != stream && stream.indexOf('@') > 0)
        {
            return stream.substring(0, stream.indexOf('@')).toUpperCase(Locale.ROOT);
        }
        final int start = null == url ? -1 : url.indexOf("symbol=");
        return start < 0 ? null : url.substring(start + 7).split("&", 2)[0];
    }
}
