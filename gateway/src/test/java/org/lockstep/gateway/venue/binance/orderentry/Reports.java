package org.lockstep.gateway.venue.binance.orderentry;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds executionReport events field by field, starting from a resting limit order. */
final class Reports
{
    private final Map<String, String> fields = new LinkedHashMap<>();

    private Reports(final String clientOrderId)
    {
        text("e", "executionReport").raw("E", "1700000000500").text("s", "BTCUSDT").text("c", clientOrderId);
        text("S", "BUY").text("o", "LIMIT").text("f", "GTC").text("q", "0.02000000").text("p", "61837.63000000");
        text("P", "0.00000000").text("F", "0.00000000").raw("g", "-1").text("C", "").text("x", "NEW").text("X", "NEW");
        text("r", "NONE").raw("i", "4711").text("l", "0.00000000").text("z", "0.00000000").text("L", "0.00000000");
        text("n", "0").raw("N", "null").raw("T", "1700000000499").raw("t", "-1").raw("v", "3").raw("I", "8641984");
        raw("w", "true").raw("m", "false").raw("M", "false").raw("O", "1700000000499").text("Z", "0.00000000");
        text("Y", "0.00000000").text("Q", "0.00000000").raw("W", "1700000000499").text("V", "NONE");
    }

    static Reports of(final String clientOrderId)
    {
        return new Reports(clientOrderId);
    }

    Reports fill(final long tradeId, final String quantity, final String cumulative)
    {
        return text("x", "TRADE").text("X", "PARTIALLY_FILLED").raw("t", Long.toString(tradeId)).text("l", quantity)
            .text("z", cumulative).text("L", "61837.63000000").text("n", "0.00001000").text("N", "BNB");
    }

    /** As of a cancel: the order's id moves to C, c is the cancel's own. */
    Reports canceled(final String cancelId)
    {
        final String original = fields.get("c");
        fields.put("C", original);
        return text("c", cancelId).text("x", "CANCELED").text("X", "CANCELED");
    }

    Reports text(final String key, final String value)
    {
        return raw(key, '"' + value + '"');
    }

    Reports raw(final String key, final String value)
    {
        fields.put(key, value);
        return this;
    }

    @Override
    public String toString()
    {
        final StringBuilder out = new StringBuilder();
        fields.forEach((key, value) ->
            out.append(out.isEmpty() ? "{" : ",").append('"').append(key).append("\":").append(value));
        return out.append('}').toString();
    }
}
