package org.lockstep.engine.risk;

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
    private RiskLimits limits;
    private int openOrderCount;
    private boolean killed;
    private boolean isValued = true;

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

    /** Notes that its positions could not be valued; it has then lost too much, whatever its limits. */
    public void valuationFailed()
    {
        isValued = false;
    }

    boolean isValued()
    {
        return isValued;
    }

    /**
     * Describes itself.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.field("killed", killed);
        out.field("isValued", isValued);
        out.field("openOrders", openOrderCount);
        limits.describe(out);
        rate.describe(out);
        holdings.describe(out);
    }

    OrderRate rate()
    {
        return rate;
    }
}
