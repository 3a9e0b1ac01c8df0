package org.lockstep.engine.market;

import java.util.Arrays;

import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Instruments;
import org.lockstep.engine.state.StateWriter;

/** All markets by dense instrument id. Threading: the engine thread. Allocation: when an instrument is defined. */
public final class Markets
{
    private final Instruments instruments = new Instruments();
    private final MarketChanges changes = new MarketChanges();
    private Market[] byId = new Market[16];
    private int limit;

    /**
     * Defines an instrument or takes over what changed of it.
     *
     * @param instrument as the venue describes it.
     * @return false when it contradicts what is known; nothing changes then.
     */
    public boolean define(final Instrument instrument)
    {
        if (!instruments.define(instrument))
        {
            return false;
        }
        final int id = instrument.id();
        if (id >= byId.length)
        {
            byId = Arrays.copyOf(byId, Math.max(id + 1, byId.length * 2));
        }
        if (null == byId[id])
        {
            byId[id] = new Market(instrument, changes);
            limit = Math.max(limit, id + 1);
        }
        else
        {
            byId[id].instrument(instrument);
        }
        return true;
    }

    /**
     * Finds a market.
     *
     * @param instrumentId any int.
     * @return the market, or null when the instrument is not defined.
     */
    public Market find(final int instrumentId)
    {
        return instrumentId >= 0 && instrumentId < byId.length ? byId[instrumentId] : null;
    }

    /** @return changes of all markets so far. */
    public long changeCount()
    {
        return changes.count();
    }

    /** @return the market that changed last, or null; {@link Market#changedBefore} leads to those before. */
    public Market latestChanged()
    {
        return changes.latest();
    }

    /** @return one more than the largest id that is defined. */
    public int limit()
    {
        return limit;
    }

    /** @return the table of instruments. */
    public Instruments instruments()
    {
        return instruments;
    }

    /**
     * Describes every market by id.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("markets");
        instruments.describe(out);
        for (final Market market : byId)
        {
            if (null != market)
            {
                market.describe(out);
            }
        }
        out.end();
    }
}
