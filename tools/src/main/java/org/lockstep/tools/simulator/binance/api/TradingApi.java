package org.lockstep.tools.simulator.binance.api;

import org.lockstep.tools.simulator.binance.exchange.Exchange;
import org.lockstep.tools.simulator.binance.fault.Fault;
import org.lockstep.tools.simulator.binance.fault.FaultPlan;
import org.lockstep.tools.simulator.binance.fault.FaultRule;
import org.lockstep.tools.simulator.market.InstrumentView;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** The private side of the exchange behind its interfaces. Event loop only. */
public final class TradingApi
{
    final Exchange exchange;
    final RequestLimits limits;
    final Authenticator authenticator;
    final TradingMethods methods;
    final UserStreams streams;
    final LongSupplier clockUs;
    final FaultPlan faults = new FaultPlan();
    private final OrderRequestCount orderRequests = new OrderRequestCount();
    private final List<ApiConnection> connections = new ArrayList<>();
    private final List<ApiKey> keys;

    /**
     * Builds it; accounts are without funds until somebody pays in.
     *
     * @param instruments the visible market.
     * @param keys        to the accounts.
     * @param clockUs     the exchange's time, epoch microseconds.
     * @param otherClock  says of a time in epoch microseconds whether it is right by another clock that counts.
     * @param seed        of the ids that are made up.
     * @param limits      of requests and orders.
     */
    public TradingApi(
        final Collection<? extends InstrumentView> instruments,
        final List<ApiKey> keys,
        final LongSupplier clockUs,
        final LongPredicate otherClock,
        final long seed,
        final RequestLimits limits)
    {
        this.keys = List.copyOf(keys);
        this.limits = limits;
        this.clockUs = clockUs;
        this.streams = new UserStreams(limits);
        this.exchange = new Exchange(instruments, clockUs, seed, streams);
        this.authenticator = new Authenticator(keys, clockUs, otherClock);
        this.methods = new TradingMethods(exchange, limits);
    }

    /** @return where orders live. */
    public Exchange exchange()
    {
        return exchange;
    }

    /** @return weights and counts. */
    public RequestLimits limits()
    {
        return limits;
    }

    /** @return what goes wrong with messages. */
    public FaultPlan faults()
    {
        return faults;
    }

    /** @return how many requests have come that change orders, and what happens at which. */
    public OrderRequestCount orderRequests()
    {
        return orderRequests;
    }

    /**
     * Does what a request would, without a connection, a signature or a fault.
     *
     * @param method     name on the WebSocket API.
     * @param key        whose account.
     * @param parameters of the request.
     * @throws ApiError when it is refused.
     */
    public void call(final String method, final ApiKey key, final Map<String, String> parameters) throws ApiError
    {
        methods.call(ApiMethod.byName(method), key, new Parameters(parameters), false);
    }

    /** @return all keys. */
    public List<ApiKey> keys()
    {
        return keys;
    }

    /** @return open connections of the WebSocket API; a copy. */
    public List<ApiConnection> connections()
    {
        return List.copyOf(connections);
    }

    /** Does before a request what a rule says: null lets it pass. */
    FaultRule beforeRequest(final ApiMethod method, final ApiKey key) throws ApiError
    {
        if (method.changesOrders())
        {
            orderRequests.onRequest();
        }
        final FaultRule rule = faults.onRequest(
            Fault.Stage.REQUEST, method.wireName(), method.changesOrders(), null == key ? null : key.name());
        if (null != rule && Fault.REJECT == rule.fault())
        {
            throw new ApiError(rule.status(), rule.code(), rule.message());
        }
        if (null != rule && Fault.UNKNOWN_ORDER == rule.fault())
        {
            throw ApiMethod.ORDER_CANCEL == method ?
                new ApiError(-2011, "Unknown order sent.") : new ApiError(-2013, "Order does not exist.");
        }
        return rule;
    }

    /** What a rule does to the reply of a request. */
    FaultRule beforeReply(final ApiMethod method, final ApiKey key)
    {
        return faults.onRequest(
            Fault.Stage.REPLY, method.wireName(), method.changesOrders(), null == key ? null : key.name());
    }

    static ApiError timeout()
    {
        return new ApiError(504, -1007, "Timeout waiting for response from backend server. " +
            "Send status unknown; execution status unknown.");
    }

    void opened(final ApiConnection connection)
    {
        connections.add(connection);
    }

    void closed(final ApiConnection connection)
    {
        connections.remove(connection);
    }

    long nowMs()
    {
        return clockUs.getAsLong() / 1_000;
    }
}
