package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.util.Collection;

/** Writes exchangeInfo in its current shape. Event loop only. */
final class ExchangeInfo
{
    private static final String ORDER_TYPES = "[\"LIMIT\",\"LIMIT_MAKER\",\"MARKET\",\"STOP_LOSS\"," +
        "\"STOP_LOSS_LIMIT\",\"TAKE_PROFIT\",\"TAKE_PROFIT_LIMIT\"]";

    private final JsonBytes json = new JsonBytes();

    byte[] write(final Collection<? extends InstrumentView> instruments, final long timeMs, final int weightPerMinute)
    {
        json.clear().text("{\"timezone\":\"UTC\",\"serverTime\":").number(timeMs).text(",\"rateLimits\":[");
        rateLimit("REQUEST_WEIGHT", "MINUTE", 1, weightPerMinute);
        json.character(',');
        rateLimit("ORDERS", "SECOND", 10, 100);
        json.character(',');
        rateLimit("ORDERS", "DAY", 1, 200_000);
        json.character(',');
        rateLimit("RAW_REQUESTS", "MINUTE", 5, 300_000);
        json.text("],\"exchangeFilters\":[],\"symbols\":[");
        boolean comma = false;
        for (final InstrumentView instrument : instruments)
        {
            json.text(comma ? "," : "");
            symbol(instrument.symbol());
            comma = true;
        }
        return json.text("]}").toArray();
    }

    private void rateLimit(final String type, final String interval, final int intervals, final int limit)
    {
        json.text("{\"rateLimitType\":\"").text(type).text("\",\"interval\":\"").text(interval)
            .text("\",\"intervalNum\":").number(intervals).text(",\"limit\":").number(limit).character('}');
    }

    private void symbol(final MarketSymbol symbol)
    {
        json.text("{\"symbol\":\"").text(symbol.name()).text("\",\"status\":\"TRADING\",\"baseAsset\":\"")
            .text(symbol.base()).text("\",\"baseAssetPrecision\":8,\"quoteAsset\":\"").text(symbol.quote())
            .text("\",\"quotePrecision\":8,\"quoteAssetPrecision\":8,\"baseCommissionPrecision\":8," +
                "\"quoteCommissionPrecision\":8,\"orderTypes\":").text(ORDER_TYPES)
            .text(",\"icebergAllowed\":true,\"ocoAllowed\":true,\"otoAllowed\":true,\"opoAllowed\":true," +
                "\"quoteOrderQtyMarketAllowed\":true,\"allowTrailingStop\":true,\"cancelReplaceAllowed\":true," +
                "\"amendAllowed\":true,\"pegInstructionsAllowed\":true,\"isSpotTradingAllowed\":true," +
                "\"isMarginTradingAllowed\":false,\"filters\":[");
        filters(symbol);
        json.text("],\"permissions\":[],\"permissionSets\":[[\"SPOT\"]]," +
            "\"defaultSelfTradePreventionMode\":\"EXPIRE_MAKER\",\"allowedSelfTradePreventionModes\":" +
            "[\"NONE\",\"EXPIRE_TAKER\",\"EXPIRE_MAKER\",\"EXPIRE_BOTH\",\"DECREMENT\",\"TRANSFER\"]}");
    }

    private void filters(final MarketSymbol symbol)
    {
        final long maxPriceE8 = Math.min(symbol.tickE8() * 100_000_000L, 1_000_000 * E8.ONE);
        final long maxQuantityE8 = symbol.stepE8() * 900_000_000L;
        json.text("{\"filterType\":\"PRICE_FILTER\",\"minPrice\":").price(symbol.tickE8())
            .text(",\"maxPrice\":").price(Math.max(maxPriceE8, 10 * symbol.priceE8()))
            .text(",\"tickSize\":").price(symbol.tickE8())
            .text("},{\"filterType\":\"LOT_SIZE\",\"minQty\":").price(symbol.stepE8())
            .text(",\"maxQty\":").price(maxQuantityE8).text(",\"stepSize\":").price(symbol.stepE8())
            .text("},{\"filterType\":\"ICEBERG_PARTS\",\"limit\":100}," +
                "{\"filterType\":\"MARKET_LOT_SIZE\",\"minQty\":\"0.00000000\",\"maxQty\":")
            .price(maxQuantityE8 / 10).text(",\"stepSize\":\"0.00000000\"}," +
                "{\"filterType\":\"TRAILING_DELTA\",\"minTrailingAboveDelta\":10,\"maxTrailingAboveDelta\":2000," +
                "\"minTrailingBelowDelta\":10,\"maxTrailingBelowDelta\":2000}," +
                "{\"filterType\":\"PERCENT_PRICE_BY_SIDE\",\"bidMultiplierUp\":\"1.2\",\"bidMultiplierDown\":\"0.5\"," +
                "\"askMultiplierUp\":\"2\",\"askMultiplierDown\":\"0.8\",\"avgPriceMins\":5}," +
                "{\"filterType\":\"NOTIONAL\",\"minNotional\":").price(minNotionalE8(symbol.quote()))
            .text(",\"applyMinToMarket\":true,\"maxNotional\":\"9000000.00000000\",\"applyMaxToMarket\":false," +
                "\"avgPriceMins\":5},{\"filterType\":\"MAX_NUM_ORDERS\",\"maxNumOrders\":200}," +
                "{\"filterType\":\"MAX_NUM_ORDER_LISTS\",\"maxNumOrderLists\":20}," +
                "{\"filterType\":\"MAX_NUM_ALGO_ORDERS\",\"maxNumAlgoOrders\":5}," +
                "{\"filterType\":\"MAX_NUM_ORDER_AMENDS\",\"maxNumOrderAmends\":10}");
    }

    private static long minNotionalE8(final String quote)
    {
        return switch (quote)
        {
            case "BTC" -> E8.ONE / 10_000;
            case "ETH" -> E8.ONE / 1_000;
            case "BNB" -> E8.ONE / 100;
            case "TRY" -> 10 * E8.ONE;
            default -> 5 * E8.ONE;
        };
    }
}
