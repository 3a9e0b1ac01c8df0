package org.lockstep.tools.simulator.binance.api;

import org.lockstep.tools.simulator.binance.api.OrderReplies.Detail;
import org.lockstep.tools.simulator.binance.exchange.Exchange;
import org.lockstep.tools.simulator.binance.exchange.OrderTerms;
import org.lockstep.tools.simulator.binance.exchange.OrderType;
import org.lockstep.tools.simulator.binance.exchange.SelfTradePrevention;
import org.lockstep.tools.simulator.binance.exchange.Side;
import org.lockstep.tools.simulator.binance.exchange.TimeInForce;
import org.lockstep.tools.simulator.market.MarketSymbol;

/** Reads what an order is to be from the parameters of a request. Event loop only. */
final class OrderParameters
{
    private static final long STRATEGY_TYPE_LOWEST = 1_000_000;

    private final Exchange exchange;

    OrderParameters(final Exchange exchange)
    {
        this.exchange = exchange;
    }

    MarketSymbol symbol(final Parameters parameters) throws ApiError
    {
        final MarketSymbol symbol = exchange.symbol(parameters.required("symbol"));
        if (null == symbol)
        {
            throw new ApiError(-1121, "Invalid symbol.");
        }
        return symbol;
    }

    static Side side(final Parameters parameters) throws ApiError
    {
        parameters.required("side");
        return parameters.choice("side", Side.class, null, -1117, "Invalid side.");
    }

    static SelfTradePrevention prevention(final Parameters parameters) throws ApiError
    {
        return parameters.choice("selfTradePreventionMode", SelfTradePrevention.class,
            SelfTradePrevention.EXPIRE_MAKER, -1013, "This symbol does not allow the specified self-trade " +
                "prevention mode.");
    }

    static Detail detail(final Parameters parameters, final Detail standard) throws ApiError
    {
        return parameters.choice(
            "newOrderRespType", Detail.class, standard, -1102, "Mandatory parameter 'newOrderRespType' was not sent, " +
                "was empty/null, or malformed.");
    }

    static Detail standardDetail(final OrderType type)
    {
        return OrderType.LIMIT == type || OrderType.MARKET == type ? Detail.FULL : Detail.ACK;
    }

    /** A single order, as order.place takes it. */
    OrderTerms terms(final Parameters parameters) throws ApiError
    {
        final MarketSymbol symbol = symbol(parameters);
        final Side side = side(parameters);
        parameters.required("type");
        final OrderType type = parameters.choice("type", OrderType.class, null, -1116, "Invalid orderType.");
        for (final String unsupported : new String[]{"trailingDelta", "pegPriceType", "pegOffsetType"})
        {
            parameters.refuse(unsupported);
        }
        TimeInForce timeInForce = TimeInForce.GTC;
        if (type.isMarket() || OrderType.LIMIT_MAKER == type)
        {
            parameters.refuse("timeInForce");
        }
        else
        {
            parameters.required("timeInForce");
            timeInForce = parameters.choice(
                "timeInForce", TimeInForce.class, null, -1115, "Invalid timeInForce.");
        }
        long quoteQuantityE8 = 0;
        if (OrderType.MARKET == type && parameters.has("quoteOrderQty"))
        {
            parameters.refuse("quantity");
            quoteQuantityE8 = positive(parameters, "quoteOrderQty", "Invalid quote order qty.");
        }
        else
        {
            parameters.refuse("quoteOrderQty");
        }
        if (type.isMarket())
        {
            parameters.refuse("price");
        }
        if (!type.isConditional())
        {
            parameters.refuse("stopPrice");
        }
        return new OrderTerms(symbol, side, type, timeInForce,
            type.isMarket() ? 0 : positive(parameters, "price", "Invalid price."),
            quoteQuantityE8 > 0 ? 0 : positive(parameters, "quantity", "Invalid quantity."),
            quoteQuantityE8,
            type.isConditional() ? positive(parameters, "stopPrice", "Invalid stopPrice.") : 0,
            parameters.decimalE8("icebergQty"),
            prevention(parameters),
            parameters.wholeOrNull("strategyId"),
            strategyType(parameters, "strategyType"));
    }

    private static Long strategyType(final Parameters parameters, final String name) throws ApiError
    {
        final Long type = parameters.wholeOrNull(name);
        if (null != type && type < STRATEGY_TYPE_LOWEST)
        {
            throw new ApiError(-1130, "Data sent for parameter '" + name + "' is not valid.");
        }
        return type;
    }

    static long positive(final Parameters parameters, final String name, final String otherwise) throws ApiError
    {
        final long value = parameters.requiredDecimalE8(name);
        if (0 == value)
        {
            throw new ApiError(-1013, otherwise);
        }
        return value;
    }

    /** One order of a pair; the prefix is {@code above} or {@code below}. */
    OrderTerms leg(final Parameters parameters, final String prefix) throws ApiError
    {
        parameters.required(prefix + "Type");
        final OrderType type = parameters.choice(
            prefix + "Type", OrderType.class, null, -1116, "Invalid orderType.");
        if (OrderType.LIMIT_MAKER != type && !type.isConditional())
        {
            throw new ApiError(-1116, "Invalid orderType.");
        }
        TimeInForce timeInForce = TimeInForce.GTC;
        if (type.isConditional() && !type.isMarket())
        {
            parameters.required(prefix + "TimeInForce");
            timeInForce = parameters.choice(
                prefix + "TimeInForce", TimeInForce.class, null, -1115, "Invalid timeInForce.");
        }
        return new OrderTerms(symbol(parameters), side(parameters), type, timeInForce,
            type.isMarket() ? 0 : positive(parameters, prefix + "Price", "Invalid price."),
            positive(parameters, "quantity", "Invalid quantity."),
            0,
            type.isConditional() ? positive(parameters, prefix + "StopPrice", "Invalid stopPrice.") : 0,
            parameters.decimalE8(prefix + "IcebergQty"),
            prevention(parameters),
            parameters.wholeOrNull(prefix + "StrategyId"),
            strategyType(parameters, prefix + "StrategyType"));
    }

    /** The limit-maker order of a pair in its older form. */
    OrderTerms olderLimit(final Parameters parameters) throws ApiError
    {
        return new OrderTerms(symbol(parameters), side(parameters), OrderType.LIMIT_MAKER, TimeInForce.GTC,
            positive(parameters, "price", "Invalid price."), positive(parameters, "quantity", "Invalid quantity."),
            0, 0, parameters.decimalE8("limitIcebergQty"), prevention(parameters),
            parameters.wholeOrNull("limitStrategyId"), strategyType(parameters, "limitStrategyType"));
    }

    /** The stop order of a pair in its older form. */
    OrderTerms olderStop(final Parameters parameters) throws ApiError
    {
        final boolean isLimit = parameters.has("stopLimitPrice");
        if (isLimit)
        {
            parameters.required("stopLimitTimeInForce");
        }
        return new OrderTerms(symbol(parameters), side(parameters),
            isLimit ? OrderType.STOP_LOSS_LIMIT : OrderType.STOP_LOSS,
            parameters.choice(
                "stopLimitTimeInForce", TimeInForce.class, TimeInForce.GTC, -1115, "Invalid timeInForce."),
            isLimit ? positive(parameters, "stopLimitPrice", "Invalid price.") : 0,
            positive(parameters, "quantity", "Invalid quantity."), 0,
            positive(parameters, "stopPrice", "Invalid stopPrice."),
            parameters.decimalE8("stopIcebergQty"), prevention(parameters),
            parameters.wholeOrNull("stopStrategyId"), strategyType(parameters, "stopStrategyType"));
    }
}
