package org.lockstep.gateway.venue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;

/**
 * Every instrument of the process, and the one place that allots dense ids. An id, once allotted, belongs to its symbol
 * for the life of the journal: seed it with the recovered instruments before any session starts.
 * Threading: any thread; reading by id takes no lock.
 */
public final class InstrumentDirectory
{
    private static final BigDecimal HEADROOM = BigDecimal.valueOf(1_000_000);

    private final Map<String, Instrument> bySymbol = new HashMap<>();
    private volatile Instrument[] byId = new Instrument[0];

    /**
     * Takes over an instrument that the journal defined.
     *
     * @param instrument with its id.
     * @throws IllegalArgumentException if the id or the symbol is taken by another.
     */
    public synchronized void seed(final Instrument instrument)
    {
        final Instrument sameSymbol = bySymbol.get(instrument.qualifiedSymbol());
        final Instrument sameId = byId(instrument.id());
        if (null != sameSymbol && sameSymbol.id() != instrument.id() ||
            null != sameId && !sameId.qualifiedSymbol().equals(instrument.qualifiedSymbol()))
        {
            throw new IllegalArgumentException("instrument " + instrument.id() + " " + instrument.qualifiedSymbol() +
                " clashes with " + (null != sameSymbol ? sameSymbol : sameId));
        }
        store(instrument);
    }

    /**
     * Gives a described instrument its id and scales. A known one keeps its id and its scales, since positions and
     * books are counted in them; a new one takes as many decimals as its tick has for prices, and for quantities as
     * many as the venue transmits, if a million times the largest order still fits, but never less than its lot has:
     * books hold old orders that are finer than today's lot (seen live: 25.426189 where the lot was 0.00001).
     *
     * @param descriptor from the venue's metadata.
     * @return the instrument, stored.
     * @throws IllegalArgumentException if it does not fit the limits, or a known one now has finer steps than its
     *                                  scales hold.
     */
    public synchronized Instrument define(final InstrumentDescriptor descriptor)
    {
        final Instrument known = find(descriptor.venue(), descriptor.symbol());
        final int tickScale = decimals(descriptor.tickSize());
        final int lotScale = decimals(descriptor.lotSize());
        if (null != known && (tickScale > known.priceScale() || lotScale > known.quantityScale()))
        {
            throw new IllegalArgumentException(known.qualifiedSymbol() + ": the venue's steps are now " +
                descriptor.tickSize().toPlainString() + " and " + descriptor.lotSize().toPlainString() +
                ", finer than the " + known.priceScale() + " and " + known.quantityScale() +
                " decimals this journal holds it with: start a new journal");
        }
        final int priceScale = null != known ? known.priceScale() : tickScale;
        final int quantityScale = null != known ? known.quantityScale() : quantityScale(descriptor, lotScale);
        final Instrument instrument = new Instrument(
            null != known ? known.id() : byId.length,
            descriptor.venue(),
            descriptor.symbol(),
            descriptor.baseAsset(),
            descriptor.quoteAsset(),
            priceScale,
            quantityScale,
            mantissa(descriptor.tickSize(), priceScale, RoundingMode.UNNECESSARY),
            mantissa(descriptor.lotSize(), quantityScale, RoundingMode.UNNECESSARY),
            mantissa(descriptor.minQuantity(), quantityScale, RoundingMode.CEILING),
            0 == descriptor.maxQuantity().signum() ?
                Long.MAX_VALUE : mantissa(descriptor.maxQuantity(), quantityScale, RoundingMode.FLOOR),
            mantissa(descriptor.minNotional(), Instrument.MONEY_SCALE, RoundingMode.CEILING),
            descriptor.status());
        store(instrument);
        return instrument;
    }

    /**
     * Notes that a venue no longer lists an instrument: it takes no orders from here on.
     *
     * @param venue  where it traded.
     * @param symbol of a known instrument.
     * @return the instrument, halted and stored.
     */
    public synchronized Instrument halt(final Venue venue, final String symbol)
    {
        final Instrument known = find(venue, symbol);
        final Instrument halted = new Instrument(known.id(), known.venue(), known.symbol(), known.baseAsset(),
            known.quoteAsset(), known.priceScale(), known.quantityScale(), known.tickSize(), known.lotSize(),
            known.minQuantity(), known.maxQuantity(), known.minNotional(), InstrumentStatus.HALTED);
        store(halted);
        return halted;
    }

    /**
     * Finds an instrument by id.
     *
     * @param id dense id.
     * @return the instrument, or null.
     */
    public Instrument byId(final int id)
    {
        final Instrument[] instruments = byId;
        return id >= 0 && id < instruments.length ? instruments[id] : null;
    }

    /**
     * Finds an instrument by symbol.
     *
     * @param venue  where it trades.
     * @param symbol the venue's own.
     * @return the instrument, or null.
     */
    public synchronized Instrument find(final Venue venue, final String symbol)
    {
        return bySymbol.get(venue.code() + ":" + symbol);
    }

    /** @return one more than the highest id. */
    public int size()
    {
        return byId.length;
    }

    private void store(final Instrument instrument)
    {
        final Instrument[] instruments = Arrays.copyOf(byId, Math.max(byId.length, instrument.id() + 1));
        instruments[instrument.id()] = instrument;
        bySymbol.put(instrument.qualifiedSymbol(), instrument);
        byId = instruments;
    }

    private static int decimals(final BigDecimal step)
    {
        return Math.max(0, step.stripTrailingZeros().scale());
    }

    private static int quantityScale(final InstrumentDescriptor descriptor, final int lotScale)
    {
        int scale = lotScale;
        final BigDecimal largest = descriptor.maxQuantity().multiply(HEADROOM);
        while (largest.signum() > 0 && scale < Math.min(descriptor.quantityDecimals(), Instrument.MAX_SCALE) &&
            largest.movePointRight(scale + 1).compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
        {
            scale++;
        }
        return scale;
    }

    /** Saturates: a bound beyond what a long holds is no bound. */
    private static long mantissa(final BigDecimal value, final int scale, final RoundingMode rounding)
    {
        final BigDecimal scaled = value.setScale(scale, rounding);
        return scaled.unscaledValue().bitLength() > 63 ? Long.MAX_VALUE : scaled.unscaledValue().longValue();
    }
}
