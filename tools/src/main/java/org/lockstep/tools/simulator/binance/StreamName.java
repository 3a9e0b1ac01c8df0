package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.Interval;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream name taken apart. Immutable.
 *
 * @param text     as the client wrote it.
 * @param symbol   upper case; null for streams of all symbols, and when it was not written in lower case.
 * @param kind     what it carries.
 * @param levels   of a partial book.
 * @param fast     100 ms instead of 1000 ms.
 * @param interval of candles.
 * @param offsetMs by which candles of a day and more are shifted.
 */
record StreamName(
    String text, String symbol, Kind kind, int levels, boolean fast, Interval interval, long offsetMs)
{
    private static final Pattern VALID = Pattern.compile("!?[^@!\\s/\"\\\\]+(@[A-Za-z0-9_+:.]+)+");
    private static final Pattern DEPTH = Pattern.compile("depth(5|10|20)?(@100ms|@1000ms)?");
    private static final Pattern KLINE = Pattern.compile("kline_([0-9]+[smhdwM])(@\\+08:00)?");
    private static final long EIGHT_HOURS_MS = 28_800_000;

    /** What a stream carries. */
    enum Kind
    {
        /** Trades. */
        TRADE("trade"),
        /** Trades of one taker at one price. */
        AGG_TRADE("aggTrade"),
        /** Best prices. */
        BOOK_TICKER("bookTicker"),
        /** Order-book diffs. */
        DEPTH("depth"),
        /** The top of the book. */
        PARTIAL_DEPTH("partialDepth"),
        /** Candles. */
        KLINE("kline"),
        /** Statistics of 24 hours. */
        TICKER("ticker"),
        /** A few of them. */
        MINI_TICKER("miniTicker"),
        /** The few of all symbols that changed. */
        ALL_MINI_TICKERS("miniTickerArray"),
        /** Average price. */
        AVERAGE_PRICE("avgPrice"),
        /** A name that is well-formed and means nothing here. */
        OTHER("other");

        private final String label;

        Kind(final String label)
        {
            this.label = label;
        }

        String label()
        {
            return label;
        }
    }

    /** The name, or null when it is not well-formed. */
    static StreamName parse(final String text)
    {
        if (text.length() > 128 || !VALID.matcher(text).matches())
        {
            return null;
        }
        if (text.startsWith("!"))
        {
            final Kind kind = text.startsWith("!miniTicker@arr") ? Kind.ALL_MINI_TICKERS : Kind.OTHER;
            return new StreamName(text, null, kind, 0, false, null, 0);
        }
        final int at = text.indexOf('@');
        final String lower = text.substring(0, at);
        final String symbol = lower.equals(lower.toLowerCase(Locale.ROOT)) ? lower.toUpperCase(Locale.ROOT) : null;
        return ofSymbol(text, symbol, text.substring(at + 1));
    }

    private static StreamName ofSymbol(final String text, final String symbol, final String type)
    {
        final Matcher depth = DEPTH.matcher(type);
        if (depth.matches())
        {
            final boolean fast = "@100ms".equals(depth.group(2));
            return null == depth.group(1) ?
                new StreamName(text, symbol, Kind.DEPTH, 0, fast, null, 0) :
                new StreamName(text, symbol, Kind.PARTIAL_DEPTH, Integer.parseInt(depth.group(1)), fast, null, 0);
        }
        final Matcher kline = KLINE.matcher(type);
        if (kline.matches())
        {
            final Interval interval = Interval.byCode(kline.group(1));
            final long offsetMs = null == kline.group(2) ? 0 : EIGHT_HOURS_MS;
            return new StreamName(
                text, symbol, null == interval ? Kind.OTHER : Kind.KLINE, 0, false, interval, offsetMs);
        }
        final Kind kind = switch (type)
        {
            case "trade" -> Kind.TRADE;
            case "aggTrade" -> Kind.AGG_TRADE;
            case "bookTicker" -> Kind.BOOK_TICKER;
            case "ticker" -> Kind.TICKER;
            case "miniTicker" -> Kind.MINI_TICKER;
            case "avgPrice" -> Kind.AVERAGE_PRICE;
            default -> Kind.OTHER;
        };
        return new StreamName(text, symbol, kind, 0, false, null, 0);
    }
}
