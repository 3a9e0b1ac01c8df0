package org.lockstep.gateway.venue.binance.ws;

import org.agrona.DirectBuffer;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.binance.common.VenueTimes;

/**
 * Decodes quotes, trades and book changes that are written the way the venue writes them today: these fields in this
 * order, no blanks, eight decimals. Nearly all are, and need no search for fields then. It takes a message or leaves
 * it: of one that differs anywhere, or that holds anything to complain of, nothing has happened, and
 * {@link StreamScanner} reads it anew. Threading: the feed's loop. Allocation: none.
 */
final class PlainDecoder
{
    private static final long STREAM = WordReader.word("{\"stream");
    private static final long STREAM_VALUE = WordReader.word("\":\"");
    private static final long DATA = WordReader.word("\",\"data\"");
    private static final long QUOTE = WordReader.word(":{\"u\":");
    private static final long TYPE = WordReader.word(":{\"e\":\"");
    private static final long TRADE = WordReader.word("trade\",\"");
    private static final long EVENT_TIME = WordReader.word("E\":");
    private static final long DEPTH = WordReader.word("depthUpd");
    private static final long DEPTH_TIME = WordReader.word("ate\",\"E\"");
    private static final long COLON = WordReader.word(":");
    private static final long SYMBOL = WordReader.word(",\"s\":\"");
    private static final long BID = WordReader.word("\",\"b\":\"");
    private static final long BID_QUANTITY = WordReader.word("\",\"B\":\"");
    private static final long ASK = WordReader.word("\",\"a\":\"");
    private static final long ASK_QUANTITY = WordReader.word("\",\"A\":\"");
    private static final long TRADE_ID = WordReader.word("\",\"t\":");
    private static final long PRICE = WordReader.word(",\"p\":\"");
    private static final long QUANTITY = WordReader.word("\",\"q\":\"");
    private static final long TRADE_TIME = WordReader.word("\",\"T\":");
    private static final long MAKER = WordReader.word(",\"m\":");
    private static final long TRUE = WordReader.word("true");
    private static final long FALSE = WordReader.word("false");
    private static final long IGNORED = WordReader.word(",\"M\":");
    private static final long FIRST_ID = WordReader.word("\",\"U\":");
    private static final long LAST_ID = WordReader.word(",\"u\":");
    private static final long BIDS = WordReader.word(",\"b\":[");
    private static final long ASKS = WordReader.word(",\"a\":[");
    private static final long LEVEL = WordReader.word("[\"");
    private static final long LEVEL_QUANTITY = WordReader.word("\",\"");
    private static final long NEXT_LEVEL = WordReader.word("\"],[\"");
    private static final long LAST_LEVEL = WordReader.word("\"]]");
    private static final long NO_LEVEL = WordReader.word("]");
    private static final long END = WordReader.word("}}");
    private static final long TEXT_END = WordReader.word("\"}}");

    private final StreamMessage message;
    private final StreamEvents events;
    private final WordReader words = new WordReader();
    private final SymbolCache cache = new SymbolCache();
    private DirectBuffer buffer;

    PlainDecoder(final StreamMessage message, final StreamEvents events)
    {
        this.message = message;
        this.events = events;
    }

    /** Decodes and hands on. Returns false when it left the message. */
    boolean decode(final DirectBuffer newBuffer, final int offset, final int length)
    {
        buffer = newBuffer;
        if (!words.wrap(newBuffer, offset, length) || !words.skip(STREAM, 8) || !words.skip(STREAM_VALUE, 3) ||
            !words.skipText() || !words.skip(DATA, 8))
        {
            return false;
        }
        if (words.skip(QUOTE, 6))
        {
            return quote();
        }
        if (!words.skip(TYPE, 7))
        {
            return false;
        }
        if (words.skip(TRADE, 8))
        {
            return words.skip(EVENT_TIME, 3) && trade();
        }
        return words.skip(DEPTH, 8) && words.skip(DEPTH_TIME, 8) && words.skip(COLON, 1) && depth();
    }

    private boolean quote()
    {
        final long updateId = words.number();
        final InstrumentFeed feed = symbol();
        if (null == feed || !words.skip(BID, 7))
        {
            return false;
        }
        final Instrument instrument = feed.instrument();
        final int priceScale = instrument.priceScale();
        final int quantityScale = instrument.quantityScale();
        final long bid = words.decimal(priceScale);
        final boolean hasBid = words.skip(BID_QUANTITY, 7);
        final long bidQuantity = words.decimal(quantityScale);
        final boolean hasAsk = words.skip(ASK, 7);
        final long ask = words.decimal(priceScale);
        final boolean hasAskQuantity = words.skip(ASK_QUANTITY, 7);
        final long askQuantity = words.decimal(quantityScale);
        if (!hasBid || !hasAsk || !hasAskQuantity || (updateId | bid | bidQuantity | ask | askQuantity) < 0 ||
            !words.skip(TEXT_END, 3) || !words.isAtEnd())
        {
            return false;
        }
        events.onQuote(feed, updateId, bid, bidQuantity, ask, askQuantity);
        return true;
    }

    private boolean trade()
    {
        final long eventTime = words.number();
        final InstrumentFeed feed = symbol();
        if (null == feed || !words.skip(TRADE_ID, 6))
        {
            return false;
        }
        final Instrument instrument = feed.instrument();
        final long tradeId = words.number();
        final boolean hasPrice = words.skip(PRICE, 6);
        final long price = words.decimal(instrument.priceScale());
        final boolean hasQuantity = words.skip(QUANTITY, 7);
        final long quantity = words.decimal(instrument.quantityScale());
        final boolean hasTime = words.skip(TRADE_TIME, 6);
        final long timeNs = VenueTimes.toNanos(words.number());
        if (!hasPrice || !hasQuantity || !hasTime || (eventTime | tradeId | timeNs) < 0 || price <= 0 ||
            quantity <= 0 || !words.skip(MAKER, 5))
        {
            return false;
        }
        final boolean isBuyerMaker = words.skip(TRUE, 4);
        if (!isBuyerMaker && !words.skip(FALSE, 5) || !words.skip(IGNORED, 5) ||
            !words.skip(TRUE, 4) && !words.skip(FALSE, 5) || !words.skip(END, 2) || !words.isAtEnd())
        {
            return false;
        }
        events.onTrade(feed, tradeId, price, quantity, isBuyerMaker, timeNs);
        return true;
    }

    private boolean depth()
    {
        final long timeNs = VenueTimes.toNanos(words.number());
        final InstrumentFeed feed = symbol();
        if (null == feed || !words.skip(FIRST_ID, 6))
        {
            return false;
        }
        final long firstUpdateId = words.number();
        final boolean hasLast = words.skip(LAST_ID, 5);
        final long lastUpdateId = words.number();
        if (!hasLast || (timeNs | firstUpdateId) < 0 || firstUpdateId > lastUpdateId || !words.skip(BIDS, 6))
        {
            return false;
        }
        final LevelBuffer levels = message.levels;
        levels.clear();
        if (!levels(feed.instrument(), levels, true) || !words.skip(ASKS, 6) ||
            !levels(feed.instrument(), levels, false) || !words.skip(END, 2) || !words.isAtEnd())
        {
            return false;
        }
        events.onDepth(feed, firstUpdateId, lastUpdateId, timeNs, levels);
        return true;
    }

    private boolean levels(final Instrument instrument, final LevelBuffer levels, final boolean isBid)
    {
        if (words.skip(NO_LEVEL, 1))
        {
            return true;
        }
        final int priceScale = instrument.priceScale();
        final int quantityScale = instrument.quantityScale();
        if (!words.skip(LEVEL, 2))
        {
            return false;
        }
        do
        {
            final long price = words.decimal(priceScale);
            final boolean hasQuantity = words.skip(LEVEL_QUANTITY, 3);
            final long quantity = words.decimal(quantityScale);
            if (!hasQuantity || price <= 0 || quantity < 0 || !levels.add(price, quantity, isBid))
            {
                return false;
            }
        }
        while (words.skip(NEXT_LEVEL, 5));
        return words.skip(LAST_LEVEL, 3);
    }

    private InstrumentFeed symbol()
    {
        if (!words.skip(SYMBOL, 6))
        {
            return null;
        }
        final int offset = words.position();
        return words.skipText() ?
            cache.get(message.symbols(), words, buffer, offset, words.position() - offset) : null;
    }
}
