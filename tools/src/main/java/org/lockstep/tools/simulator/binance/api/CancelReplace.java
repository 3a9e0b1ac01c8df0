package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Exchange;
import org.lockstep.tools.simulator.binance.exchange.OrderTerms;
import org.lockstep.tools.simulator.binance.exchange.Refusal;

/** Cancels an order and places another: two steps, each of which may fail by itself. Event loop only. */
final class CancelReplace
{
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private enum Mode
    {
        STOP_ON_FAILURE,
        ALLOW_FAILURE
    }

    private enum WhenLimited
    {
        DO_NOTHING,
        CANCEL_ONLY
    }

    private final Exchange exchange;
    private final OrderParameters orders;
    private final TradingMethods methods;
    private final RequestLimits limits;

    CancelReplace(
        final Exchange exchange,
        final OrderParameters orders,
        final TradingMethods methods,
        final RequestLimits limits)
    {
        this.exchange = exchange;
        this.orders = orders;
        this.methods = methods;
        this.limits = limits;
    }

    JsonNode call(final Account account, final Parameters parameters, final boolean micros) throws ApiError
    {
        parameters.required("cancelReplaceMode");
        final Mode mode = parameters.choice("cancelReplaceMode", Mode.class, null, -1102,
            "Mandatory parameter 'cancelReplaceMode' was not sent, was empty/null, or malformed.");
        final WhenLimited whenLimited = parameters.choice("orderRateLimitExceededMode", WhenLimited.class,
            WhenLimited.DO_NOTHING, -1130, "Data sent for parameter 'orderRateLimitExceededMode' is not valid.");
        final OrderTerms terms = orders.terms(parameters);
        TradingMethods.requireOne(parameters, "cancelOrderId", "cancelOrigClientOrderId");
        if (WhenLimited.DO_NOTHING == whenLimited)
        {
            limits.admitOrder(account);
        }

        final ObjectNode result = JSON.objectNode();
        JsonNode cancelResponse;
        boolean isCancelled = true;
        try
        {
            cancelResponse = methods.cancel(account, parameters, "cancelOrderId", "cancelOrigClientOrderId",
                "cancelNewClientOrderId", micros);
        }
        catch (final Refusal refusal)
        {
            cancelResponse = new ApiError(refusal).json();
            isCancelled = false;
        }
        result.put("cancelResult", isCancelled ? "SUCCESS" : "FAILURE");
        if (!isCancelled && Mode.STOP_ON_FAILURE == mode)
        {
            limits.orders(account).add(1);
            result.put("newOrderResult", "NOT_ATTEMPTED");
            result.set("cancelResponse", cancelResponse);
            result.putNull("newOrderResponse");
            throw failed(result);
        }
        JsonNode newResponse;
        boolean isPlaced = true;
        try
        {
            newResponse = methods.place(account, parameters, micros);
        }
        catch (final Refusal refusal)
        {
            limits.orders(account).add(1);
            exchange.reportRejected(account, terms, parameters.clientId("newClientOrderId"), refusal);
            newResponse = new ApiError(refusal).json();
            isPlaced = false;
        }
        catch (final ApiError error)
        {
            newResponse = error.json();
            isPlaced = false;
        }
        result.put("newOrderResult", isPlaced ? "SUCCESS" : "FAILURE");
        result.set("cancelResponse", cancelResponse);
        result.set("newOrderResponse", newResponse);
        if (isCancelled && isPlaced)
        {
            return result;
        }
        if (isCancelled || isPlaced)
        {
            throw new ApiError(409, -2021, "Order cancel-replace partially failed.", result, 0);
        }
        throw failed(result);
    }

    private static ApiError failed(final ObjectNode data)
    {
        return new ApiError(400, -2022, "Order cancel-replace failed.", data, 0);
    }
}
