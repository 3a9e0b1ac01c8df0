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
    private final long lengthNs;
    private final int keptCount;
    private final Bar preview;
    private Bar[] ring;
    private int openSlot;
    private long closedCount;
    private long closedHash;
    private boolean isOpen;
    /** Follow from the bars: where the open one ends, and where the one after the last one begins. */
    private long openEndNs = Bars.NEVER;
    private long nextOpenNs;

    BarSeries(final int index, final int keptCount)
    {
        this.index = index;
        this.interval = Intervals.at(index);
        this.lengthNs = Intervals.lengthNs(index);
        this.keptCount = keptCount;
        this.preview = new Bar(interval);
        this.ring = newBars(new Bar[0], Math.min(INITIAL_CAPACITY, keptCount + 1));
    }

    boolean isOpen()
    {
        return isOpen;
    }

    /** Where the open bar ends, {@link Bars#NEVER} when there is none. */
    long openEndNs()
    {
        return openEndNs;
    }

    void add(final long timeNs, final long price, final long quantity, final long productHigh, final long productLow)
    {
        final Bar bar = ring[openSlot];
        if (!isOpen)
        {
            begin(bar, timeNs, price);
        }
        bar.add(price, quantity, productHigh, productLow);
    }

    /** Takes in a shorter bar that closed. */
    void add(final Bar shorter)
    {
        final Bar bar = ring[openSlot];
        if (!isOpen)
        {
            begin(bar, shorter.openTimeNs(), shorter.open());
        }
        bar.add(shorter);
    }

    /** The next bar as a whole; none is open. */
    Bar open(final long openTimeNs)
    {
        isOpen = true;
        openEndNs = openTimeNs + lengthNs;
        return ring[openSlot];
    }

    boolean isAligned(final long openTimeNs)
    {
        return openTimeNs == nextOpenNs || openTimeNs == Intervals.openTimeNs(index, openTimeNs);
    }

    /** What the open bar would be if a shorter one closed now; null when neither is there. */
    Bar openWith(final Bar shorter)
    {
        if (null == shorter)
        {
            return open();
        }
        if (isOpen)
        {
            preview.copy(ring[openSlot]);
        }
        else
        {
            preview.begin(Intervals.openTimeNs(index, shorter.openTimeNs()), shorter.open());
        }
        preview.add(shorter);
        return preview;
    }

    Bar close()
    {
        closedHash = ring[openSlot].hash(closedHash);
        return closed();
    }

    /** Closes with a bar of the past. */
    Bar closeWithPast()
    {
        closedHash = ring[openSlot].shortHash(closedHash);
        return closed();
    }

    private Bar closed()
    {
        final Bar bar = ring[openSlot];
        closedCount++;
        nextOpenNs = openEndNs;
        openEndNs = Bars.NEVER;
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

    /** Describes the closed bars and one that is open, or null. */
    void describe(final StateWriter writer, final Bar openBar)
    {
        writer.begin(Intervals.code(interval));
        writer.field("closedCount", closedCount);
        writer.field("closedHash", closedHash);
        if (null != openBar)
        {
            writer.begin("open");
            openBar.describe(writer);
            writer.end();
        }
        writer.end();
    }

    private void begin(final Bar bar, final long timeNs, final long price)
    {
        // Most bars follow on the one before: no need to divide for those.
        final long sinceNs = timeNs - nextOpenNs;
        final long openTimeNs =
            sinceNs >= 0 && sinceNs < lengthNs ? nextOpenNs : Intervals.openTimeNs(index, timeNs);
        bar.begin(openTimeNs, price);
        isOpen = true;
        openEndNs = openTimeNs + lengthNs;
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
