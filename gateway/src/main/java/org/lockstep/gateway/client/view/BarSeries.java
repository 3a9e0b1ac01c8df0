package org.lockstep.gateway.client.view;

import org.lockstep.engine.event.codec.BarClosedDecoder;
import org.lockstep.engine.event.codec.YesNo;

/** The newest bars of one instrument and interval: a ring of closed ones and the open one at its end. */
final class BarSeries
{
    static final int CAPACITY = 300;
    private static final int FIELDS = 8;

    private final long[] bars = new long[CAPACITY * FIELDS];
    private int count;
    private int next;
    private boolean hasOpen;
    long sequence;
    long timeNs;

    void onBar(final BarClosedDecoder bar)
    {
        final boolean isSame = count > 0 && bars[at(count - 1)] == bar.openTimeNs();
        if (!isSame && count > 0 && bars[at(count - 1)] > bar.openTimeNs())
        {
            return;     // a late report of an older bar: what came after it stands
        }
        if (!isSame)
        {
            next = (next + 1) % CAPACITY;
            count = Math.min(count + 1, CAPACITY);
        }
        final int base = at(count - 1);
        bars[base] = bar.openTimeNs();
        bars[base + 1] = bar.openPrice();
        bars[base + 2] = bar.highPrice();
        bars[base + 3] = bar.lowPrice();
        bars[base + 4] = bar.closePrice();
        bars[base + 5] = bar.volume();
        bars[base + 6] = bar.tradeCount();
        bars[base + 7] = YesNo.YES == bar.closed() ? 1 : 0;
        hasOpen = 0 == bars[base + 7];
    }

    /** Writes the newest bars, oldest first; two are enough for an update, since one closes at a time. */
    void write(final JsonWriter json, final int maxBars, final int priceScale, final int quantityScale)
    {
        json.name("bars").beginArray();
        for (int i = Math.max(0, count - maxBars); i < count; i++)
        {
            final int base = at(i);
            json.beginObject()
                .field("openTime", bars[base] / 1_000_000)
                .field("open", bars[base + 1], priceScale)
                .field("high", bars[base + 2], priceScale)
                .field("low", bars[base + 3], priceScale)
                .field("close", bars[base + 4], priceScale)
                .field("volume", bars[base + 5], quantityScale)
                .field("trades", bars[base + 6])
                .field("closed", 1 == bars[base + 7])
                .endObject();
        }
        json.endArray();
    }

    /** @return closing prices of the newest bars, oldest first; the open bar is the last. */
    double[] closes(final int maxBars)
    {
        final int size = Math.min(count, maxBars);
        final double[] closes = new double[size];
        for (int i = 0; i < size; i++)
        {
            closes[i] = bars[at(count - size + i) + 4];
        }
        return closes;
    }

    boolean hasOpen()
    {
        return hasOpen;
    }

    private int at(final int index)
    {
        return Math.floorMod(next - count + index, CAPACITY) * FIELDS;
    }
}
