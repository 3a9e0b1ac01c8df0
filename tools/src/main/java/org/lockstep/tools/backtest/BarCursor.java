package org.lockstep.tools.backtest;

import java.io.IOException;

import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;

/** The bars of one instrument as mantissas, one after the other. One thread. */
final class BarCursor implements AutoCloseable
{
    private final Instrument instrument;
    private final SymbolBars bars;
    private final long intervalNs;
    private long openTimeNs;
    private long open;
    private long high;
    private long low;
    private long close;
    private long volume;
    private long tradeCount;

    BarCursor(final BacktestInstrument wanted, final long intervalNs, final BarPeriod period)
    {
        instrument = wanted.instrument();
        bars = new SymbolBars(wanted.source(), intervalNs, period);
        this.intervalNs = intervalNs;
    }

    /** Goes to the next bar; false when there is none. */
    boolean next() throws IOException
    {
        if (!bars.next())
        {
            return false;
        }
        final BarFile bar = bars.bar();
        openTimeNs = bar.openTimeNs();
        open = price(bar, bar.openPrice());
        high = price(bar, bar.highPrice());
        low = price(bar, bar.lowPrice());
        close = price(bar, bar.closePrice());
        volume = volume(bar);
        tradeCount = bar.tradeCount();
        return true;
    }

    Instrument instrument()
    {
        return instrument;
    }

    long openTimeNs()
    {
        return openTimeNs;
    }

    long endTimeNs()
    {
        return openTimeNs + intervalNs;
    }

    long openPrice()
    {
        return open;
    }

    long highPrice()
    {
        return high;
    }

    long lowPrice()
    {
        return low;
    }

    long closePrice()
    {
        return close;
    }

    long volume()
    {
        return volume;
    }

    long tradeCount()
    {
        return tradeCount;
    }

    @Override
    public void close()
    {
        bars.close();
    }

    private long volume(final BarFile bar)
    {
        final long parsed = Decimals.parseRounded(bar.volume(), instrument.quantityScale(), false);
        if (Decimals.isError(parsed))
        {
            throw bar.wrong("a volume of " + bar.volume(), "what fits 18 digits with " + instrument.quantityScale() +
                " decimals; --lot may name a coarser step");
        }
        return parsed;
    }

    private long price(final BarFile bar, final String text)
    {
        final long price = Decimals.parseRounded(text, instrument.priceScale(), false);
        if (Decimals.isError(price) || price < 1)
        {
            throw bar.wrong("a price of " + text, "what fits 18 digits with " + instrument.priceScale() +
                " decimals, as its prices have; and a file that does not change meanwhile");
        }
        return price;
    }
}
