package org.lockstep.gateway.venue.binance.orderentry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

/** Makes the templates of an account's requests. Cold. */
final class RequestTemplates
{
    private final String apiKey;
    private final boolean isSigned;
    private final boolean isRest;
    private final String recvWindow;

    /**
     * Templates for the WebSocket API.
     *
     * @param apiKey   public part of the key.
     * @param isSigned whether each request is signed and so names the key.
     */
    RequestTemplates(final String apiKey, final boolean isSigned, final int recvWindowMs)
    {
        this(apiKey, isSigned, false, recvWindowMs);
    }

    private RequestTemplates(
        final String apiKey, final boolean isSigned, final boolean isRest, final int recvWindowMs)
    {
        this.apiKey = apiKey;
        this.isSigned = isSigned;
        this.isRest = isRest;
        this.recvWindow = Integer.toString(recvWindowMs);
    }

    /** Templates whose payload is the query of a REST request, but for its time and signature. */
    static RequestTemplates forRest(final int recvWindowMs)
    {
        return new RequestTemplates("", false, true, recvWindowMs);
    }

    InstrumentRequests forInstrument(final String symbol)
    {
        return new InstrumentRequests(this, isRest ? URLEncoder.encode(symbol, StandardCharsets.UTF_8) : symbol);
    }

    RequestTemplate place(final String symbol, final Side side, final OrderType type, final TimeInForce timeInForce)
    {
        final RequestTemplate.Builder builder = request("order.place")
            .text("symbol", symbol)
            .text("side", side.name())
            .text("type", type.name())
            .text("newOrderRespType", "ACK")
            .variable("newClientOrderId", RequestValues.CLIENT_ID)
            .variable("quantity", RequestValues.QUANTITY);
        return terms(builder, type, timeInForce).build();
    }

    RequestTemplate cancel(final String symbol)
    {
        return request("order.cancel")
            .text("symbol", symbol)
            .variable("origClientOrderId", RequestValues.CLIENT_ID)
            .build();
    }

    /** Not if anything was executed, so that it cannot come to more than was wanted; see {@link OrderRequests}. */
    RequestTemplate replace(final String symbol, final Side side, final OrderType type, final TimeInForce timeInForce)
    {
        final RequestTemplate.Builder builder = request("order.cancelReplace")
            .text("symbol", symbol)
            .text("side", side.name())
            .text("type", type.name())
            .text("cancelReplaceMode", "STOP_ON_FAILURE")
            .text("newOrderRespType", "ACK")
            .text("cancelRestrictions", "ONLY_NEW")
            .variable("cancelOrigClientOrderId", RequestValues.OTHER_CLIENT_ID)
            .variable("newClientOrderId", RequestValues.CLIENT_ID)
            .variable("quantity", RequestValues.QUANTITY);
        return terms(builder, type, timeInForce).build();
    }

    /** One cancels the other: a limit-maker order, and a stop on the other side of the market. */
    RequestTemplate list(final String symbol, final Side side, final boolean isStopLimit)
    {
        final String limitLeg = Side.SELL == side ? "above" : "below";
        final String stopLeg = Side.SELL == side ? "below" : "above";
        final RequestTemplate.Builder builder = request("orderList.place.oco")
            .text("symbol", symbol)
            .text("side", side.name())
            .text("newOrderRespType", "ACK")
            .variable("quantity", RequestValues.QUANTITY)
            .text(limitLeg + "Type", "LIMIT_MAKER")
            .variable(limitLeg + "Price", RequestValues.PRICE)
            .variable(limitLeg + "ClientOrderId", RequestValues.CLIENT_ID)
            .text(stopLeg + "Type", isStopLimit ? "STOP_LOSS_LIMIT" : "STOP_LOSS")
            .variable(stopLeg + "StopPrice", RequestValues.STOP_PRICE)
            .variable(stopLeg + "ClientOrderId", RequestValues.OTHER_CLIENT_ID);
        if (isStopLimit)
        {
            builder.variable(stopLeg + "Price", RequestValues.STOP_LIMIT_PRICE).text(stopLeg + "TimeInForce", "GTC");
        }
        return builder.build();
    }

    RequestTemplate query(final String symbol)
    {
        return request("order.status")
            .text("symbol", symbol)
            .variable("origClientOrderId", RequestValues.CLIENT_ID)
            .build();
    }

    RequestTemplate queryVenueOrder(final String symbol)
    {
        return request("order.status").text("symbol", symbol).variable("orderId", RequestValues.NUMBER).build();
    }

    RequestTemplate openOrders(final String symbol)
    {
        return request("openOrders.status").text("symbol", symbol).build();
    }

    RequestTemplate tradesFrom(final String symbol)
    {
        return request("myTrades")
            .text("symbol", symbol)
            .literal("limit", "1000")
            .variable("fromId", RequestValues.NUMBER)
            .build();
    }

    RequestTemplate lastTrades(final String symbol)
    {
        return request("myTrades").text("symbol", symbol).literal("limit", "1000").build();
    }

    /** The first executions from a time on. */
    RequestTemplate tradesSince(final String symbol)
    {
        return request("myTrades")
            .text("symbol", symbol)
            .literal("limit", "1000")
            .variable("startTime", RequestValues.NUMBER)
            .build();
    }

    /** Executions of one order from an id on. */
    RequestTemplate tradesOf(final String symbol)
    {
        return request("myTrades")
            .text("symbol", symbol)
            .literal("limit", "1000")
            .variable("orderId", RequestValues.NUMBER)
            .variable("fromId", RequestValues.FROM_ID)
            .build();
    }

    RequestTemplate account()
    {
        return request("account.status").literal("omitZeroBalances", "true").build();
    }

    RequestTemplate logon()
    {
        return RequestTemplate.of("session.logon")
            .text("apiKey", apiKey)
            .variable("timestamp", RequestValues.TIMESTAMP)
            .build();
    }

    RequestTemplate subscribe()
    {
        return isSigned ?
            RequestTemplate.of("userDataStream.subscribe.signature")
                .text("apiKey", apiKey)
                .variable("timestamp", RequestValues.TIMESTAMP)
                .build() :
            RequestTemplate.of("userDataStream.subscribe").build();
    }

    RequestTemplate time()
    {
        return RequestTemplate.of("time").build();
    }

    boolean isSigned()
    {
        return isSigned;
    }

    private RequestTemplate.Builder request(final String method)
    {
        final RequestTemplate.Builder builder = RequestTemplate.of(method)
            .text("apiKey", isSigned ? apiKey : null)
            .literal("recvWindow", recvWindow);
        return isRest ? builder : builder.variable("timestamp", RequestValues.TIMESTAMP);
    }

    private static RequestTemplate.Builder terms(
        final RequestTemplate.Builder builder, final OrderType type, final TimeInForce timeInForce)
    {
        if (OrderWords.hasPrice(type))
        {
            builder.variable("price", RequestValues.PRICE);
        }
        if (OrderWords.hasStop(type))
        {
            builder.variable("stopPrice", RequestValues.STOP_PRICE);
        }
        return OrderWords.hasTimeInForce(type) ? builder.text("timeInForce", timeInForce.name()) : builder;
    }
}
