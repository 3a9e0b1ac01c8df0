package org.lockstep.tools.simulator.binance.api;

import org.lockstep.tools.simulator.binance.exchange.Exchange;
import org.lockstep.tools.simulator.market.InstrumentView;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
