package org.lockstep.gateway.venue.binance.ws;

import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.SymbolTable;
import org.lockstep.gateway.venue.binance.common.VenueTimes;

/**
 * Decodes quotes, trades and book changes that are written the way the venue writes them today: these fields in this
 * order, no blanks, eight decimals. Nearly all are, and need no search for fields then. It takes a message or leaves
 * it: of one that differs anywhere, or that holds anything to complain of, nothing has happened, and
 * {@link StreamScanner} reads it anew.
 * <p>
 * What a message says is expected from the one before it on the same stream, found by the first sixteen bytes of its
 * name: the symbol, and how wide numbers are. Threading: the feed's loop. Allocation: none.
 */
final class PlainDecoder
{
    private static final long STREAM = WordReader.word("{\"stream");
    private static final long STREAM_VALUE = WordReader.word("\":\"");
    private static final long DATA = WordReader.word("\",\"data\"");
    private static final long QUOTE = WordReader.word(":{\"u\":");
    private static final long TRADE = WordReader.word(":{\"e\":\"t");
    private static final long TRADE_TYPE = WordReader.word("rade\",\"E");
    private static final long TRADE_TYPE_END = WordReader.word("\":");
    private static final long DEPTH = WordReader.word(":{\"e\":\"d");
    private static final long DEPTH_TYPE = WordReader.word("epthUpda");
    private static final long DEPTH_TYPE_END = WordReader.word("te\",\"E\":");
    private static final long SYMBOL = WordReader.word(",\"s\":\"");
    private static final long TRADE_ID = WordReader.word("\",\"t\":");
    private static final long TRADE_TIME = WordReader.word("\",\"T\":");
    private static final long MAKER = WordReader.word(",\"m\":tru");
    private static final long MAKER_END = WordReader.word("e,\"M\":");
    private static final long TAKER = WordReader.word(",\"m\":fal");
    private static final long TAKER_END = WordReader.word("se,\"M\":");
    private static final long TRUE_END = WordReader.word("true}}");
    private static final long FALSE_END = WordReader.word("false}}");
    private static final long FIRST_ID = WordReader.word("\",\"U\":");
    private static final long LAST_ID = WordReader.word(",\"u\":");
    private static final long BIDS = WordReader.word(",\"b\":[");
    private static final long ASKS = WordReader.word(",\"a\":[");
    private static final long NEXT_LEVEL = WordReader.word(",");
    private static final long LEVELS_END = WordReader.word("]");
    private static final long END = WordReader.word("}}");
    private static final long TEXT_END = WordReader.word("\"}}");

    private static final int SLOTS = 4096;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SLOTS);

    private final StreamMessage message;
    private final StreamEvents events;
    private final WordReader words = new WordReader();
    private final PlainStream[] streams = new PlainStream[SLOTS];
    private final PlainStream unknown = new PlainStream();
    private SymbolTable<InstrumentFeed> symbols;
    private DirectBuffer buffer;
    private PlainStream stream;
    private int slot;
    private int name;
    private int nameLength;
    private int symbol;
    private int symbolLength;
    private InstrumentFeed feed;
    private boolean isNew;

    PlainDecoder(final StreamMessage message, final StreamEvents events)
    {
        this.message = message;
        this.events = events;
    }

    /** Decodes and hands on. Returns false when it left the message. */
    boolean decode(final DirectBuffer newBuffer, final int offset, final int length)
    {
        buffer = newBuffer;
        if (!words.wrap(newBuffer, offset, length) || !words.is(offset, STREAM, 8) ||
            !words.is(offset + 8, STREAM_VALUE, 3))
        {
            return false;
        }
        final int nameEnd = stream(offset + 11);
        if (nameEnd < 0 || !words.is(nameEnd, DATA, 8))
        {
            return false;
        }
        final int at = nameEnd + 8;
        if (words.is(at, QUOTE, 6))
        {
            return quote(at + 6);
        }
        if (words.is(at, TRADE, 8))
        {
            return words.is(at + 8, TRADE_TYPE, 8) && words.is(at + 16, TRADE_TYPE_END, 2) && trade(at + 18);
        }
        return words.is(at, DEPTH, 8) && words.is(at + 8, DEPTH_TYPE, 8) && words.is(at + 16, DEPTH_TYPE_END, 8) &&
            depth(at + 24);
    }

    /** Returns where the name ends. */
    private int stream(final int at)
    {
        final SymbolTable<InstrumentFeed> current = message.symbols();
        if (symbols != current)
        {
            symbols = current;
            Arrays.fill(streams, null);
        }
        final long first = words.wordAt(at);
        final long second = words.wordAt(at + Long.BYTES);
        slot = (int)((first ^ second * 31) * MIX >>> SHIFT);
        name = at;
        stream = streams[slot];
        isNew = null == stream || !stream.isNamed(words, at, first, second);
        if (isNew)
        {
            stream = unknown;
            final int end = words.textEnd(at);
            nameLength = end - at;
            return end;
        }
        return at + stream.nameLength();
    }

    private boolean quote(final int start)
    {
        final int[] widths = stream.widths();
        final long updateId = words.number(start, widths, PlainStream.ID);
        int at = symbol(start + widths[PlainStream.ID]);
        if (at < 0)
        {
            return false;
        }
        final Instrument instrument = feed.instrument();
        final int priceScale = instrument.priceScale();
        final int quantityScale = instrument.quantityScale();
        final DecimalField[] decimals = stream.decimals();
        final long bid = decimal(at, PlainStream.BID, priceScale);
        at += decimals[PlainStream.BID].length();
        final long bidQuantity = decimal(at, PlainStream.BID_QUANTITY, quantityScale);
        at += decimals[PlainStream.BID_QUANTITY].length();
        final long ask = decimal(at, PlainStream.ASK, priceScale);
        at += decimals[PlainStream.ASK].length();
        final long askQuantity = decimal(at, PlainStream.ASK_QUANTITY, quantityScale);
        at += decimals[PlainStream.ASK_QUANTITY].length();
        if ((updateId | bid | bidQuantity | ask | askQuantity) < 0 || !words.isLast(at, TEXT_END, 3))
        {
            return false;
        }
        if (isNew)
        {
            learn(feed.quotes());
        }
        events.onQuote(feed, updateId, bid, bidQuantity, ask, askQuantity);
        return true;
    }

    private boolean trade(final int start)
    {
        final int[] widths = stream.widths();
        final long eventTime = words.number(start, widths, PlainStream.TIME);
        int at = symbol(start + widths[PlainStream.TIME]);
        if (at < 0 || !words.is(at, TRADE_ID, 6))
        {
            return false;
        }
        final Instrument instrument = feed.instrument();
        final DecimalField[] decimals = stream.decimals();
        at += 6;
        final long tradeId = words.number(at, widths, PlainStream.ID);
        at += widths[PlainStream.ID];
        final long price = decimal(at, PlainStream.PRICE, instrument.priceScale());
        at += decimals[PlainStream.PRICE].length();
        final long quantity = decimal(at, PlainStream.QUANTITY, instrument.quantityScale());
        at += decimals[PlainStream.QUANTITY].length();
        final boolean hasTime = words.is(at, TRADE_TIME, 6);
        at += 6;
        final long timeNs = VenueTimes.toNanos(words.number(at, widths, PlainStream.MATCH_TIME));
        at += widths[PlainStream.MATCH_TIME];
        if (!hasTime || (eventTime | tradeId | timeNs) < 0 || price <= 0 || quantity <= 0)
        {
            return false;
        }
        final boolean isBuyerMaker = words.is(at, MAKER, 8) && words.is(at + 8, MAKER_END, 6);
        if (!isBuyerMaker && !(words.is(at, TAKER, 8) && words.is(at + 8, TAKER_END, 7)))
        {
            return false;
        }
        at += isBuyerMaker ? 14 : 15;
        if (!words.isLast(at, TRUE_END, 6) && !words.isLast(at, FALSE_END, 7))
        {
            return false;
        }
        if (isNew)
        {
            learn(feed.trades());
        }
        events.onTrade(feed, tradeId, price, quantity, isBuyerMaker, timeNs);
        return true;
    }

    private boolean depth(final int start)
    {
        final int[] widths = stream.widths();
        final long timeNs = VenueTimes.toNanos(words.number(start, widths, PlainStream.TIME));
        int at = symbol(start + widths[PlainStream.TIME]);
        if (at < 0 || !words.is(at, FIRST_ID, 6))
        {
            return false;
        }
        at += 6;
        final long firstUpdateId = words.number(at, widths, PlainStream.ID);
        at += widths[PlainStream.ID];
        final boolean hasLast = words.is(at, LAST_ID, 5);
        at += 5;
        final long lastUpdateId = words.number(at, widths, PlainStream.LAST_ID);
        at += widths[PlainStream.LAST_ID];
        if (!hasLast || (timeNs | firstUpdateId) < 0 || firstUpdateId > lastUpdateId || !words.is(at, BIDS, 6))
        {
            return false;
        }
        final LevelBuffer levels = message.levels;
        levels.clear();
        at = levels(at + 6, levels, true);
        if (at < 0 || !words.is(at, ASKS, 6))
        {
            return false;
        }
        at = levels(at + 6, levels, false);
        if (at < 0 || !words.isLast(at, END, 2))
        {
            return false;
        }
        if (isNew)
        {
            learn(feed.depths());
        }
        events.onDepth(feed, firstUpdateId, lastUpdateId, timeNs, levels);
        return true;
    }

    /** Returns where the levels of a side end, or -1. */
    private int levels(final int start, final LevelBuffer levels, final boolean isBid)
    {
        if (words.is(start, LEVELS_END, 1))
        {
            return start + 1;
        }
        final DecimalField[] decimals = stream.decimals();
        final int priceScale = feed.instrument().priceScale();
        final int quantityScale = feed.instrument().quantityScale();
        int at = start;
        while (true)
        {
            final long price = decimal(at, PlainStream.LEVEL_PRICE, priceScale);
            at += decimals[PlainStream.LEVEL_PRICE].length();
            final long quantity = decimal(at, PlainStream.LEVEL_QUANTITY, quantityScale);
            at += decimals[PlainStream.LEVEL_QUANTITY].length();
            if (price <= 0 || quantity < 0 || !levels.add(price, quantity, isBid))
            {
                return WordReader.REFUSED;
            }
            if (!words.is(at, NEXT_LEVEL, 1))
            {
                return words.is(at, LEVELS_END, 1) ? at + 1 : WordReader.REFUSED;
            }
            at++;
        }
    }

    /** Returns the mantissa of the decimal here, with the texts about it, or -1; its field is right unless refused. */
    private long decimal(final int at, final int field, final int scale)
    {
        final DecimalField expected = stream.decimals()[field];
        final long mantissa = expected.scale() == scale ? expected.read(words, at) : WordReader.REFUSED;
        return mantissa >= 0 ? mantissa : otherDecimal(at, field, scale);
    }

    /** The same of one that is not as wide as it was the last time. */
    private long otherDecimal(final int at, final int field, final int scale)
    {
        final DecimalField last = stream.decimals()[field];
        final int width = words.digits(at + last.beforeLength());
        if (0 == width || scale > DecimalField.MAX_DIGITS || width == last.width() && scale == last.scale())
        {
            return WordReader.REFUSED;
        }
        final DecimalField fitting = last.with(width, scale);
        stream.decimals()[field] = fitting;
        return fitting.read(words, at);
    }

    /** Finds the instrument. Returns where its symbol ends, or -1. */
    private int symbol(final int at)
    {
        if (!words.is(at, SYMBOL, 6))
        {
            return WordReader.REFUSED;
        }
        if (stream.isSymbol(words, at + 6))
        {
            feed = stream.feed();
            return at + 6 + stream.symbolLength();
        }
        return newSymbol(at + 6);
    }

    private int newSymbol(final int at)
    {
        final int end = words.textEnd(at);
        if (end < 0)
        {
            return end;
        }
        feed = symbols.get(buffer, at, end - at);
        symbol = at;
        symbolLength = end - at;
        if (!isNew)
        {
            isNew = true;
            nameLength = stream.nameLength();
        }
        return null == feed ? WordReader.REFUSED : end;
    }

    private void learn(final PlainStream known)
    {
        if (known.learn(words, name, nameLength, symbol, symbolLength, feed, stream))
        {
            streams[slot] = known;
        }
    }
}
