package org.lockstep.gateway.venue.binance.common;

/** The streams of an instrument this feed understands. */
public enum StreamKind
{
    /** Best bid and ask. */
    QUOTE("quote", "@bookTicker"),
    /** Public trades. */
    TRADE("trade", "@trade"),
    /** Book changes every 100 ms. */
    BOOK("book", "@depth@100ms"),
    /** Bars, one stream per interval. */
    BAR("bar", "@kline_"),
    /** Rolling 24 h statistics. */
    TICKER("ticker", "@ticker");

    private final String code;
    private final String suffix;

    StreamKind(final String code, final String suffix)
    {
        this.code = code;
        this.suffix = suffix;
    }

    /** @return name in configuration. */
    public String code()
    {
        return code;
    }

    /** @return what follows the lower-case symbol in a stream's name. */
    public String suffix()
    {
        return suffix;
    }

    /**
     * Finds a kind by its name in configuration.
     *
     * @param code such as {@code quote}.
     * @return the kind.
     * @throws IllegalArgumentException if there is none; the message lists what is allowed.
     */
    public static StreamKind byCode(final String code)
    {
        for (final StreamKind kind : values())
        {
            if (kind.code.equals(code))
            {
                return kind;
            }
        }
        throw new IllegalArgumentException("stream '" + code + "' is none of quote, trade, book, bar, ticker");
    }
}
