package org.lockstep.engine.risk;

import java.util.BitSet;

import org.lockstep.engine.position.Holdings;
import org.lockstep.engine.state.StateWriter;

/**
 * One whose orders are limited: a bot or an account, with its holdings, open orders, rate and kill switch.
 * Threading: the engine thread. Allocation: none but at new limits.
 */
public final class RiskSubject
{
    private final Holdings holdings = new Holdings();
    private final OrderRate rate = new OrderRate();
    private final TypicalSize typicalSize = new TypicalSize();
    private RiskLimits limits;
    private int openOrderCount;
    private boolean killed;
    private final BitSet unvalued = new BitSet();
    private int priceProtectionBps;

    /**
     * A subject with nothing open.
     *
     * @param limits to begin with.
     */
    public RiskSubject(final RiskLimits limits)
    {
        limits(limits);
    }

    /**
     * Replaces the limits.
     *
     * @param newLimits in force from now on.
     */
    public void limits(final RiskLimits newLimits)
    {
        limits = newLimits;
        rate.limit(newLimits.maxOrderRate());
    }

    /** @return limits in force. */
    public RiskLimits limits()
    {
        return limits;
    }

    /** @return positions and ledger. */
    public Holdings holdings()
    {
        return holdings;
    }

    /** @return orders that have not ended. */
    public int openOrderCount()
    {
        return openOrderCount;
    }

    /** Notes that an order began. */
    public void onOrderOpened()
    {
        openOrderCount++;
    }

    /** Notes that an order ended. */
    public void onOrderEnded()
    {
        openOrderCount--;
    }

    /** @return true while its kill switch is on. */
    public boolean isKilled()
    {
        return killed;
    }

    /**
     * Turns the kill switch.
     *
     * @param on true refuses every order.
     */
    public void killed(final boolean on)
    {
        killed = on;
    }

    /**
     * Notes that a position could not be valued; until it can be again, it has lost too much, whatever its limits.
     *
     * @param instrumentId dense id.
     */
    public void valuationFailed(final int instrumentId)
    {
        unvalued.set(instrumentId);
    }

    /**
     * Notes that a position was valued.
     *
     * @param instrumentId dense id.
     */
    public void valued(final int instrumentId)
    {
        if (!unvalued.isEmpty())
        {
            unvalued.clear(instrumentId);
        }
    }

    boolean isValued()
    {
        return unvalued.isEmpty();
    }

    /**
     * Says how far from the best price its market orders may execute.
     *
     * @param newPriceProtectionBps 1/10,000; 0 for a bot, since the account says it.
     */
    public void priceProtectionBps(final int newPriceProtectionBps)
    {
        priceProtectionBps = newPriceProtectionBps;
    }

    int priceProtectionBps()
    {
        return priceProtectionBps;
    }

    /**
     * Describes itself.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.field("killed", killed);
        for (int id = unvalued.nextSetBit(0); id >= 0; id = unvalued.nextSetBit(id + 1))
        {
            out.field("unvalued", id);
        }
        out.field("openOrders", openOrderCount);
        limits.describe(out);
        rate.describe(out);
        typicalSize.describe(out);
        holdings.describe(out);
    }

    TypicalSize typicalSize()
    {
        return typicalSize;
    }

    OrderRate rate()
    {
        return rate;
    }
}
