package org.lockstep.engine.instrument;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.lockstep.engine.event.Deterministic;
import org.lockstep.engine.state.StateWriter;

/**
 * The engine's table of instruments, by dense id and by name.
 * Threading: the engine thread only. Looking up allocates nothing; defining does.
 */
@Deterministic(because = "the map of names is looked up and never iterated")
public final class Instruments
{
    /** Bound of dense ids. */
    public static final int MAX_COUNT = 65_536;

    private static final int INITIAL_CAPACITY = 64;

    private final Map<String, Instrument> byQualifiedSymbol = new HashMap<>();
    private Instrument[] byId = new Instrument[INITIAL_CAPACITY];
    private int idLimit;
    private int count;

    /**
     * Adds an instrument, or replaces what was known of it. What a mantissa means must never change in mid-journal, so
     * an
     * id keeps its venue, symbol and scales; tick, lot, minimums and status may change.
     *
     * @param instrument to take over.
     * @return true when taken; false when refused: its id is {@link #MAX_COUNT} or more, its id stands for another
     * symbol,
     * its symbol has another id, or its scales differ from those known.
     */
    public boolean define(final Instrument instrument)
    {
        final int id = instrument.id();
        if (id >= MAX_COUNT)
        {
            return false;
        }
        final Instrument byName = byQualifiedSymbol.get(instrument.qualifiedSymbol());
        if (byName != get(id))
        {
            return false;
        }
        if (null != byName && (byName.priceScale() != instrument.priceScale() ||
            byName.quantityScale() != instrument.quantityScale()))
        {
            return false;
        }

        if (id >= byId.length)
        {
            byId = Arrays.copyOf(byId, Math.max(id + 1, byId.length * 2));
        }
        count += null == byName ? 1 : 0;
        idLimit = Math.max(idLimit, id + 1);
        byId[id] = instrument;
        byQualifiedSymbol.put(instrument.qualifiedSymbol(), instrument);
        return true;
    }

    /**
     * Finds an instrument by its dense id.
     *
     * @param id any int, {@code Frame.NULL_INSTRUMENT_ID} included.
     * @return the instrument, or null when there is none.
     */
    public Instrument get(final int id)
    {
        return id >= 0 && id < idLimit ? byId[id] : null;
    }

    /**
     * Finds an instrument by its name.
     *
     * @param qualifiedSymbol such as {@code binance:BTCUSDT}.
     * @return the instrument, or null when there is none.
     */
    public Instrument byQualifiedSymbol(final String qualifiedSymbol)
    {
        return byQualifiedSymbol.get(qualifiedSymbol);
    }

    /**
     * Finds an instrument by venue and symbol. Allocates.
     *
     * @param venue  where it trades.
     * @param symbol the venue's own upper-case symbol.
     * @return the instrument, or null when there is none.
     */
    public Instrument bySymbol(final Venue venue, final String symbol)
    {
        return byQualifiedSymbol.get(venue.code() + ":" + symbol);
    }

    /** @return how many instruments are defined. */
    public int count()
    {
        return count;
    }

    /** @return one more than the largest id defined, for visiting all by {@link #get(int)}; ids may have holes. */
    public int idLimit()
    {
        return idLimit;
    }

    /**
     * Describes every instrument, by id.
     *
     * @param writer takes the description.
     */
    public void describe(final StateWriter writer)
    {
        for (int id = 0; id < idLimit; id++)
        {
            final Instrument instrument = byId[id];
            if (null != instrument)
            {
                writer.begin("instrument", id);
                writer.field("venue", instrument.venue().code());
                writer.field("symbol", instrument.symbol());
                writer.field("baseAsset", instrument.baseAsset());
                writer.field("quoteAsset", instrument.quoteAsset());
                writer.field("priceScale", instrument.priceScale());
                writer.field("quantityScale", instrument.quantityScale());
                writer.field("tickSize", instrument.tickSize());
                writer.field("lotSize", instrument.lotSize());
                writer.field("minQuantity", instrument.minQuantity());
                writer.field("maxQuantity", instrument.maxQuantity());
                writer.field("minNotional", instrument.minNotional());
                writer.field("status", instrument.status().value());
                writer.end();
            }
        }
    }
}
