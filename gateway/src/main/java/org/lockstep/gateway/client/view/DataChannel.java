package org.lockstep.gateway.client.view;

/** The channels a client can subscribe to. */
public enum DataChannel
{
    /** Best bid and ask, last trade, 24 h ticker, feed state. */
    MARKET_DATA("market-data", true, true),
    /** Top levels of the book. */
    ORDERBOOK("orderbook", true, true),
    /** Open and closed bars. */
    KLINES("klines", true, true),
    /** Trades of the venue. */
    PUBLIC_TRADES("public-trades", false, true),
    /** Own fills. */
    TRADES("trades", false, true),
    /** Own order states. */
    ORDERS("orders", false, true),
    /** Quantity, average price, PnL and fees. */
    POSITIONS("positions", true, true),
    /** What strategies saw and decided. */
    SIGNALS("signals", false, true),
    /** Life cycle and performance of bots. */
    BOT_STATUS("bot-status", true, false),
    /** Refusals by risk, kill switch, feeds in trouble. */
    ALERTS("alerts", false, false),
    /** Clock offset and round trip per venue. */
    TIME_SYNC("time-sync", true, false),
    /** Sessions, latency, queue depths, journal position. */
    SYSTEM_HEALTH("system-health", true, false);

    private static final DataChannel[] VALUES = values();

    private final String code;
    private final boolean isState;
    private final boolean hasSymbols;

    DataChannel(final String code, final boolean isState, final boolean hasSymbols)
    {
        this.code = code;
        this.isState = isState;
        this.hasSymbols = hasSymbols;
    }

    /** @return the name in messages. */
    public String code()
    {
        return code;
    }

    /** @return true when only the newest value counts, false when every event does. */
    public boolean isState()
    {
        return isState;
    }

    /** @return true when its data belong to instruments, so that symbols select among them. */
    public boolean hasSymbols()
    {
        return hasSymbols;
    }

    /**
     * Finds a channel by its name.
     *
     * @param code as it stands in a message.
     * @return the channel, or null when there is none of that name.
     */
    public static DataChannel byCode(final String code)
    {
        for (final DataChannel channel : VALUES)
        {
            if (channel.code.equals(code))
            {
                return channel;
            }
        }
        return null;
    }
}
