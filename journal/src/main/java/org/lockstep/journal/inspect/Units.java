package org.lockstep.journal.inspect;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** Which field of the schema is a price, a quantity, money or a time, and how each is written. Stateless. */
final class Units
{
    private static final Set<String> PRICES = Set.of("price", "bidPrice", "askPrice", "openPrice", "highPrice",
        "lowPrice", "closePrice", "lastPrice", "markPrice", "indexPrice", "averagePrice", "tickSize", "stopPrice",
        "stopLimitPrice", "limitPrice", "triggerPrice");
    private static final Set<String> QUANTITIES = Set.of("quantity", "bidQuantity", "askQuantity",
        "cumulativeQuantity", "remainingQuantity", "minQuantity", "maxQuantity", "lotSize", "volume",
        "executedQuantity", "filledQuantity");
    private static final Map<String, Integer> FIXED = Map.ofEntries(
        Map.entry("fee", 8), Map.entry("feeAmount", 8), Map.entry("fees", 8), Map.entry("realisedPnl", 8),
        Map.entry("unrealisedPnl", 8), Map.entry("minNotional", 8), Map.entry("free", 8), Map.entry("locked", 8),
        Map.entry("value", 8), Map.entry("quoteVolume", 2), Map.entry("fundingRateE8", 8));
    private static final Set<String> BIG_IDS = Set.of("orderId", "venueOrderId", "tradeId", "listId", "firstOrderId",
        "secondOrderId", "childOrderId", "algoId", "expected",
        "actual");
    private static final String TIME = "TimeNs";
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Units()
    {
    }

    /** Puts a number into a frame's model under the name and in the form that suit it. */
    static void put(
        final Map<String, Object> model,
        final String name,
        final long value,
        final int priceScale,
        final int quantityScale)
    {
        if (PRICES.contains(name) || QUANTITIES.contains(name))
        {
            final int scale = PRICES.contains(name) ? priceScale : quantityScale;
            if (scale >= 0)
            {
                model.put(name, decimal(value, scale));
            }
            else
            {
                model.put(name + "Mantissa", value);
            }
        }
        else if (FIXED.containsKey(name))
        {
            model.put(name.replace("E8", ""), decimal(value, FIXED.get(name)));
        }
        else if (name.endsWith(TIME))
        {
            model.put(name.substring(0, name.length() - 2), value / NANOS_PER_MILLI);
        }
        else if ("hash".equals(name))
        {
            model.put(name, String.format("%016x", value));
        }
        else if (BIG_IDS.contains(name))
        {
            // Beyond what a double holds exactly, so not a number in JSON.
            model.put(name, Long.toString(value));
        }
        else
        {
            model.put(name, value);
        }
    }

    static String decimal(final long mantissa, final int scale)
    {
        return BigDecimal.valueOf(mantissa, scale).toPlainString();
    }
}
