package org.lockstep.benchmarks.peer.decode;

import java.io.IOException;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.NumberConverter;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.instrument.Instrument;

/** A careful user of DSL-JSON's reader: names compared by hash, numbers from the reader's own characters. */
final class DslJsonDecoder extends PeerDecoder
{
    private static final int BASIS = 0x811C9DC5;
    private static final int PRIME = 0x1000193;
    private static final int TYPE = (BASIS ^ 'e') * PRIME;
    private static final int SYMBOL = (BASIS ^ 's') * PRIME;
    private static final int EVENT_TIME = (BASIS ^ 'E') * PRIME;
    private static final int TRADE_TIME = (BASIS ^ 'T') * PRIME;
    private static final int FIRST_ID = (BASIS ^ 'U') * PRIME;
    private static final int TRADE_ID = (BASIS ^ 't') * PRIME;
    private static final int LAST_ID = (BASIS ^ 'u') * PRIME;
    private static final int BID = (BASIS ^ 'b') * PRIME;
    private static final int ASK = (BASIS ^ 'a') * PRIME;
    private static final int PRICE = (BASIS ^ 'p') * PRIME;
    private static final int BID_QUANTITY = (BASIS ^ 'B') * PRIME;
    private static final int QUANTITY = (BASIS ^ 'q') * PRIME;
    private static final int ASK_QUANTITY = (BASIS ^ 'A') * PRIME;
    private static final int MAKER = (BASIS ^ 'm') * PRIME;
    private static final int DATA = hash("data");

    private final JsonReader<Object> reader = new DslJson<>().newReader(new byte[0]);
    private Instrument instrument;
    private long bid;
    private long bidQuantity;
    private long ask;
    private long askQuantity;
    private long first;
    private long last;
    private long timeMs;
    private boolean isSell;

    DslJsonDecoder(final FramePublisher publisher)
    {
        super(publisher);
    }

    @Override
    void decode(final byte[] message) throws IOException
    {
        reader.process(message, message.length);
        expect('{', reader.getNextToken());
        byte next;
        do
        {
            reader.getNextToken();
            final int name = reader.fillName();
            reader.getNextToken();
            if (DATA == name)
            {
                data();
                next = reader.getNextToken();
            }
            else
            {
                next = reader.skip();
            }
        }
        while (',' == next);
        expect('}', next);
    }

    private void data() throws IOException
    {
        String type = null;
        byte next;
        expect('{', reader.last());
        do
        {
            reader.getNextToken();
            final int name = reader.fillName();
            reader.getNextToken();
            boolean isSkipped = false;
            switch (name)
            {
                case TYPE -> type = reader.readString();
                case SYMBOL -> instrument = instrument(reader.readString());
                case EVENT_TIME, TRADE_TIME -> timeMs = NumberConverter.deserializeLong(reader);
                case FIRST_ID, TRADE_ID -> first = NumberConverter.deserializeLong(reader);
                case LAST_ID -> last = NumberConverter.deserializeLong(reader);
                case BID -> bid = priceOrLevels(true);
                case ASK -> ask = priceOrLevels(false);
                case PRICE -> bid = mantissa(instrument.priceScale());
                case BID_QUANTITY, QUANTITY -> bidQuantity = mantissa(instrument.quantityScale());
                case ASK_QUANTITY -> askQuantity = mantissa(instrument.quantityScale());
                case MAKER -> isSell = reader.wasTrue();
                default -> isSkipped = true;
            }
            next = isSkipped ? reader.skip() : reader.getNextToken();
        }
        while (',' == next);
        expect('}', next);
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

    private long priceOrLevels(final boolean isBid) throws IOException
    {
        if ('[' != reader.last())
        {
            return mantissa(instrument.priceScale());
        }
        byte next = reader.getNextToken();
        while (']' != next)
        {
            expect('[', next);
            reader.getNextToken();
            final long price = mantissa(instrument.priceScale());
            expect(',', reader.getNextToken());
            reader.getNextToken();
            levels.add(price, mantissa(instrument.quantityScale()), isBid);
            expect(']', reader.getNextToken());
            next = reader.getNextToken();
            if (',' == next)
            {
                next = reader.getNextToken();
            }
        }
        return 0;
    }

    private long mantissa(final int scale) throws IOException
    {
        final int before = reader.getCurrentIndex();
        final char[] text = reader.readSimpleQuote();
        return mantissa(text, 0, reader.getCurrentIndex() - before - 1, scale);
    }

    private static void expect(final char expected, final byte found) throws IOException
    {
        if (expected != found)
        {
            throw new IOException("found '" + (char)found + "', expected '" + expected + "'");
        }
    }

    private static int hash(final String name)
    {
        int hash = BASIS;
        for (int i = 0; i < name.length(); i++)
        {
            hash = (hash ^ name.charAt(i)) * PRIME;
        }
        return hash;
    }
}
