package org.lockstep.gateway.venue.binance.orderentry;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

/** The templates of one instrument's requests, all made at once. Immutable. Allocation: none but at construction. */
final class InstrumentRequests
{
    private static final int TIMES = 4;
    private static final int TYPES = 8;
    private static final Side[] SIDES = {Side.BUY, Side.SELL};
    private static final OrderType[] ORDER_TYPES = {OrderType.LIMIT, OrderType.MARKET, OrderType.LIMIT_MAKER,
        OrderType.STOP_LOSS, OrderType.STOP_LOSS_LIMIT, OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT};
    private static final TimeInForce[] TIMES_IN_FORCE = {TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK};

    final RequestTemplate cancel;
    final RequestTemplate query;
    final RequestTemplate queryVenueOrder;
    final RequestTemplate openOrders;
    final RequestTemplate tradesFrom;
    final RequestTemplate lastTrades;
    final RequestTemplate tradesSince;
    final RequestTemplate tradesOf;

    private final RequestTemplate[] place = new RequestTemplate[2 * TYPES * TIMES];
    private final RequestTemplate[] replace = new RequestTemplate[2 * TYPES * TIMES];
    private final RequestTemplate[] lists = new RequestTemplate[4];

    InstrumentRequests(final RequestTemplates templates, final String symbol)
    {
        cancel = templates.cancel(symbol);
        query = templates.query(symbol);
        queryVenueOrder = templates.queryVenueOrder(symbol);
        openOrders = templates.openOrders(symbol);
        tradesFrom = templates.tradesFrom(symbol);
        lastTrades = templates.lastTrades(symbol);
        tradesSince = templates.tradesSince(symbol);
        tradesOf = templates.tradesOf(symbol);
        for (final Side side : SIDES)
        {
            lists[listIndex(side, false)] = templates.list(symbol, side, false);
            lists[listIndex(side, true)] = templates.list(symbol, side, true);
            for (final OrderType type : ORDER_TYPES)
            {
                for (final TimeInForce timeInForce : TIMES_IN_FORCE)
                {
                    final int index = index(side, type, timeInForce);
                    if (null == place[index])
                    {
                        place[index] = templates.place(symbol, side, type, timeInForce);
                        replace[index] = templates.replace(symbol, side, type, timeInForce);
                    }
                }
            }
        }
    }

    /** @return null when there is no such order. */
    RequestTemplate place(final Side side, final OrderType type, final TimeInForce timeInForce)
    {
        return place[index(side, type, timeInForce)];
    }

    /** @return null when there is no such order. */
    RequestTemplate replace(final Side side, final OrderType type, final TimeInForce timeInForce)
    {
        return replace[index(side, type, timeInForce)];
    }

    RequestTemplate list(final Side side, final boolean isStopLimit)
    {
        return lists[listIndex(side, isStopLimit)];
    }

    /** Index 0 is no order type: what is unknown finds nothing there. */
    private static int index(final Side side, final OrderType type, final TimeInForce timeInForce)
    {
        if (type.value() >= TYPES || Side.BUY != side && Side.SELL != side)
        {
            return 0;
        }
        final int time = OrderWords.hasTimeInForce(type) && timeInForce.value() < TIMES ? timeInForce.value() : 0;
        return ((Side.SELL == side ? 1 : 0) * TYPES + type.value()) * TIMES + time;
    }

    private static int listIndex(final Side side, final boolean isStopLimit)
    {
        return (Side.SELL == side ? 2 : 0) + (isStopLimit ? 1 : 0);
    }
}
