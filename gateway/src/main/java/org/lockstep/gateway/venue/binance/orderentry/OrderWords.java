package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.VenueOrderState;

/** Binance's words for sides, types, times in force and statuses. Stateless: any thread. Allocates nothing. */
final class OrderWords
{
    private static final byte[] SELL = ascii("SELL");
    private static final OrderType[] TYPES = {OrderType.LIMIT, OrderType.MARKET, OrderType.LIMIT_MAKER,
        OrderType.STOP_LOSS, OrderType.STOP_LOSS_LIMIT, OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT};
    private static final TimeInForce[] TIMES = {TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK};
    private static final VenueOrderState[] STATES = {VenueOrderState.WORKING, VenueOrderState.WORKING,
        VenueOrderState.FILLED, VenueOrderState.CANCELED, VenueOrderState.REJECTED, VenueOrderState.EXPIRED,
        VenueOrderState.EXPIRED, VenueOrderState.WORKING, VenueOrderState.WORKING};
    private static final byte[][] TYPE_TEXTS = texts(TYPES);
    private static final byte[][] TIME_TEXTS = texts(TIMES);
    private static final byte[][] STATE_TEXTS = {ascii("NEW"), ascii("PARTIALLY_FILLED"), ascii("FILLED"),
        ascii("CANCELED"), ascii("REJECTED"), ascii("EXPIRED"), ascii("EXPIRED_IN_MATCH"), ascii("PENDING_NEW"),
        ascii("PENDING_CANCEL")};

    private OrderWords()
    {
    }

    static Side side(final ObjectFields fields, final int key)
    {
        return !fields.has(key) ? Side.NULL_VAL : fields.is(key, SELL) ? Side.SELL : Side.BUY;
    }

    static OrderType type(final ObjectFields fields, final int key)
    {
        return find(TYPE_TEXTS, TYPES, fields, key, OrderType.NULL_VAL);
    }

    static TimeInForce timeInForce(final ObjectFields fields, final int key)
    {
        return find(TIME_TEXTS, TIMES, fields, key, TimeInForce.NULL_VAL);
    }

    static VenueOrderState state(final ObjectFields fields, final int key)
    {
        return find(STATE_TEXTS, STATES, fields, key, VenueOrderState.NULL_VAL);
    }

    /** @return true for the types that carry a time in force of their own. */
    static boolean hasTimeInForce(final OrderType type)
    {
        return OrderType.LIMIT == type || OrderType.STOP_LOSS_LIMIT == type || OrderType.TAKE_PROFIT_LIMIT == type;
    }

    /** @return true for the types that carry a limit price. */
    static boolean hasPrice(final OrderType type)
    {
        return hasTimeInForce(type) || OrderType.LIMIT_MAKER == type;
    }

    /** @return true for the types that wait for a trigger. */
    static boolean hasStop(final OrderType type)
    {
        return OrderType.STOP_LOSS == type || OrderType.STOP_LOSS_LIMIT == type || OrderType.TAKE_PROFIT == type ||
            OrderType.TAKE_PROFIT_LIMIT == type;
    }

    private static <T> T find(
        final byte[][] texts, final T[] values, final ObjectFields fields, final int key, final T missing)
    {
        if (fields.has(key))
        {
            for (int i = 0; i < texts.length; i++)
            {
                if (fields.is(key, texts[i]))
                {
                    return values[i];
                }
            }
        }
        return missing;
    }

    private static byte[][] texts(final Enum<?>[] values)
    {
        final byte[][] texts = new byte[values.length][];
        for (int i = 0; i < values.length; i++)
        {
            texts[i] = ascii(values[i].name());
        }
        return texts;
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
