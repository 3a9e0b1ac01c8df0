package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.InstrumentView;

import java.nio.charset.StandardCharsets;

/** What goes wrong with market data on request. Event loop only. */
final class MarketFaults
{
    /** What no decoder understands. */
    static final String GARBAGE = "{\"e\":\"trade\",\"E\":\u0001[[";

    private static final int COUNT_MAX = 1_000_000;

    private final Hub hub;
    private final Faults faults;
    private final MarketSource source;
    private final RestApi rest;

    MarketFaults(final Hub hub, final Faults faults, final MarketSource source, final RestApi rest)
    {
        this.hub = hub;
        this.faults = faults;
        this.source = source;
        this.rest = rest;
    }

    /** Sends all subscribers a text. */
    void garbage(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (final StreamConnection connection : hub.connections())
        {
            connection.sendText(bytes, 0, bytes.length);
            hub.counters().injected++;
            connection.flush();
        }
    }

    /** Withholds the next changes of a book. */
    void gap(final String symbol, final int count)
    {
        faults.withholdDiffs(instrument(symbol).symbol().name(), checked(count));
    }

    /** Answers the next questions for a book with what it is now. */
    void staleDepth(final String symbol, final int count)
    {
        final InstrumentView instrument = instrument(symbol);
        faults.staleDepth(instrument.symbol().name(), rest.snapshot(instrument, 1_000), checked(count));
    }

    private static int checked(final int count)
    {
        if (count < 1 || count > COUNT_MAX)
        {
            throw new IllegalArgumentException("count must be in [1, " + COUNT_MAX + "], found " + count);
        }
        return count;
    }

    private InstrumentView instrument(final String name)
    {
        final InstrumentView instrument = source.instrument(name);
        if (null == instrument)
        {
            throw new IllegalArgumentException("symbol must be one of exchangeInfo, found '" + name + "'");
        }
        return instrument;
    }
}
