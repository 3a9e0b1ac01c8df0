package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.TradingConfig;
import org.lockstep.tools.simulator.binance.exchange.SymbolFilters;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.util.Collection;

/** Writes exchangeInfo in its current shape. Event loop only. */
final class ExchangeInfo
{
    private static final String ORDER_TYPES = "[\"LIMIT\",\"LIMIT_MAKER\",\"MARKET\",\"STOP_LOSS\"," +
        "\"STOP_LOSS_LIMIT\",\"TAKE_PROFIT\",\"TAKE_PROFIT_LIMIT\"]";

    private final JsonBytes json = new JsonBytes();

    private final int weightPerMinute;
    private final TradingConfig trading;

    ExchangeInfo(final int weightPerMinute, final TradingConfig trading)
    {
        this.weightPerMinute = weightPerMinute;
        this.trading = trading;
    }

    byte[] write(final Collection<? extends InstrumentView> instruments, final long timeMs)
    {
        json.clear().text("{\"timezone\":\"UTC\",\"serverTime\":").number(timeMs).text(",\"rateLimits\":[");
        rateLimit("REQUEST_WEIGHT", "MINUTE", 1, weightPerMinute);
        json.character(',');
        rateLimit("ORDERS", "SECOND", 10, trading.ordersPerTenSeconds());
        json.character(',');
        rateLimit("ORDERS", "DAY", 1, trading.ordersPerDay());
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
            .text(",\"icebergAllowed\":true,\"ocoAllowed\":true,\"otoAllowed\":false,\"opoAllowed\":false," +
                "\"quoteOrderQtyMarketAllowed\":true,\"allowTrailingStop\":false,\"cancelReplaceAllowed\":true," +
                "\"amendAllowed\":true,\"pegInstructionsAllowed\":false,\"isSpotTradingAllowed\":true," +
                "\"isMarginTradingAllowed\":false,\"filters\":[");
        filters(symbol);
        json.text("],\"permissions\":[],\"permissionSets\":[[\"SPOT\"]]," +
            "\"defaultSelfTradePreventionMode\":\"EXPIRE_MAKER\",\"allowedSelfTradePreventionModes\":" +
            "[\"NONE\",\"EXPIRE_TAKER\",\"EXPIRE_MAKER\",\"EXPIRE_BOTH\"]}");
    }

    private void filters(final MarketSymbol symbol)
    {
        final SymbolFilters filters = new SymbolFilters(symbol);
        json.text("{\"filterType\":\"PRICE_FILTER\",\"minPrice\":").price(symbol.tickE8())
            .text(",\"maxPrice\":").price(filters.maxPriceE8())
            .text(",\"tickSize\":").price(symbol.tickE8())
            .text("},{\"filterType\":\"LOT_SIZE\",\"minQty\":").price(symbol.stepE8())
            .text(",\"maxQty\":").price(filters.maxQuantityE8()).text(",\"stepSize\":").price(symbol.stepE8())
            .text("},{\"filterType\":\"ICEBERG_PARTS\",\"limit\":").number(SymbolFilters.ICEBERG_PARTS_MAX)
            .text("},{\"filterType\":\"MARKET_LOT_SIZE\",\"minQty\":\"0.00000000\",\"maxQty\":")
            .price(filters.maxMarketQuantityE8()).text(",\"stepSize\":\"0.00000000\"}," +
                "{\"filterType\":\"TRAILING_DELTA\",\"minTrailingAboveDelta\":10,\"maxTrailingAboveDelta\":2000," +
                "\"minTrailingBelowDelta\":10,\"maxTrailingBelowDelta\":2000}," +
                "{\"filterType\":\"PERCENT_PRICE_BY_SIDE\",\"bidMultiplierUp\":\"1.2\",\"bidMultiplierDown\":\"0.5\"," +
                "\"askMultiplierUp\":\"2\",\"askMultiplierDown\":\"0.8\",\"avgPriceMins\":5}," +
                "{\"filterType\":\"NOTIONAL\",\"minNotional\":").price(filters.minNotionalE8())
            .text(",\"applyMinToMarket\":true,\"maxNotional\":").price(SymbolFilters.NOTIONAL_MAX_E8)
            .text(",\"applyMaxToMarket\":false,\"avgPriceMins\":5}," +
                "{\"filterType\":\"MAX_NUM_ORDERS\",\"maxNumOrders\":").number(SymbolFilters.ORDERS_MAX)
            .text("},{\"filterType\":\"MAX_NUM_ORDER_LISTS\",\"maxNumOrderLists\":")
            .number(SymbolFilters.ORDER_LISTS_MAX)
            .text("},{\"filterType\":\"MAX_NUM_ALGO_ORDERS\",\"maxNumAlgoOrders\":")
            .number(SymbolFilters.ALGO_ORDERS_MAX)
            .text("},{\"filterType\":\"MAX_NUM_ORDER_AMENDS\",\"maxNumOrderAmends\":")
            .number(SymbolFilters.AMENDS_MAX).character('}');
    }
}
