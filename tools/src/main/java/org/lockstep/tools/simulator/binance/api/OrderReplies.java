package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Fill;
import org.lockstep.tools.simulator.binance.exchange.Order;
import org.lockstep.tools.simulator.binance.exchange.OrderList;
import org.lockstep.tools.simulator.binance.exchange.OrderTerms;

/** Orders, lists and trades in the shapes of the venue's replies. Stateless. */
final class OrderReplies
{
    /** How much a reply says. */
    enum Detail
    {
        /** The ids. */
        ACK,
        /** And the state. */
        RESULT,
        /** And the trades. */
        FULL
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OrderReplies()
    {
    }

    static ObjectNode placed(final Order order, final Detail detail, final boolean micros)
    {
        final ObjectNode reply = JSON.objectNode()
            .put("symbol", order.terms().symbol().name())
            .put("orderId", order.id())
            .put("orderListId", order.listId())
            .put("clientOrderId", order.clientOrderId())
            .put("transactTime", Text.time(order.updatedUs(), micros));
        if (Detail.ACK == detail)
        {
            return reply;
        }
        state(reply, order);
        extras(reply, order, false);
        if (order.isWorking())
        {
            reply.put("workingTime", Text.time(order.workingUs(), micros));
        }
        if (Detail.FULL == detail)
        {
            final ArrayNode fills = reply.putArray("fills");
            for (final Fill fill : order.fills())
            {
                fills.addObject()
                    .put("price", Text.decimal(fill.priceE8()))
                    .put("qty", Text.decimal(fill.quantityE8()))
                    .put("commission", Text.decimal(fill.commissionE8()))
                    .put("commissionAsset", fill.commissionAsset())
                    .put("tradeId", fill.tradeId());
            }
        }
        return finish(reply, order);
    }

    static ObjectNode cancelled(final Order order, final String cancelId, final boolean micros)
    {
        final ObjectNode reply = JSON.objectNode()
            .put("symbol", order.terms().symbol().name())
            .put("origClientOrderId", order.clientOrderId())
            .put("orderId", order.id())
            .put("orderListId", order.listId())
            .put("clientOrderId", cancelId)
            .put("transactTime", Text.time(order.updatedUs(), micros));
        state(reply, order);
        extras(reply, order, false);
        return reply.put("selfTradePreventionMode", order.terms().prevention().name());
    }

    static ObjectNode queried(final Order order, final boolean micros)
    {
        final ObjectNode reply = JSON.objectNode()
            .put("symbol", order.terms().symbol().name())
            .put("orderId", order.id())
            .put("orderListId", order.listId())
            .put("clientOrderId", order.clientOrderId());
        state(reply, order);
        extras(reply, order, true);
        reply.put("time", Text.time(order.createdUs(), micros))
            .put("updateTime", Text.time(order.updatedUs(), micros))
            .put("isWorking", order.isWorking())
            .put("workingTime", order.isWorking() ? Text.time(order.workingUs(), micros) : Order.NONE);
        return finish(reply, order);
    }

    private static void state(final ObjectNode reply, final Order order)
    {
        reply.put("price", Text.decimal(order.terms().priceE8()))
            .put("origQty", Text.decimal(order.quantityE8()))
            .put("executedQty", Text.decimal(order.executedE8()))
            .put("origQuoteOrderQty", Text.decimal(order.terms().quoteQuantityE8()))
            .put("cummulativeQuoteQty", Text.decimal(order.executedQuoteE8()))
            .put("status", order.status().name())
            .put("timeInForce", order.terms().timeInForce().name())
            .put("type", order.terms().type().name())
            .put("side", order.terms().side().name());
    }

    private static void extras(final ObjectNode reply, final Order order, final boolean always)
    {
        final OrderTerms terms = order.terms();
        if (always || terms.stopPriceE8() > 0)
        {
            reply.put("stopPrice", Text.decimal(terms.stopPriceE8()));
        }
        if (always || terms.icebergE8() > 0)
        {
            reply.put("icebergQty", Text.decimal(terms.icebergE8()));
        }
        if (null != terms.strategyId())
        {
            reply.put("strategyId", terms.strategyId());
        }
        if (null != terms.strategyType())
        {
            reply.put("strategyType", terms.strategyType());
        }
    }

    private static ObjectNode finish(final ObjectNode reply, final Order order)
    {
        reply.put("selfTradePreventionMode", order.terms().prevention().name());
        if (null != order.expiryReason())
        {
            reply.put("expiryReason", order.expiryReason());
        }
        return reply;
    }

    static ObjectNode amended(final Order order, final String oldId, final long executionId, final boolean micros)
    {
        final ObjectNode reply = JSON.objectNode()
            .put("transactTime", Text.time(order.updatedUs(), micros))
            .put("executionId", executionId);
        final ObjectNode amended = reply.putObject("amendedOrder")
            .put("symbol", order.terms().symbol().name())
            .put("orderId", order.id())
            .put("orderListId", order.listId())
            .put("origClientOrderId", oldId)
            .put("clientOrderId", order.clientOrderId())
            .put("price", Text.decimal(order.terms().priceE8()))
            .put("qty", Text.decimal(order.quantityE8()))
            .put("executedQty", Text.decimal(order.executedE8()))
            .put("preventedQty", Text.decimal(0))
            .put("quoteOrderQty", Text.decimal(order.terms().quoteQuantityE8()))
            .put("cumulativeQuoteQty", Text.decimal(order.executedQuoteE8()))
            .put("status", order.status().name())
            .put("timeInForce", order.terms().timeInForce().name())
            .put("type", order.terms().type().name())
            .put("side", order.terms().side().name());
        if (order.isWorking())
        {
            amended.put("workingTime", Text.time(order.workingUs(), micros));
        }
        amended.put("selfTradePreventionMode", order.terms().prevention().name());
        return reply;
    }

    static ObjectNode list(final OrderList list, final boolean isPlacement, final boolean micros)
    {
        final ObjectNode reply = JSON.objectNode()
            .put("orderListId", list.id())
            .put("contingencyType", "OCO")
            .put("listStatusType", list.isDone() && !isPlacement ? "ALL_DONE" : "EXEC_STARTED")
            .put("listOrderStatus", list.isDone() ? "ALL_DONE" : "EXECUTING")
            .put("listClientOrderId", list.clientListId())
            .put("transactionTime", Text.time(list.createdUs(), micros))
            .put("symbol", list.symbol());
        legs(reply.putArray("orders"), list);
        return reply;
    }

    private static void legs(final ArrayNode legs, final OrderList list)
    {
        for (final Order order : list.orders())
        {
            legs.addObject()
                .put("symbol", list.symbol())
                .put("orderId", order.id())
                .put("clientOrderId", order.clientOrderId());
        }
    }

    static ObjectNode placedList(final OrderList list, final Detail detail, final boolean micros)
    {
        final ObjectNode reply = list(list, true, micros);
        final ArrayNode reports = reply.putArray("orderReports");
        list.orders().forEach(order -> reports.add(placed(order, detail, micros)));
        return reply;
    }

    static ObjectNode cancelledList(final OrderList list, final String cancelId, final boolean micros)
    {
        final ObjectNode reply = list(list, false, micros);
        final ArrayNode reports = reply.putArray("orderReports");
        list.orders().forEach(order -> reports.add(cancelled(order, cancelId, micros)));
        return reply;
    }

    static ObjectNode trade(final Fill fill, final boolean micros)
    {
        final Order order = fill.order();
        return JSON.objectNode()
            .put("symbol", order.terms().symbol().name())
            .put("id", fill.tradeId())
            .put("orderId", order.id())
            .put("orderListId", order.listId())
            .put("price", Text.decimal(fill.priceE8()))
            .put("qty", Text.decimal(fill.quantityE8()))
            .put("quoteQty", Text.decimal(fill.quoteE8()))
            .put("commission", Text.decimal(fill.commissionE8()))
            .put("commissionAsset", fill.commissionAsset())
            .put("time", Text.time(fill.timeUs(), micros))
            .put("isBuyer", order.terms().isBuy())
            .put("isMaker", fill.isMaker())
            .put("isBestMatch", true);
    }
}
