package org.lockstep.engine.execution;

import java.util.Arrays;

import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.position.Holdings;
import org.lockstep.engine.position.Position;

/**
 * What the positions of an account may become at worst when its open orders execute, valued at the market's prices of
 * the moment, and how much of that the open orders add. Kept by instrument: only what changed since the last look is
 * valued again, so an order costs the same whatever else the account trades. It follows from positions and markets
 * alone and is no state of its own. Threading: the engine thread. Allocation: an instrument's first use only.
 */
final class PaperExposure
{
    /** One instrument's part of the sums. */
    private static final class Part
    {
        private Instrument instrument;
        private long price;
        private long worstQuantity;
        private long addedQuantity;
        private long worst;
        private long added;
    }

    private final WideSum worst = new WideSum();
    private final WideSum added = new WideSum();
    private Part[] parts = new Part[8];
    private long seenChanges;

    /** Takes in all that changed since. */
    void update(final Markets markets, final Holdings holdings)
    {
        for (Market market = markets.latestChanged();
            null != market && market.changeNumber() > seenChanges; market = market.changedBefore())
        {
            final Position position = holdings.find(market.instrument().id());
            if (null != position)
            {
                value(market, position);
            }
        }
        seenChanges = markets.changeCount();
        for (int id = holdings.pollChanged(); id >= 0; id = holdings.pollChanged())
        {
            final Market market = markets.find(id);
            if (null != market)
            {
                value(market, holdings.find(id));
            }
        }
    }

    /** @return what open orders add to the worst case of all positions, 8 decimals, saturated. */
    long added()
    {
        return added.saturated();
    }

    /** @return the worst case of all positions but one, 8 decimals, saturated. */
    long worstExcept(final int instrumentId)
    {
        final Part part = instrumentId < parts.length ? parts[instrumentId] : null;
        return null == part ? worst.saturated() : worst.saturatedWithout(part.worst);
    }

    /** @return the larger of what is held when all buys execute and no sell, or all sells and no buy. */
    static long worst(final long quantity, final long buys, final long sells)
    {
        return Math.max(Math.abs(quantity + buys), Math.abs(quantity - sells));
    }

    private void value(final Market market, final Position position)
    {
        final Part part = part(position.instrumentId());
        final long worstQuantity =
            worst(position.quantity(), position.openBuyQuantity(), position.openSellQuantity());
        final long addedQuantity = worstQuantity - Math.abs(position.quantity());
        if (0 == worstQuantity && 0 == part.worstQuantity)
        {
            return;
        }
        final Instrument instrument = market.instrument();
        final long reference = market.referencePrice();
        final long price = reference > 0 ? reference : position.averagePrice();
        final boolean isRevalued = part.price != price || part.instrument != instrument;
        if (isRevalued || part.worstQuantity != worstQuantity)
        {
            worst.add(-part.worst);
            part.worst = Money.notionalSaturated(instrument, price, worstQuantity);
            part.worstQuantity = worstQuantity;
            worst.add(part.worst);
        }
        if (isRevalued || part.addedQuantity != addedQuantity)
        {
            added.add(-part.added);
            part.added = Money.notionalSaturated(instrument, price, addedQuantity);
            part.addedQuantity = addedQuantity;
            added.add(part.added);
        }
        part.price = price;
        part.instrument = instrument;
    }

    private Part part(final int instrumentId)
    {
        if (instrumentId >= parts.length)
        {
            parts = Arrays.copyOf(parts, Math.max(instrumentId + 1, parts.length * 2));
        }
        if (null == parts[instrumentId])
        {
            parts[instrumentId] = new Part();
        }
        return parts[instrumentId];
    }
}
