package org.lockstep.benchmarks.latency.wire;

/** What the venue says while a feed and an order session get ready. Cold. */
final class WireScript
{
    private WireScript()
    {
    }

    /** Answers a plain request: the instruments, or the time. */
    static String rest(final String path)
    {
        return path.startsWith("/api/v3/exchangeInfo") ? """
            {"timezone":"UTC","serverTime":%d,"rateLimits":[],"exchangeFilters":[],"symbols":[{"symbol":"BTCUSDT",
            "status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,
            "quoteAssetPrecision":8,"filters":[
            {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000.00","tickSize":"0.01"},
            {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
            {"filterType":"NOTIONAL","minNotional":"5.00000000"}]}]}""".formatted(System.currentTimeMillis()) :
            "{\"serverTime\":" + System.currentTimeMillis() + "}";
    }

    /** Answers a request over a WebSocket that is no order. */
    static String answer(final String request)
    {
        return request.contains("SUBSCRIBE") ? "{\"result\":null,\"id\":" + id(request) + "}" :
            "{\"id\":" + id(request) + ",\"status\":200,\"result\":" + result(request) + "}";
    }

    private static String result(final String request)
    {
        if (request.contains("openOrders.status") || request.contains("myTrades"))
        {
            return "[]";
        }
        if (request.contains("account.status"))
        {
            return "{\"canTrade\":true,\"updateTime\":1700000000000,\"balances\":[]}";
        }
        return request.contains("subscribe") ? "{\"subscriptionId\":0}" :
            "{\"serverTime\":" + System.currentTimeMillis() + "}";
    }

    private static String id(final String request)
    {
        final int from = request.indexOf("\"id\":") + 5;
        int to = from;
        while (to < request.length() && ',' != request.charAt(to) && '}' != request.charAt(to))
        {
            to++;
        }
        return request.substring(from, to);
    }
}
