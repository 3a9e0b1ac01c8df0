package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Balance;
import org.lockstep.tools.simulator.binance.exchange.Execution;
import org.lockstep.tools.simulator.binance.exchange.Fill;
import org.lockstep.tools.simulator.binance.exchange.Order;
import org.lockstep.tools.simulator.binance.exchange.OrderList;
import org.lockstep.tools.simulator.binance.exchange.OrderTerms;
import org.lockstep.tools.simulator.binance.exchange.PreventedMatch;
import org.lockstep.tools.simulator.market.E8;

import java.util.Collection;

/** User data events in the venue's shapes. Stateless. */
final class UserEvents
{
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private UserEvents()
    {
    }

    static ObjectNode execution(final Execution execution, final boolean micros)
    {
        final Order order = execution.order();
        final OrderTerms terms = order.terms();
        final Fill fill = execution.fill();
        final long time = Text.time(execution.timeUs(), micros);
        final ObjectNode event = JSON.objectNode()
            .put("e", "executionReport")
            .put("E", time)
            .put("s", terms.symbol().name())
            .put("c", execution.clientOrderId())
            .put("S", terms.side().name())
            .put("o", terms.type().name())
            .put("f", terms.timeInForce().name())
            .put("q", Text.decimal(order.quantityE8()))
            .put("p", Text.decimal(terms.priceE8()))
            .put("P", Text.decimal(terms.stopPriceE8()))
            .put("F", Text.decimal(terms.icebergE8()))
            .put("g", order.listId())
            .put("C", execution.originalClientOrderId())
            .put("x", execution.type().name())
            .put("X", order.status().name())
            .put("r", execution.rejectReason())
            .put("i", order.id())
            .put("l", Text.decimal(null == fill ? 0 : fill.quantityE8()))
            .put("z", Text.decimal(order.executedE8()))
            .put("L", Text.decimal(null == fill ? 0 : fill.priceE8()))
            .put("n", null == fill ? "0" : Text.decimal(fill.commissionE8()))
            .put("N", null == fill ? null : fill.commissionAsset())
            .put("T", time)
            .put("t", null == fill ? -1 : fill.tradeId());
        prevented(event, execution.prevented(), order);
        event.put("I", execution.id())
            .put("w", order.isWorking() && order.status().isOpen())
            .put("m", null != fill && fill.isMaker())
            .put("M", null != fill)
            .put("O", Text.time(order.createdUs(), micros))
            .put("Z", Text.decimal(order.executedQuoteE8()))
            .put("Y", Text.decimal(null == fill ? 0 : fill.quoteE8()))
            .put("Q", Text.decimal(terms.quoteQuantityE8()));
        if (order.isWorking())
        {
            event.put("W", Text.time(order.workingUs(), micros));
        }
        event.put("V", terms.prevention().name());
        if (null != terms.strategyId())
        {
            event.put("j", terms.strategyId());
        }
        if (null != terms.strategyType())
        {
            event.put("J", terms.strategyType());
        }
        if (null != order.expiryReason())
        {
            event.put("eR", order.expiryReason());
        }
        return event;
    }

    private static void prevented(final ObjectNode event, final PreventedMatch prevented, final Order order)
    {
        if (null != prevented)
        {
            final long counterId = prevented.takerId() == order.id() ? prevented.makerId() : prevented.takerId();
            event.put("v", prevented.id())
                .put("A", Text.decimal(prevented.quantityE8()))
                .put("B", Text.decimal(prevented.quantityE8()))
                .put("u", 1)
                .put("U", counterId)
                .put("Cs", order.terms().symbol().name())
                .put("pl", Text.decimal(prevented.quantityE8()))
                .put("pL", Text.decimal(prevented.priceE8()))
                .put("pY", Text.decimal(E8.multiply(prevented.priceE8(), prevented.quantityE8())));
        }
    }

    static ObjectNode balances(final Collection<Balance> assets, final long timeUs, final boolean micros)
    {
        final ObjectNode event = JSON.objectNode()
            .put("e", "outboundAccountPosition")
            .put("E", Text.time(timeUs, micros))
            .put("u", Text.time(timeUs, micros));
        final ArrayNode balances = event.putArray("B");
        assets.forEach(balance -> balances.addObject()
            .put("a", balance.asset())
            .put("f", Text.decimal(balance.freeE8()))
            .put("l", Text.decimal(balance.lockedE8())));
        return event;
    }

    static ObjectNode transfer(final String asset, final long deltaE8, final long timeUs, final boolean micros)
    {
        return JSON.objectNode()
            .put("e", "balanceUpdate")
            .put("E", Text.time(timeUs, micros))
            .put("a", asset)
            .put("d", Text.decimal(deltaE8))
            .put("T", Text.time(timeUs, micros));
    }

    static ObjectNode list(final OrderList list, final long timeUs, final boolean micros)
    {
        final ObjectNode event = JSON.objectNode()
            .put("e", "listStatus")
            .put("E", Text.time(timeUs, micros))
            .put("s", list.symbol())
            .put("g", list.id())
            .put("c", "OCO")
            .put("l", list.isDone() ? "ALL_DONE" : "EXEC_STARTED")
            .put("L", list.isDone() ? "ALL_DONE" : "EXECUTING")
            .put("r", "NONE")
            .put("C", list.clientListId())
            .put("T", Text.time(timeUs, micros));
        final ArrayNode orders = event.putArray("O");
        list.orders().forEach(order -> orders.addObject()
            .put("s", list.symbol())
            .put("i", order.id())
            .put("c", order.clientOrderId()));
        return event;
    }

    static ObjectNode terminated(final long timeUs, final boolean micros)
    {
        return JSON.objectNode().put("e", "eventStreamTerminated").put("E", Text.time(timeUs, micros));
    }
}
