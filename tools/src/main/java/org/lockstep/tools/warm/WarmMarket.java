package org.lockstep.tools.warm;

import java.util.Locale;

/**
 * What a venue sends of one symbol, made up: of a hundred messages 68 quotes, 24 trades and 8 changes of sixteen
 * levels, as in a real hour. Ids go on, prices move within 64 cents. One thread.
 */
final class WarmMarket
{
    private static final long FIRST_ID = 3_000_000_000L;
    private static final int MIX = 100;
    private static final int MIX_STEP = 37;
    private static final int QUOTES = 68;
    private static final int TRADES = 24;
    private static final int LEVELS = 8;
    private static final int PRICES = 64;
    private static final String ID = "##########";
    private static final String CENTS = "!!";
    private static final String TIME = "1700000000000";

    private final boolean hasTrades;
    private final boolean hasBooks;
    private final WarmText quote;
    private final WarmText trade;
    private final WarmText book;
    private final int quoteId;
    private final int quoteCents;
    private final int quoteMark;
    private final int tradeId;
    private final int tradeCents;
    private final int bookFrom;
    private final int bookTo;
    private long id = FIRST_ID;
    private long bookId = FIRST_ID;
    private int next;

    WarmMarket(final String symbol, final boolean hasTrades, final boolean hasBooks)
    {
        this.hasTrades = hasTrades;
        this.hasBooks = hasBooks;
        final String name = symbol.toLowerCase(Locale.ROOT);
        quote = new WarmText("{\"stream\":\"" + name + "@bookTicker\",\"data\":{\"u\":" + ID + ",\"s\":\"" + symbol +
            "\",\"b\":\"60000." + CENTS + "000000\",\"B\":\"1.00000000\",\"a\":\"60001.00000000\"," +
            "\"A\":\"1.0000000?\"}}");
        quoteId = quote.place(ID);
        quoteCents = quote.place(CENTS);
        quoteMark = quote.place("?");
        trade = new WarmText("{\"stream\":\"" + name + "@trade\",\"data\":{\"e\":\"trade\",\"E\":" + TIME +
            ",\"s\":\"" + symbol + "\",\"t\":" + ID + ",\"p\":\"60000." + CENTS + "000000\",\"q\":\"0.01000000\"," +
            "\"T\":" + TIME + ",\"m\":true,\"M\":true}}");
        tradeId = trade.place(ID);
        tradeCents = trade.place(CENTS);
        book = new WarmText("{\"stream\":\"" + name + "@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + TIME +
            ",\"s\":\"" + symbol + "\",\"U\":" + ID + ",\"u\":" + ID + ",\"b\":[" + levels(59_990) + "],\"a\":[" +
            levels(60_010) + "]}}");
        bookFrom = book.place(ID);
        bookTo = book.place("\"u\":") + 4;
    }

    /** Id of the last change of the book, which a snapshot asked for now contains. */
    long bookId()
    {
        return bookId;
    }

    /** The next message, to be sent at once; a quote may be marked. */
    byte[] next(final boolean isMarked)
    {
        next = (next + 1) % MIX;
        final int residue = next * MIX_STEP % MIX;
        id++;
        if (residue < QUOTES || residue < QUOTES + TRADES && !hasTrades || residue >= QUOTES + TRADES && !hasBooks)
        {
            quote.id(quoteId, id);
            quote.number(quoteCents, 2, id % PRICES);
            quote.number(quoteMark, 1, isMarked ? 1 : 0);
            return quote.bytes();
        }
        if (residue < QUOTES + TRADES)
        {
            trade.id(tradeId, id);
            trade.number(tradeCents, 2, id % PRICES);
            return trade.bytes();
        }
        bookId++;
        book.id(bookFrom, bookId);
        book.id(bookTo, bookId);
        return book.bytes();
    }

    private static String levels(final int price)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < LEVELS; i++)
        {
            text.append(0 == i ? "" : ",").append("[\"").append(price + i).append(".00000000\",\"1.00000000\"]");
        }
        return text.toString();
    }
}
