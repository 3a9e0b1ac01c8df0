package org.lockstep.benchmarks.peers.flow;

import java.util.Arrays;

/**
 * A flow of commands, and of what the market shows of each: two parties, the market and we, whose orders meet in one
 * book by price and time. A matching engine runs the commands. A model that only sees the market runs our commands,
 * and of the market's what became public: trades, and the market's own quantity at a price.
 * <p>
 * Made so that both must come to the same executions of ours: we never cross ourselves, and the market cancels no order
 * that stands before one of ours (a model that cannot see who cancels must assume that it was behind). At the end all
 * is cancelled, so that the flow can be run again. Immutable once made.
 */
public final class OrderFlow
{
    /** Kinds of commands. */
    public enum Kind
    {
        /** The market rests an order. */
        MARKET_ADD,
        /** The market takes what there is up to a price. */
        MARKET_TAKE,
        /** The market cancels an order. */
        MARKET_CANCEL,
        /** We rest an order. */
        OWN_ADD,
        /** We take what there is up to a price. */
        OWN_TAKE,
        /** We cancel an order. */
        OWN_CANCEL;

        private static final Kind[] KINDS = values();

        /** Is it a command of ours? */
        public boolean isOwn()
        {
            return this.ordinal() >= OWN_ADD.ordinal();
        }
    }

    private static final int IS_BUY = 1;
    private static final int IS_TRADE = 2;

    private byte[] kinds = new byte[1024];
    private byte[] sides = new byte[1024];
    private int[] symbols = new int[1024];
    private int[] orderIds = new int[1024];
    private int[] prices = new int[1024];
    private int[] quantities = new int[1024];
    private int[] eventEnds = new int[1024];
    private int count;
    private byte[] eventFlags = new byte[1024];
    private int[] eventPrices = new int[1024];
    private int[] eventQuantities = new int[1024];
    private int eventCount;
    private long ownFills;
    private long ownQuantity;
    private long trades;
    private long tradedQuantity;

    OrderFlow()
    {
    }

    /** @return commands. */
    public int count()
    {
        return count;
    }

    /** @return what to do. */
    public Kind kind(final int index)
    {
        return Kind.KINDS[kinds[index]];
    }

    /** @return dense id of the symbol, from 0. */
    public int symbol(final int index)
    {
        return symbols[index];
    }

    /** @return side of the order. */
    public boolean isBuy(final int index)
    {
        return 0 != sides[index];
    }

    /** @return of the order, from 1; unique in the flow. */
    public int orderId(final int index)
    {
        return orderIds[index];
    }

    /** @return limit, ticks. */
    public int price(final int index)
    {
        return prices[index];
    }

    /** @return of the order, lots. */
    public int quantity(final int index)
    {
        return quantities[index];
    }

    /** @return index of the first public event of a command. */
    public int eventStart(final int index)
    {
        return 0 == index ? 0 : eventEnds[index - 1];
    }

    /** @return index after the last public event of a command. */
    public int eventEnd(final int index)
    {
        return eventEnds[index];
    }

    /** @return whether it is a trade, else it is a level. */
    public boolean isTrade(final int event)
    {
        return 0 != (eventFlags[event] & IS_TRADE);
    }

    /** @return of a trade: whether a buyer took; of a level: whether it is a bid. */
    public boolean isBuyEvent(final int event)
    {
        return 0 != (eventFlags[event] & IS_BUY);
    }

    /** @return ticks. */
    public int eventPrice(final int event)
    {
        return eventPrices[event];
    }

    /** @return of a trade: traded, lots; of a level: what the market has there now, lots. */
    public int eventQuantity(final int event)
    {
        return eventQuantities[event];
    }

    /** @return public events. */
    public int eventCount()
    {
        return eventCount;
    }

    /** @return executions of our orders: of a taking one, one a price; of a resting one, one a taking order. */
    public long ownFills()
    {
        return ownFills;
    }

    /** @return quantity of them, lots. */
    public long ownQuantity()
    {
        return ownQuantity;
    }

    /** @return trades of all, each between two orders. */
    public long trades()
    {
        return trades;
    }

    /** @return quantity of them, lots. */
    public long tradedQuantity()
    {
        return tradedQuantity;
    }

    void command(
        final Kind kind, final int symbol, final boolean isBuy, final int orderId, final int price, final int quantity)
    {
        if (count == kinds.length)
        {
            final int length = count * 2;
            kinds = Arrays.copyOf(kinds, length);
            sides = Arrays.copyOf(sides, length);
            symbols = Arrays.copyOf(symbols, length);
            orderIds = Arrays.copyOf(orderIds, length);
            prices = Arrays.copyOf(prices, length);
            quantities = Arrays.copyOf(quantities, length);
            eventEnds = Arrays.copyOf(eventEnds, length);
        }
        kinds[count] = (byte)kind.ordinal();
        sides[count] = (byte)(isBuy ? 1 : 0);
        symbols[count] = symbol;
        orderIds[count] = orderId;
        prices[count] = price;
        quantities[count] = quantity;
        eventEnds[count] = eventCount;
        count++;
    }

    /** An event of the last command. */
    void event(final boolean isTrade, final boolean isBuy, final int price, final int quantity)
    {
        if (eventCount == eventFlags.length)
        {
            eventFlags = Arrays.copyOf(eventFlags, eventCount * 2);
            eventPrices = Arrays.copyOf(eventPrices, eventCount * 2);
            eventQuantities = Arrays.copyOf(eventQuantities, eventCount * 2);
        }
        eventFlags[eventCount] = (byte)((isBuy ? IS_BUY : 0) | (isTrade ? IS_TRADE : 0));
        eventPrices[eventCount] = price;
        eventQuantities[eventCount] = quantity;
        eventCount++;
        eventEnds[count - 1] = eventCount;
    }

    void ownFill(final int quantity)
    {
        ownFills++;
        ownQuantity += quantity;
    }

    void trade(final int quantity)
    {
        trades++;
        tradedQuantity += quantity;
    }
}
