package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Fill;
import org.lockstep.tools.simulator.binance.exchange.Order;
import org.lockstep.tools.simulator.binance.exchange.OrderList;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Answers questions about orders, lists and trades. Event loop only. */
final class History
{
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ROWS = 500;
    private static final int ROWS_MAX = 1_000;

    private final OrderParameters orders;

    History(final OrderParameters orders)
    {
        this.orders = orders;
    }

    JsonNode order(final Account account, final Parameters parameters, final boolean micros) throws ApiError
    {
        final MarketSymbol symbol = orders.symbol(parameters);
        TradingMethods.requireOne(parameters, "orderId", "origClientOrderId");
        final Order order = account.find(
            symbol.name(), parameters.whole("orderId", Order.NONE), parameters.optional("origClientOrderId"));
        if (null == order)
        {
            throw new ApiError(-2013, "Order does not exist.");
        }
        return OrderReplies.queried(order, micros);
    }

    JsonNode openOrders(final Account account, final Parameters parameters, final boolean micros) throws ApiError
    {
        final ArrayNode all = JSON.arrayNode();
        final List<String> symbols = parameters.has("symbol") ?
            List.of(orders.symbol(parameters).name()) : List.copyOf(account.symbols());
        for (final String symbol : symbols)
        {
            account.openOrders(symbol).forEach(order -> all.add(OrderReplies.queried(order, micros)));
        }
        return all;
    }

    JsonNode allOrders(final Account account, final Parameters parameters, final boolean micros) throws ApiError
    {
        final MarketSymbol symbol = orders.symbol(parameters);
        final ArrayNode all = JSON.arrayNode();
        final List<Order> rows = rows(List.copyOf(account.orders(symbol.name())), parameters, "orderId", Order::id,
            order -> order.createdUs() / 1_000);
        rows.forEach(order -> all.add(OrderReplies.queried(order, micros)));
        return all;
    }

    JsonNode trades(final Account account, final Parameters parameters, final boolean micros) throws ApiError
    {
        final MarketSymbol symbol = orders.symbol(parameters);
        final long orderId = parameters.whole("orderId", Order.NONE);
        final List<Fill> fills = new ArrayList<>(account.fills(symbol.name()));
        fills.removeIf(fill -> Order.NONE != orderId && fill.order().id() != orderId);
        final ArrayNode all = JSON.arrayNode();
        rows(fills, parameters, "fromId", Fill::tradeId, fill -> fill.timeUs() / 1_000)
            .forEach(fill -> all.add(OrderReplies.trade(fill, micros)));
        return all;
    }

    /** From an id on, or within times, the first rows; without either, the last ones. */
    private static <T> List<T> rows(
        final List<T> all,
        final Parameters parameters,
        final String idName,
        final ToLongFunction<T> id,
        final ToLongFunction<T> timeMs) throws ApiError
    {
        final long limit = parameters.whole("limit", ROWS);
        if (limit < 1)
        {
            throw new ApiError(-1130, "Data sent for parameter 'limit' is not valid.");
        }
        final long fromId = parameters.whole(idName, Long.MIN_VALUE);
        final long startMs = parameters.whole("startTime", Long.MIN_VALUE);
        final long endMs = parameters.whole("endTime", Long.MAX_VALUE);
        final List<T> found = new ArrayList<>();
        for (final T row : all)
        {
            final long time = timeMs.applyAsLong(row);
            if (id.applyAsLong(row) >= fromId && time >= startMs && time <= endMs)
            {
                found.add(row);
            }
        }
        final int count = (int)Math.min(Math.min(limit, ROWS_MAX), found.size());
        final boolean fromStart = parameters.has(idName) || parameters.has("startTime");
        return fromStart ? found.subList(0, count) : found.subList(found.size() - count, found.size());
    }

    OrderList list(final Account account, final Parameters parameters) throws ApiError
    {
        final String clientListId = parameters.has("origClientOrderId") ?
            parameters.optional("origClientOrderId") : parameters.optional("listClientOrderId");
        final long listId = parameters.whole("orderListId", Order.NONE);
        if (null == clientListId && Order.NONE == listId)
        {
            throw new ApiError(-1102, "Param 'orderListId' or 'listClientOrderId' must be sent, " +
                "but both were empty/null!");
        }
        OrderList found = null;
        for (final OrderList list : account.lists())
        {
            found = list.id() == listId || Order.NONE == listId && list.clientListId().equals(clientListId) ?
                list : found;
        }
        if (null == found)
        {
            throw new ApiError(-2018, "Order list does not exist.");
        }
        return found;
    }

    JsonNode lists(final Account account, final boolean onlyOpen, final boolean micros)
    {
        final ArrayNode all = JSON.arrayNode();
        account.lists().stream().filter(list -> !onlyOpen || !list.isDone())
            .forEach(list -> all.add(OrderReplies.list(list, false, micros)));
        return all;
    }
}
