package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Exchange;
import org.lockstep.tools.simulator.binance.exchange.Order;
import org.lockstep.tools.simulator.binance.exchange.OrderList;
import org.lockstep.tools.simulator.binance.exchange.OrderStatus;
import org.lockstep.tools.simulator.binance.exchange.OrderTerms;
import org.lockstep.tools.simulator.binance.exchange.Refusal;
import org.lockstep.tools.simulator.binance.exchange.Side;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Does what a private request asks for, whichever way it came. Keys and times have been checked. Event loop only. */
final class TradingMethods
{
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Exchange exchange;
    private final RequestLimits limits;
    private final OrderParameters orders;
    private final History history;
    private final CancelReplace cancelReplace;
    private final long startMs;

    TradingMethods(final Exchange exchange, final RequestLimits limits)
    {
        this.exchange = exchange;
        this.limits = limits;
        this.orders = new OrderParameters(exchange);
        this.history = new History(orders);
        this.cancelReplace = new CancelReplace(exchange, orders, this, limits);
        this.startMs = exchange.nowUs() / 1_000;
    }

    JsonNode call(
        final ApiMethod method, final ApiKey key, final Parameters parameters, final boolean micros) throws ApiError
    {
        final Account account = key.account();
        if (!key.mayTrade() && (method.changesOrders() || ApiMethod.ORDER_TEST == method))
        {
            throw new ApiError(401, -2015, "Invalid API-key, IP, or permissions for action.");
        }
        try
        {
            return switch (method)
            {
                case ORDER_PLACE -> place(account, parameters, micros);
                case ORDER_TEST -> test(account, parameters);
                case ORDER_CANCEL -> cancel(account, parameters, micros);
                case ORDER_STATUS -> history.order(account, parameters, micros);
                case ORDER_CANCEL_REPLACE -> cancelReplace.call(account, parameters, micros);
                case ORDER_AMEND -> amend(account, parameters, micros);
                case OPEN_ORDERS -> history.openOrders(account, parameters, micros);
                case CANCEL_ALL -> cancelAll(account, parameters, micros);
                case ALL_ORDERS -> history.allOrders(account, parameters, micros);
                case LIST_PLACE -> placeList(account, parameters, olderPair(parameters), micros);
                case LIST_PLACE_OCO -> placeList(account, parameters, pair(parameters), micros);
                case LIST_CANCEL -> cancelList(account, parameters, micros);
                case LIST_STATUS -> OrderReplies.list(history.list(account, parameters), false, micros);
                case OPEN_LISTS -> history.lists(account, true, micros);
                case ALL_LISTS -> history.lists(account, false, micros);
                case MY_TRADES -> history.trades(account, parameters, micros);
                case ACCOUNT_STATUS -> AccountReplies.account(
                    key, "true".equals(parameters.optional("omitZeroBalances")), micros);
                case ACCOUNT_COMMISSION -> AccountReplies.commission(account, orders.symbol(parameters).name());
                case ACCOUNT_ORDER_LIMITS -> orderLimits(account);
                case API_RESTRICTIONS -> AccountReplies.restrictions(key, startMs);
            };
        }
        catch (final Refusal refusal)
        {
            throw new ApiError(refusal);
        }
    }

    private ArrayNode orderLimits(final Account account)
    {
        final ArrayNode all = JSON.arrayNode();
        limits.orders(account, all);
        return all;
    }

    JsonNode place(final Account account, final Parameters parameters, final boolean micros) throws ApiError, Refusal
    {
        final OrderTerms terms = orders.terms(parameters);
        final String clientId = parameters.clientId("newClientOrderId");
        final OrderReplies.Detail detail =
            OrderParameters.detail(parameters, OrderParameters.standardDetail(terms.type()));
        limits.admitOrder(account);
        limits.orders(account).add(1);
        try
        {
            return OrderReplies.placed(exchange.place(account, terms, clientId), detail, micros);
        }
        catch (final Refusal refusal)
        {
            limits.orders(account).add(-1);
            throw refusal;
        }
    }

    private JsonNode test(final Account account, final Parameters parameters) throws ApiError, Refusal
    {
        parameters.clientId("newClientOrderId");
        exchange.test(account, orders.terms(parameters));
        return "true".equals(parameters.optional("computeCommissionRates")) ?
            AccountReplies.commissionForOrder(account) : JSON.objectNode();
    }

    private JsonNode cancel(final Account account, final Parameters parameters, final boolean micros)
        throws ApiError, Refusal
    {
        return cancel(account, parameters, "orderId", "origClientOrderId", "newClientOrderId", micros);
    }

    JsonNode cancel(
        final Account account,
        final Parameters parameters,
        final String idName,
        final String clientIdName,
        final String cancelIdName,
        final boolean micros) throws ApiError, Refusal
    {
        final MarketSymbol symbol = orders.symbol(parameters);
        requireOne(parameters, idName, clientIdName);
        final String given = parameters.clientId(cancelIdName);
        final String cancelId = null == given ? exchange.newId() : given;
        final String restriction = parameters.optional("cancelRestrictions");
        final OrderStatus onlyIn = null == restriction ? null : switch (restriction)
        {
            case "ONLY_NEW" -> OrderStatus.NEW;
            case "ONLY_PARTIALLY_FILLED" -> OrderStatus.PARTIALLY_FILLED;
            default -> throw new ApiError(-1145, "Invalid cancelRestrictions");
        };
        final Order order = exchange.cancel(account, symbol.name(), parameters.whole(idName, Order.NONE),
            parameters.optional(clientIdName), cancelId, onlyIn);
        return cancelled(account, order, cancelId, micros);
    }

    private static JsonNode cancelled(
        final Account account, final Order order, final String cancelId, final boolean micros)
    {
        return Order.NONE == order.listId() ? OrderReplies.cancelled(order, cancelId, micros) :
            OrderReplies.cancelledList(listOf(account, order.listId()), cancelId, micros);
    }

    private static OrderList listOf(final Account account, final long listId)
    {
        return account.lists().stream().filter(list -> list.id() == listId).findFirst().orElseThrow();
    }

    static void requireOne(final Parameters parameters, final String idName, final String clientIdName)
        throws ApiError
    {
        if (!parameters.has(idName) && !parameters.has(clientIdName))
        {
            throw new ApiError(-1102, "Param '" + clientIdName + "' or '" + idName +
                "' must be sent, but both were empty/null!");
        }
    }

    private JsonNode cancelAll(final Account account, final Parameters parameters, final boolean micros)
        throws ApiError, Refusal
    {
        final String cancelId = exchange.newId();
        final ArrayNode all = JSON.arrayNode();
        for (final Order order : exchange.cancelAll(account, orders.symbol(parameters).name(), cancelId))
        {
            all.add(cancelled(account, order, cancelId, micros));
        }
        return all;
    }

    private JsonNode amend(final Account account, final Parameters parameters, final boolean micros)
        throws ApiError, Refusal
    {
        final MarketSymbol symbol = orders.symbol(parameters);
        requireOne(parameters, "orderId", "origClientOrderId");
        final long quantityE8 = OrderParameters.positive(parameters, "newQty", "Invalid quantity.");
        final String given = parameters.clientId("newClientOrderId");
        final Order before = account.find(
            symbol.name(), parameters.whole("orderId", Order.NONE), parameters.optional("origClientOrderId"));
        final String oldId = null == before ? null : before.clientOrderId();
        final Order order = exchange.amend(account, symbol.name(), parameters.whole("orderId", Order.NONE),
            parameters.optional("origClientOrderId"), null == given ? exchange.newId() : given, quantityE8);
        return OrderReplies.amended(order, oldId, exchange.lastExecutionId(), micros);
    }

    private List<OrderTerms> pair(final Parameters parameters) throws ApiError
    {
        return List.of(orders.leg(parameters, "above"), orders.leg(parameters, "below"));
    }

    private List<OrderTerms> olderPair(final Parameters parameters) throws ApiError
    {
        final OrderTerms limit = orders.olderLimit(parameters);
        final OrderTerms stop = orders.olderStop(parameters);
        return Side.SELL == limit.side() ? List.of(limit, stop) : List.of(stop, limit);
    }

    private JsonNode placeList(
        final Account account, final Parameters parameters, final List<OrderTerms> pair, final boolean micros)
        throws ApiError, Refusal
    {
        final OrderReplies.Detail detail = OrderParameters.detail(parameters, OrderReplies.Detail.RESULT);
        final List<String> clientIds = new ArrayList<>();
        if (parameters.has("aboveType"))
        {
            clientIds.addAll(Arrays.asList(
                parameters.clientId("aboveClientOrderId"), parameters.clientId("belowClientOrderId")));
        }
        else
        {
            final boolean isLimitAbove = !pair.get(0).type().isConditional();
            clientIds.add(parameters.clientId(isLimitAbove ? "limitClientOrderId" : "stopClientOrderId"));
            clientIds.add(parameters.clientId(isLimitAbove ? "stopClientOrderId" : "limitClientOrderId"));
        }
        limits.admitOrder(account);
        final OrderList list =
            exchange.placePair(account, pair, clientIds, parameters.clientId("listClientOrderId"));
        limits.orders(account).add(pair.size());
        return OrderReplies.placedList(list, detail, micros);
    }

    private JsonNode cancelList(final Account account, final Parameters parameters, final boolean micros)
        throws ApiError, Refusal
    {
        final MarketSymbol symbol = orders.symbol(parameters);
        final OrderList list = history.list(account, parameters);
        if (list.isDone() || !list.symbol().equals(symbol.name()))
        {
            throw new Refusal(-2011, "Unknown order list sent.");
        }
        final String given = parameters.clientId("newClientOrderId");
        final String cancelId = null == given ? exchange.newId() : given;
        final Order open = list.orders().stream().filter(order -> order.status().isOpen()).findFirst().orElseThrow();
        exchange.cancel(account, symbol.name(), open.id(), null, cancelId, null);
        return OrderReplies.cancelledList(list, cancelId, micros);
    }
}
