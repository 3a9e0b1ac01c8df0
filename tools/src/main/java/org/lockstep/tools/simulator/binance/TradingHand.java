package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.tools.simulator.binance.api.ApiError;
import org.lockstep.tools.simulator.binance.api.ApiKey;
import org.lockstep.tools.simulator.binance.api.TradingApi;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody else who trades with an account: its owner at the exchange's page, say. Places an order of its own, or
 * cancels those of others. Event loop only.
 */
final class TradingHand
{
    private static final long AWAY = 50;
    private static final int DECIMALS = 8;
    private static final String BUY = "BUY";

    private final TradingApi api;
    private final MarketSource source;
    private int orders;

    TradingHand(final TradingApi api, final MarketSource source)
    {
        this.api = api;
        this.source = source;
    }

    /** Places an order: side, type and quantity as asked for; a limit without price is two percent away. */
    void place(final ApiKey key, final JsonNode json)
    {
        final InstrumentView instrument = instrument(json);
        final String side = json.path("side").asText(BUY);
        final String type = json.path("type").asText("LIMIT");
        final long bestE8 = best(instrument, BUY.equals(side));
        final Map<String, String> values = new LinkedHashMap<>();
        values.put("symbol", instrument.symbol().name());
        values.put("side", side);
        values.put("type", type);
        values.put("newClientOrderId", "by-hand-" + ++orders);
        values.put("quantity", json.path("quantity").asText(text(quantity(instrument.symbol(), bestE8))));
        if ("LIMIT".equals(type))
        {
            final long awayE8 = bestE8 / AWAY;
            final long priceE8 = BUY.equals(side) ? bestE8 - awayE8 : bestE8 + awayE8;
            values.put("timeInForce", "GTC");
            values.put("price", json.path("price")
                .asText(text(priceE8 - priceE8 % instrument.symbol().tickE8())));
        }
        call("order.place", key, values);
    }

    /** Cancels all orders of a symbol; there may be none. */
    void cancel(final ApiKey key, final JsonNode json)
    {
        try
        {
            call("openOrders.cancelAll", key, Map.of("symbol", instrument(json).symbol().name()));
        }
        catch (final IllegalArgumentException ex)
        {
            if (!ex.getMessage().contains("-2011"))
            {
                throw ex;
            }
        }
    }

    private void call(final String method, final ApiKey key, final Map<String, String> values)
    {
        try
        {
            api.call(method, key, values);
        }
        catch (final ApiError ex)
        {
            throw new IllegalArgumentException(method + " was refused: " + ex.json(), ex);
        }
    }

    private InstrumentView instrument(final JsonNode json)
    {
        final String name = json.path("symbol").asText();
        final InstrumentView found = name.isEmpty() ? source.instruments().iterator().next() : source.instrument(name);
        if (null == found)
        {
            throw new IllegalArgumentException("symbol must be one of exchangeInfo, found '" + name + "'");
        }
        return found;
    }

    private static long best(final InstrumentView instrument, final boolean isBuy)
    {
        final long[] best = new long[1];
        instrument.forEachLevel(isBuy, 1, (priceE8, quantityE8) -> best[0] = priceE8);
        return 0 == best[0] ? instrument.symbol().priceE8() : best[0];
    }

    private static String text(final long valueE8)
    {
        return BigDecimal.valueOf(valueE8, DECIMALS).toPlainString();
    }

    /** Worth some fifty of the quote asset, if that is a dollar. */
    private static long quantity(final MarketSymbol symbol, final long priceE8)
    {
        final long quantityE8 = (long)(50.0 * E8.ONE / priceE8 * E8.ONE);
        return Math.max(symbol.stepE8(), quantityE8 - quantityE8 % symbol.stepE8());
    }
}
