package org.lockstep.engine.bar;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.state.StateHasher;
import org.lockstep.engine.state.StateWriter;

/**
 * One bar. Prices are mantissas at the instrument's price scale, the volume at its quantity scale. The turnover is the
 * sum
 * of price times quantity, exact in 128 bits: no rounding, no overflow, and bars add up.
 * Threading: the engine thread only; written by {@link Bars} alone. Allocates nothing.
 */
public final class Bar
{
    private final BarInterval interval;
    private long openTimeNs;
    private long open;
    private long high;
    private long low;
    private long close;
    private long volume;
    private long turnoverHigh;
    private long turnoverLow;
    private long tradeCount;

    Bar(final BarInterval interval)
    {
        this.interval = interval;
    }

    /** @return its interval. */
    public BarInterval interval()
    {
        return interval;
    }

    /** @return when it begins, epoch ns, inclusive. */
    public long openTimeNs()
    {
        return openTimeNs;
    }

    /** @return when it ends, epoch ns, exclusive. */
    public long closeTimeNs()
    {
        return openTimeNs + Intervals.lengthNs(interval);
    }

    /** @return price of the first trade, mantissa. */
    public long open()
    {
        return open;
    }

    /** @return highest price, mantissa. */
    public long high()
    {
        return high;
    }

    /** @return lowest price, mantissa. */
    public long low()
    {
        return low;
    }

    /** @return price of the last trade, mantissa. */
    public long close()
    {
        return close;
    }

    /** @return base quantity traded, mantissa; stays at {@code Long.MAX_VALUE} should it ever get there. */
    public long volume()
    {
        return volume;
    }

    /** @return number of trades, 0 when it is not known, as of a bar of the past. */
    public long tradeCount()
    {
        return tradeCount;
    }

    /** @return volume-weighted average price, mantissa at the price scale, rounded half even; close if no volume. */
    public long vwap()
    {
        return 0 == volume ? close : Decimals.divide128(turnoverHigh, turnoverLow, volume, Rounding.HALF_EVEN);
    }

    /**
     * Quote currency traded.
     *
     * @param instrument gives the scales.
     * @return 8 decimals, rounded half even; saturates.
     */
    public long turnover(final Instrument instrument)
    {
        final int shift = instrument.priceScale() + instrument.quantityScale() - Instrument.MONEY_SCALE;
        final long divisor = Decimals.pow10(Math.max(0, shift));
        final long quotient = Decimals.divide128(turnoverHigh, turnoverLow, divisor, Rounding.HALF_EVEN);
        final long result = Decimals.rescale(quotient, 0, Math.max(0, -shift), Rounding.UNNECESSARY);
        return !Decimals.isError(result) ? result : turnoverHigh < 0 ? Decimals.MIN_MANTISSA : Decimals.MAX_MANTISSA;
    }

    /**
     * Describes the bar.
     *
     * @param writer takes the description.
     */
    public void describe(final StateWriter writer)
    {
        writer.field("openTimeNs", openTimeNs);
        writer.field("open", open);
        writer.field("high", high);
        writer.field("low", low);
        writer.field("close", close);
        writer.field("volume", volume);
        writer.field("turnoverHigh", turnoverHigh);
        writer.field("turnoverLow", turnoverLow);
        writer.field("tradeCount", tradeCount);
    }

    @Override
    public String toString()
    {
        return Intervals.code(interval) + " bar at " + openTimeNs + ": " + open + " " + high + " " + low + " " + close +
            " volume " + volume + " trades " + tradeCount;
    }

    void begin(final long newOpenTimeNs, final long price)
    {
        openTimeNs = newOpenTimeNs;
        open = price;
        high = price;
        low = price;
        close = price;
        volume = 0;
        turnoverHigh = 0;
        turnoverLow = 0;
        tradeCount = 0;
    }

    void add(final long price, final long quantity, final long productHigh, final long productLow)
    {
        high = Math.max(high, price);
        low = Math.min(low, price);
        close = price;
        final long sum = volume + quantity;
        volume = sum < 0 ? Long.MAX_VALUE : sum;
        turnoverLow += productLow;
        turnoverHigh += productHigh + (Long.compareUnsigned(turnoverLow, productLow) < 0 ? 1 : 0);
        tradeCount++;
    }

    /**
     * Becomes what is known of an interval of the past. Its turnover is not known: it is taken to be what a quarter of
     * the volume at each of the four prices comes to, their mean rounded down.
     */
    void set(
        final long newOpenTimeNs,
        final long newOpen,
        final long newHigh,
        final long newLow,
        final long newClose,
        final long newVolume,
        final long newTradeCount)
    {
        final long mean = (newOpen >> 2) + (newHigh >> 2) + (newLow >> 2) + (newClose >> 2) +
            ((newOpen & 3) + (newHigh & 3) + (newLow & 3) + (newClose & 3) >> 2);
        openTimeNs = newOpenTimeNs;
        open = newOpen;
        high = newHigh;
        low = newLow;
        close = newClose;
        volume = newVolume;
        turnoverHigh = Math.multiplyHigh(mean, newVolume);
        turnoverLow = mean * newVolume;
        tradeCount = newTradeCount;
    }

    /** Takes in a shorter bar that belongs to this one, as if each of its trades had been added. */
    void add(final Bar shorter)
    {
        high = Math.max(high, shorter.high);
        low = Math.min(low, shorter.low);
        close = shorter.close;
        final long sum = volume + shorter.volume;
        volume = sum < 0 ? Long.MAX_VALUE : sum;
        turnoverLow += shorter.turnoverLow;
        turnoverHigh +=
            shorter.turnoverHigh + (Long.compareUnsigned(turnoverLow, shorter.turnoverLow) < 0 ? 1 : 0);
        tradeCount += shorter.tradeCount;
    }

    /** Becomes the same as another bar of the interval. */
    void copy(final Bar other)
    {
        begin(other.openTimeNs, other.open);
        add(other);
    }

    /** Hash over this bar and what came before it. */
    long hash(final long before)
    {
        long hash = StateHasher.mixed(before + openTimeNs);
        hash = StateHasher.mixed(hash + open);
        hash = StateHasher.mixed(hash + high);
        hash = StateHasher.mixed(hash + low);
        hash = StateHasher.mixed(hash + close);
        hash = StateHasher.mixed(hash + volume);
        hash = StateHasher.mixed(hash + turnoverHigh);
        hash = StateHasher.mixed(hash + turnoverLow);
        return StateHasher.mixed(hash + tradeCount);
    }

    /**
     * Another hash over this bar and what came before it, in two thirds less time, since its parts do not wait for one
     * another. That of trades is held by journals and stays.
     */
    long shortHash(final long before)
    {
        return StateHasher.mixed(before + openTimeNs * 0x9E6D4F25B3A1C68DL + open * 0xC2B2AE3D27D4EB4FL +
            high * 0x165667B19E3779F9L + low * 0xD6E8FEB86659FD93L + close * 0xA0761D6478BD642FL +
            volume * 0xE7037ED1A0B428DBL + turnoverHigh * 0x8EBC6AF09C88C6E3L + turnoverLow * 0x589965CC75374CC3L +
            tradeCount * 0x1D8E4E27C47D124FL);
    }
}
