package org.lockstep.benchmarks.peer.decode;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.instrument.Instrument;

/** A careful user of the streaming parser: a switch over field names, numbers from the parser's own characters. */
final class JacksonStreamDecoder extends PeerDecoder
{
    private final JsonFactory factory = new JsonFactory();
    private Instrument instrument;
    private long bid;
    private long bidQuantity;
    private long ask;
    private long askQuantity;
    private long first;
    private long last;
    private long timeMs;
    private boolean isSell;

    JacksonStreamDecoder(final FramePublisher publisher)
    {
        super(publisher);
    }

    @Override
    void decode(final byte[] message) throws IOException
    {
        try (JsonParser parser = factory.createParser(message))
        {
            parser.nextToken();
            while (JsonToken.FIELD_NAME == parser.nextToken())
            {
                final boolean isData = "data".equals(parser.currentName());
                parser.nextToken();
                if (isData)
                {
                    data(parser);
                }
            }
        }
    }

    private void data(final JsonParser parser) throws IOException
    {
        String type = null;
        while (JsonToken.FIELD_NAME == parser.nextToken())
        {
            final String name = parser.currentName();
            final JsonToken value = parser.nextToken();
            switch (name)
            {
                case "e" -> type = parser.getText();
                case "s" -> instrument = instrument(parser.getText());
                case "E", "T" -> timeMs = parser.getLongValue();
                case "U", "t" -> first = parser.getLongValue();
                case "u" -> last = parser.getLongValue();
                case "b" -> bid = priceOrLevels(parser, value, true);
                case "a" -> ask = priceOrLevels(parser, value, false);
                case "p" -> bid = mantissa(parser, instrument.priceScale());
                case "B", "q" -> bidQuantity = mantissa(parser, instrument.quantityScale());
                case "A" -> askQuantity = mantissa(parser, instrument.quantityScale());
                case "m" -> isSell = JsonToken.VALUE_TRUE == value;
                default -> parser.skipChildren();
            }
        }
        if (null == type)
        {
            quote(instrument, last, bid, bidQuantity, ask, askQuantity);
        }
        else if ("trade".equals(type))
        {
            trade(instrument, first, bid, bidQuantity, isSell, timeMs);
        }
        else
        {
            depth(instrument, first, last, timeMs);
        }
    }

    private long priceOrLevels(final JsonParser parser, final JsonToken value, final boolean isBid) throws IOException
    {
        if (JsonToken.START_ARRAY != value)
        {
            return mantissa(parser, instrument.priceScale());
        }
        while (JsonToken.START_ARRAY == parser.nextToken())
        {
            parser.nextToken();
            final long price = mantissa(parser, instrument.priceScale());
            parser.nextToken();
            levels.add(price, mantissa(parser, instrument.quantityScale()), isBid);
            parser.nextToken();
        }
        return 0;
    }

    private static long mantissa(final JsonParser parser, final int scale) throws IOException
    {
        return mantissa(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), scale);
    }
}
