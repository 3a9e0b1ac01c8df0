package org.lockstep.tools.simulator.binance.api;

import java.util.HashMap;
import java.util.Map;

/** The private methods, under the names of the WebSocket API, with the REST paths that do the same. */
enum ApiMethod
{
    ORDER_PLACE("order.place", "POST /api/v3/order", 0, true),
    ORDER_TEST("order.test", "POST /api/v3/order/test", 1, false),
    ORDER_CANCEL("order.cancel", "DELETE /api/v3/order", 0, false),
    ORDER_STATUS("order.status", "GET /api/v3/order", 4, false),
    ORDER_CANCEL_REPLACE("order.cancelReplace", "POST /api/v3/order/cancelReplace", 0, true),
    ORDER_AMEND("order.amend.keepPriority", "PUT /api/v3/order/amend/keepPriority", 4, false),
    OPEN_ORDERS("openOrders.status", "GET /api/v3/openOrders", 6, false),
    CANCEL_ALL("openOrders.cancelAll", "DELETE /api/v3/openOrders", 0, false),
    ALL_ORDERS("allOrders", "GET /api/v3/allOrders", 20, false),
    LIST_PLACE("orderList.place", "POST /api/v3/order/oco", 0, true),
    LIST_PLACE_OCO("orderList.place.oco", "POST /api/v3/orderList/oco", 0, true),
    LIST_CANCEL("orderList.cancel", "DELETE /api/v3/orderList", 0, false),
    LIST_STATUS("orderList.status", "GET /api/v3/orderList", 4, false),
    OPEN_LISTS("openOrderLists.status", "GET /api/v3/openOrderList", 6, false),
    ALL_LISTS("allOrderLists", "GET /api/v3/allOrderList", 20, false),
    MY_TRADES("myTrades", "GET /api/v3/myTrades", 20, false),
    ACCOUNT_STATUS("account.status", "GET /api/v3/account", 20, false),
    ACCOUNT_COMMISSION("account.commission", "GET /api/v3/account/commission", 20, false),
    ACCOUNT_ORDER_LIMITS("account.rateLimits.orders", "GET /api/v3/rateLimit/order", 40, false),
    API_RESTRICTIONS("", "GET /sapi/v1/account/apiRestrictions", 1, false);

    private static final Map<String, ApiMethod> BY_NAME = new HashMap<>();
    private static final Map<String, ApiMethod> BY_PATH = new HashMap<>();

    static
    {
        for (final ApiMethod method : values())
        {
            BY_NAME.put(method.wireName, method);
            BY_PATH.put(method.path, method);
        }
        BY_NAME.remove("");
    }

    private final String wireName;
    private final String path;
    private final int weight;
    private final boolean placesOrders;

    ApiMethod(final String wireName, final String path, final int weight, final boolean placesOrders)
    {
        this.wireName = wireName;
        this.path = path;
        this.weight = weight;
        this.placesOrders = placesOrders;
    }

    /** The method of the WebSocket API, or null. */
    static ApiMethod byName(final String name)
    {
        return BY_NAME.get(name);
    }

    /** The method behind a verb and a path, or null. */
    static ApiMethod byPath(final String verbAndPath)
    {
        return BY_PATH.get(verbAndPath);
    }

    String wireName()
    {
        return wireName.isEmpty() ? path : wireName;
    }

    /** What it costs; what costs nothing when it succeeds costs 1 when it fails. */
    int weight(final Parameters parameters, final boolean isGood)
    {
        if (OPEN_ORDERS == this && !parameters.has("symbol"))
        {
            return 80;
        }
        if (MY_TRADES == this && parameters.has("orderId"))
        {
            return 5;
        }
        return isGood ? weight : Math.max(1, weight);
    }

    /** Whether orders are not what they were before. */
    boolean changesOrders()
    {
        return switch (this)
        {
            case ORDER_PLACE, ORDER_CANCEL, ORDER_CANCEL_REPLACE, ORDER_AMEND, CANCEL_ALL, LIST_PLACE, LIST_PLACE_OCO,
                LIST_CANCEL -> true;
            default -> false;
        };
    }

    boolean placesOrders()
    {
        return placesOrders;
    }
}
