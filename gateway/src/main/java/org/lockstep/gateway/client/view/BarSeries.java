package org.lockstep.gateway.client.view;

import org.lockstep.engine.event.codec.BarClosedDecoder;
import org.lockstep.engine.event.codec.YesNo;

/**
 * The newest bars of one instrument and interval: a ring of closed ones and the open one at its end. Bars may come in
 * any order, since the past is asked for while the present streams in.
 */
final class BarSeries
{
    static final int CAPACITY = 300;
    private static final int FIELDS = 8;

    private final long[] bars = new long[CAPACITY * FIELDS];
    private int count;
    private int next;
    private boolean hasOpen;
    long sequence = -1;
    long timeNs;
    /** Whoever was told before this needs more than the newest two bars to know all. */
    long pastSequence = -1;
    private long newSequence = -1;

    /** @return false when nothing is new. */
    boolean onBar(final BarClosedDecoder bar, final long barSequence, final long barTimeNs)
    {
        int index = count;
        while (index > 0 && bars[at(index - 1)] > bar.openTimeNs())
        {
            index--;
        }
        final boolean isKnown = index > 0 && bars[at(index - 1)] == bar.openTimeNs();
        if (isKnown)
        {
            index--;
            if (YesNo.YES != bar.closed() && 1 == bars[at(index) + 7])
            {
                return false;       // asked for before it closed
            }
        }
        else if (0 == index && CAPACITY == count)
        {
            return false;           // older than all that is kept
        }
        else
        {
            index = insert(index);
            pastSequence = Math.max(pastSequence, newSequence);
            newSequence = barSequence;
        }
        put(at(index), bar);
        sequence = barSequence;
        if (index == count - 1)
        {
            timeNs = barTimeNs;
        }
        if (index < count - 2)
        {
            pastSequence = barSequence;
        }
        hasOpen = 0 == bars[at(count - 1) + 7];
        return true;
    }

    /** Makes room before the bar at an index; the oldest goes when there are too many. */
    private int insert(final int index)
    {
        final boolean isFull = CAPACITY == count;
        next = (next + 1) % CAPACITY;
        count = Math.min(count + 1, CAPACITY);
        final int made = isFull ? index - 1 : index;
        for (int i = count - 1; i > made; i--)
        {
            System.arraycopy(bars, at(i - 1), bars, at(i), FIELDS);
        }
        return made;
    }

    private void put(final int base, final BarClosedDecoder bar)
    {
        bars[base] = bar.openTimeNs();
        bars[base + 1] = bar.openPrice();
        bars[base + 2] = bar.highPrice();
        bars[base + 3] = bar.lowPrice();
        bars[base + 4] = bar.closePrice();
        bars[base + 5] = bar.volume();
        bars[base + 6] = bar.tradeCount();
        bars[base + 7] = YesNo.YES == bar.closed() ? 1 : 0;
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
