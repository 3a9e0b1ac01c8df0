package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.netty.handler.codec.http.QueryStringDecoder;
import org.lockstep.gateway.net.ScriptedVenue.Reply;

/** What a scripted venue knows about its symbols. */
final class Symbols
{
    private Symbols()
    {
    }

    /** Lists whatever it is asked for. */
    static Function<QueryStringDecoder, Reply> exchangeInfo()
    {
        return exchangeInfo(Set.of());
    }

    /** Lists whatever it is asked for, except some symbols over which it refuses the whole request. */
    static Function<QueryStringDecoder, Reply> exchangeInfo(final Set<String> unknown)
    {
        return query ->
        {
            final List<String> symbols = new ArrayList<>();
            for (final String symbol : symbols(query))
            {
                if (unknown.contains(symbol))
                {
                    return new Reply(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", java.util.Map.of());
                }
                symbols.add(description(symbol));
            }
            return Reply.ok("{\"symbols\":[" + String.join(",", symbols) + "]}");
        };
    }

    static String[] symbols(final QueryStringDecoder query)
    {
        return query.parameters().get("symbols").get(0).replaceAll("[\\[\\]\"]", "").split(",");
    }

    static String description(final String symbol)
    {
        return "{\"symbol\":\"" + symbol + "\",\"status\":\"TRADING\",\"baseAsset\":\"" + symbol.substring(0, 3) +
            "\",\"quoteAsset\":\"USDT\",\"quotePrecision\":8,\"filters\":[" +
            "{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.01000000\"}," +
            "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001000\",\"maxQty\":\"9000.00000000\"," +
            "\"stepSize\":\"0.00001000\"},{\"filterType\":\"NOTIONAL\",\"minNotional\":\"5.00000000\"}]}";
    }
}
