package org.lockstep.gateway.venue.binance.ws;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.SymbolTable;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.lockstep.gateway.venue.binance.common.JsonLevels;
import org.lockstep.gateway.venue.binance.common.VenueTimes;

/**
 * Decodes the messages of the market streams, bare or wrapped in {@code {"stream":..,"data":..}}, by scanning their
 * bytes once where they lie. Fields may come in any order, unknown ones are skipped, blanks and escapes tolerated.
 * A message is checked completely before any of it is handed on; a bad one is counted and logged and changes nothing.
 * <p>
 * Threading: the feed's loop. Allocation: none.
 */
final class StreamDecoder
{
    private static final byte[] TRADE = ascii("trade");
    private static final byte[] DEPTH_UPDATE = ascii("depthUpdate");
    private static final byte[] KLINE = ascii("kline");
    private static final byte[] TICKER = ascii("24hrTicker");
    private static final byte[] SERVER_SHUTDOWN = ascii("serverShutdown");
    private static final byte[] DATA = ascii("data");
    private static final byte[] STREAM = ascii("stream");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ID = ascii("id");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] CODE = ascii("code");
    private static final byte[][] INTERVAL_TEXTS = {ascii("1m"), ascii("5m"), ascii("15m"), ascii("1h"), ascii("1d")};
    private static final BarInterval[] INTERVALS =
        {BarInterval.M1, BarInterval.M5, BarInterval.M15, BarInterval.H1, BarInterval.D1};
    private static final int QUOTE_VOLUME_SCALE = 2;

    private final StreamEvents events;
    private final FeedCounters counters;
    private final JsonCursor cursor = new JsonCursor();
    private final StreamFields fields = new StreamFields();
    private final StreamFields barFields = new StreamFields();
    private final LevelBuffer levels = new LevelBuffer();
    private final BarValues values = new BarValues();
    private volatile SymbolTable<InstrumentFeed> symbols = new SymbolTable<>();

    private DirectBuffer buffer;
    private InstrumentFeed feed;
    private RejectKind problem;
    private boolean hasData;
    private boolean isControl;
    private boolean isError;
    private boolean hasBar;
    private long controlId;
    private int bidsPosition;
    private int asksPosition;
    private boolean areBidsRead;
    private boolean areAsksRead;

    StreamDecoder(final StreamEvents events, final FeedCounters counters)
    {
        this.events = events;
        this.counters = counters;
    }

    /** Sets which symbols are known; any thread. */
    void symbols(final SymbolTable<InstrumentFeed> newSymbols)
    {
        symbols = newSymbols;
    }

    SymbolTable<InstrumentFeed> symbols()
    {
        return symbols;
    }

    /** Takes one message; counts it as exactly one of decoded, control and rejected. */
    void onMessage(final DirectBuffer message, final int offset, final int length)
    {
        counters.onReceived(length);
        reset(message);
        cursor.wrap(message, offset, length);
        if (!readObject(true) || -1 != cursor.peek())
        {
            reject(RejectKind.MALFORMED);
        }
        else
        {
            dispatch(offset, length);
        }

        if (null != problem)
        {
            counters.onRejected(problem, message, offset, length);
        }
        else if (isControl)
        {
            counters.onControl();
        }
        else
        {
            counters.onDecoded();
        }
        buffer = null;
        feed = null;
    }

    private void reset(final DirectBuffer message)
    {
        buffer = message;
        hasData = false;
        isControl = false;
        isError = false;
        controlId = -1;
        resetPayload();
    }

    private void resetPayload()
    {
        fields.clear();
        levels.clear();
        feed = null;
        problem = null;
        hasBar = false;
        bidsPosition = -1;
        asksPosition = -1;
        areBidsRead = false;
        areAsksRead = false;
    }

    // ------------------------------------------------------------------------------------------------------ reading

    private boolean readObject(final boolean isTop)
    {
        if (!cursor.accept('{'))
        {
            return false;
        }
        if (cursor.accept('}'))
        {
            return true;
        }
        do
        {
            if (!cursor.readString())
            {
                return false;
            }
            final int keyOffset = cursor.spanOffset();
            final int keyLength = cursor.spanLength();
            if (!cursor.accept(':'))
            {
                return false;
            }
            final int key = 1 == keyLength ? buffer.getByte(keyOffset) : 0;
            final boolean isRead = key > 0 && !(isTop && hasData) ? readField(key) :
                isTop ? readEnvelope(keyOffset, keyLength) : cursor.skipValue();
            if (!isRead)
            {
                return false;
            }
        }
        while (cursor.accept(','));
        return cursor.accept('}');
    }

    private boolean readEnvelope(final int keyOffset, final int keyLength)
    {
        if (StreamFields.isText(buffer, keyOffset, keyLength, DATA) && '{' == cursor.peek() && !hasData)
        {
            resetPayload();
            final boolean isRead = readObject(false);
            hasData = true;
            return isRead;
        }
        if (StreamFields.isText(buffer, keyOffset, keyLength, STREAM))
        {
            return cursor.skipValue();
        }
        if (StreamFields.isText(buffer, keyOffset, keyLength, ID))
        {
            isControl = true;
            if ('{' == cursor.peek() || '[' == cursor.peek() || !cursor.readStringOrScalar())
            {
                return false;
            }
            controlId = StreamFields.parseId(buffer, cursor.spanOffset(), cursor.spanLength());
            return true;
        }
        if (StreamFields.isText(buffer, keyOffset, keyLength, ERROR) ||
            StreamFields.isText(buffer, keyOffset, keyLength, CODE))
        {
            isControl = true;
            isError = true;
        }
        else if (StreamFields.isText(buffer, keyOffset, keyLength, RESULT))
        {
            isControl = true;
        }
        return cursor.skipValue();
    }

    private boolean readField(final int key)
    {
        final int first = cursor.peek();
        if ('[' == first && ('b' == key || 'a' == key))
        {
            return readLevels('b' == key);
        }
        if ('{' == first && 'k' == key)
        {
            hasBar = true;
            return readBar();
        }
        if ('[' == first || '{' == first)
        {
            return cursor.skipValue();
        }
        if (!cursor.readStringOrScalar())
        {
            return false;
        }
        fields.set(key, cursor.spanOffset(), cursor.spanLength());
        return true;
    }

    /** Parses levels at once when the symbol is known already, as it is in the venue's own order of fields. */
    private boolean readLevels(final boolean isBid)
    {
        if (isBid)
        {
            bidsPosition = cursor.position();
        }
        else
        {
            asksPosition = cursor.position();
        }
        if (null == feed && fields.has('s'))
        {
            feed = symbols.get(buffer, fields.offset('s'), fields.length('s'));
        }
        if (null == feed || null != problem || areRead(isBid))
        {
            return cursor.skipValue();
        }
        final int start = cursor.position();
        final RejectKind kind = JsonLevels.read(cursor, feed.instrument(), isBid, levels);
        if (null == kind)
        {
            areBidsRead |= isBid;
            areAsksRead |= !isBid;
            return true;
        }
        reject(kind);
        cursor.position(start);
        return cursor.skipValue();
    }

    private boolean areRead(final boolean isBid)
    {
        return isBid ? areBidsRead : areAsksRead;
    }

    private boolean readBar()
    {
        barFields.clear();
        if (!cursor.accept('{'))
        {
            return false;
        }
        if (cursor.accept('}'))
        {
            return true;
        }
        do
        {
            if (!cursor.readString())
            {
                return false;
            }
            final int key = 1 == cursor.spanLength() ? buffer.getByte(cursor.spanOffset()) : 0;
            if (!cursor.accept(':'))
            {
                return false;
            }
            final int first = cursor.peek();
            if (key <= 0 || '[' == first || '{' == first)
            {
                if (!cursor.skipValue())
                {
                    return false;
                }
            }
            else
            {
                if (!cursor.readStringOrScalar())
                {
                    return false;
                }
                barFields.set(key, cursor.spanOffset(), cursor.spanLength());
            }
        }
        while (cursor.accept(','));
        return cursor.accept('}');
    }

    // ---------------------------------------------------------------------------------------------------- dispatch

    private void dispatch(final int offset, final int length)
    {
        if (isControl && !hasData && !fields.has('e'))
        {
            events.onControl(controlId, isError, buffer, offset, length);
            return;
        }
        isControl = false;
        if (fields.has('e'))
        {
            final int typeOffset = fields.offset('e');
            final int typeLength = fields.length('e');
            if (StreamFields.isText(buffer, typeOffset, typeLength, TRADE))
            {
                onTrade();
            }
            else if (StreamFields.isText(buffer, typeOffset, typeLength, DEPTH_UPDATE))
            {
                onDepth();
            }
            else if (StreamFields.isText(buffer, typeOffset, typeLength, KLINE))
            {
                onBar();
            }
            else if (StreamFields.isText(buffer, typeOffset, typeLength, TICKER))
            {
                onTicker();
            }
            else if (StreamFields.isText(buffer, typeOffset, typeLength, SERVER_SHUTDOWN))
            {
                isControl = true;
                events.onServerShutdown();
            }
            else
            {
                reject(RejectKind.UNKNOWN_EVENT);
            }
        }
        else if (fields.has('u') && fields.has('B') && fields.has('A'))
        {
            onQuote();
        }
        else
        {
            reject(RejectKind.UNKNOWN_EVENT);
        }
    }

    private void onQuote()
    {
        if (!resolve())
        {
            return;
        }
        final Instrument instrument = feed.instrument();
        final long updateId = id('u');
        final long bidPrice = decimal(fields, 'b', instrument.priceScale());
        final long bidQuantity = quantity(fields, 'B', instrument.quantityScale());
        final long askPrice = decimal(fields, 'a', instrument.priceScale());
        final long askQuantity = quantity(fields, 'A', instrument.quantityScale());
        if (null == problem)
        {
            events.onQuote(feed, updateId, bidPrice, bidQuantity, askPrice, askQuantity);
        }
    }

    private void onTrade()
    {
        if (!resolve())
        {
            return;
        }
        final Instrument instrument = feed.instrument();
        final long tradeId = id('t');
        final long price = decimal(fields, 'p', instrument.priceScale());
        final long quantity = quantity(fields, 'q', instrument.quantityScale());
        final long venueTimeNs = time(fields, 'T');
        final int isBuyerMaker = flag(fields, 'm');
        if (null == problem && (0 == price || 0 == quantity))
        {
            reject(RejectKind.DOES_NOT_FIT);
        }
        if (null == problem)
        {
            events.onTrade(feed, tradeId, price, quantity, 1 == isBuyerMaker, venueTimeNs);
        }
    }

    private void onDepth()
    {
        if (null != problem || !resolve())
        {
            return;
        }
        final long firstUpdateId = id('U');
        final long lastUpdateId = id('u');
        final long venueTimeNs = time(fields, 'E');
        if (null == problem && firstUpdateId > lastUpdateId)
        {
            reject(RejectKind.BAD_FIELD);
        }
        readLatecomers(bidsPosition, areBidsRead, true);
        readLatecomers(asksPosition, areAsksRead, false);
        if (null == problem)
        {
            if (0 != levels.inexactCount())
            {
                counters.onInexactLevels(levels.inexactCount());
            }
            events.onDepth(feed, firstUpdateId, lastUpdateId, venueTimeNs, levels);
        }
    }

    /** Levels that stood before their symbol. */
    private void readLatecomers(final int position, final boolean areRead, final boolean isBid)
    {
        if (position < 0)
        {
            reject(RejectKind.MISSING_FIELD);
        }
        else if (!areRead && null == problem)
        {
            cursor.position(position);
            final RejectKind kind = JsonLevels.read(cursor, feed.instrument(), isBid, levels);
            if (null != kind)
            {
                reject(kind);
            }
        }
    }

    private void onBar()
    {
        if (!hasBar)
        {
            reject(RejectKind.MISSING_FIELD);
            return;
        }
        if (!resolve())
        {
            return;
        }
        final Instrument instrument = feed.instrument();
        final long venueTimeNs = time(fields, 'E');
        final long openTimeNs = time(barFields, 't');
        readValues(barFields, instrument, 'c');
        values.volume = quantity(barFields, 'v', instrument.quantityScale());
        final int isClosed = flag(barFields, 'x');
        final BarInterval interval = interval();
        if (null == problem)
        {
            events.onBar(feed, interval, 1 == isClosed, openTimeNs, values, venueTimeNs);
        }
    }

    private void onTicker()
    {
        if (!resolve())
        {
            return;
        }
        final Instrument instrument = feed.instrument();
        final long venueTimeNs = time(fields, 'E');
        readValues(fields, instrument, 'c');
        values.volume = quantity(fields, 'v', instrument.quantityScale());
        long quoteVolume = 0;
        if (fields.has('q'))
        {
            quoteVolume =
                Decimals.parseRounded(buffer, fields.offset('q'), fields.length('q'), QUOTE_VOLUME_SCALE, true);
            if (quoteVolume < 0)
            {
                reject(RejectKind.DOES_NOT_FIT);
            }
        }
        else
        {
            reject(RejectKind.MISSING_FIELD);
        }
        if (null == problem)
        {
            events.onTicker(feed, values, quoteVolume, venueTimeNs);
        }
    }

    private void readValues(final StreamFields source, final Instrument instrument, final int closeKey)
    {
        values.openPrice = decimal(source, 'o', instrument.priceScale());
        values.highPrice = decimal(source, 'h', instrument.priceScale());
        values.lowPrice = decimal(source, 'l', instrument.priceScale());
        values.closePrice = decimal(source, closeKey, instrument.priceScale());
        if (source.has('n'))
        {
            values.tradeCount = source.id(buffer, 'n');
            if (values.tradeCount < 0)
            {
                reject(RejectKind.BAD_FIELD);
            }
        }
        else
        {
            reject(RejectKind.MISSING_FIELD);
        }
    }

    private BarInterval interval()
    {
        if (!barFields.has('i'))
        {
            reject(RejectKind.MISSING_FIELD);
            return null;
        }
        for (int i = 0; i < INTERVAL_TEXTS.length; i++)
        {
            if (StreamFields.isText(buffer, barFields.offset('i'), barFields.length('i'), INTERVAL_TEXTS[i]))
            {
                return INTERVALS[i];
            }
        }
        reject(RejectKind.UNKNOWN_EVENT);
        return null;
    }

    private boolean resolve()
    {
        if (null == feed)
        {
            if (!fields.has('s'))
            {
                reject(RejectKind.MISSING_FIELD);
                return false;
            }
            feed = symbols.get(buffer, fields.offset('s'), fields.length('s'));
        }
        if (null == feed)
        {
            reject(RejectKind.UNKNOWN_SYMBOL);
            return false;
        }
        return true;
    }

    private long id(final int key)
    {
        final long id = fields.id(buffer, key);
        if (id < 0)
        {
            reject(fields.has(key) ? RejectKind.BAD_FIELD : RejectKind.MISSING_FIELD);
        }
        return id;
    }

    private long time(final StreamFields source, final int key)
    {
        final long timeNs = VenueTimes.toNanos(source.id(buffer, key));
        if (VenueTimes.INVALID == timeNs)
        {
            reject(source.has(key) ? RejectKind.BAD_TIME : RejectKind.MISSING_FIELD);
        }
        return timeNs;
    }

    private int flag(final StreamFields source, final int key)
    {
        final int flag = source.flag(buffer, key);
        if (flag < 0)
        {
            reject(source.has(key) ? RejectKind.BAD_FIELD : RejectKind.MISSING_FIELD);
        }
        return flag;
    }

    /** Not negative, or the message is rejected. */
    private long decimal(final StreamFields source, final int key, final int scale)
    {
        if (!source.has(key))
        {
            reject(RejectKind.MISSING_FIELD);
            return -1;
        }
        final long mantissa = Decimals.parse(buffer, source.offset(key), source.length(key), scale);
        if (mantissa < 0)
        {
            reject(RejectKind.DOES_NOT_FIT);
        }
        return mantissa;
    }

    /** Finer than the scale is rounded half up, but never to nothing: the venue keeps orders older than its lot. */
    private long quantity(final StreamFields source, final int key, final int scale)
    {
        if (source.has(key))
        {
            final int offset = source.offset(key);
            final int length = source.length(key);
            if (Decimals.TOO_PRECISE == Decimals.parse(buffer, offset, length, scale))
            {
                counters.onInexactLevels(1);
                final long rounded = Decimals.parseRounded(buffer, offset, length, scale, false);
                if (rounded < 0)
                {
                    reject(RejectKind.DOES_NOT_FIT);
                }
                return Math.max(1, rounded);
            }
        }
        return decimal(source, key, scale);
    }

    private void reject(final RejectKind kind)
    {
        if (null == problem)
        {
            problem = kind;
        }
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
