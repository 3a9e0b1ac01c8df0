package org.lockstep.engine.bar;

import java.util.Arrays;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.state.StateWriter;

/** The bars of one interval: a ring of closed ones, and the open one, which sits in the ring's next slot. */
final class BarSeries
{
    private static final int INITIAL_CAPACITY = 32;

    private final BarInterval interval;
    private final int index;
    private final int keptCount;
    private Bar[] ring;
    private int openSlot;
    private long closedCount;
    private long closedHash;
    private boolean isOpen;

    BarSeries(final int index, final int keptCount)
    {
        this.index = index;
        this.interval = Intervals.at(index);
        this.keptCount = keptCount;
        this.ring = newBars(new Bar[0], Math.min(INITIAL_CAPACITY, keptCount + 1));
    }

    boolean isOpen()
    {
        return isOpen;
    }

    long openEndNs()
    {
        return isOpen ? ring[openSlot].openTimeNs() + Intervals.lengthNs(index) : Long.MAX_VALUE;
    }

    void add(final long timeNs, final long price, final long quantity, final long productHigh, final long productLow)
    {
        final Bar bar = ring[openSlot];
        if (!isOpen)
        {
            bar.begin(Intervals.openTimeNs(index, timeNs), price);
            isOpen = true;
        }
        bar.add(price, quantity, productHigh, productLow);
    }

    Bar close()
    {
        final Bar bar = ring[openSlot];
        closedHash = bar.hash(closedHash);
        closedCount++;
        isOpen = false;
        openSlot++;
        if (openSlot == ring.length)
        {
            if (ring.length <= keptCount)
            {
                ring = newBars(ring, Math.min(ring.length * 2, keptCount + 1));
            }
            else
            {
                openSlot = 0;
            }
        }
        return bar;
    }

    Bar open()
    {
        return isOpen ? ring[openSlot] : null;
    }

    long closedCount()
    {
        return closedCount;
    }

    int keptClosedCount()
    {
        return (int)Math.min(closedCount, keptCount);
    }

    Bar closed(final int ago)
    {
        if (ago < 0 || ago >= keptClosedCount())
        {
            throw new IndexOutOfBoundsException("bar " + ago + " of " + keptClosedCount());
        }
        final int slot = openSlot - 1 - ago;
        return ring[slot < 0 ? slot + ring.length : slot];
    }

    void describe(final StateWriter writer)
    {
        writer.begin(Intervals.code(interval));
        writer.field("closedCount", closedCount);
        writer.field("closedHash", closedHash);
        if (isOpen)
        {
            writer.begin("open");
            ring[openSlot].describe(writer);
            writer.end();
        }
        writer.end();
    }

    private Bar[] newBars(final Bar[] old, final int length)
    {
        final Bar[] bars = Arrays.copyOf(old, length);
        for (int i = old.length; i < length; i++)
        {
            bars[i] = new Bar(interval);
        }
        return bars;
    }
}
