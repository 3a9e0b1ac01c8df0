package org.lockstep.tools.simulator.binance.exchange;

import java.util.Collection;

/** Hears what happens to accounts. Must not call back into the exchange. Event loop only. */
public interface ExchangeListener
{
    /**
     * An order has changed.
     *
     * @param execution valid until the call returns.
     */
    void onExecution(Execution execution);

    /**
     * An account's balances may have changed.
     *
     * @param account whose.
     * @param assets  which, in the order in which they were touched.
     * @param timeUs  epoch microseconds.
     */
    void onBalances(Account account, Collection<Balance> assets, long timeUs);

    /**
     * An order list has started or ended.
     *
     * @param account whose.
     * @param list    the list.
     * @param timeUs  epoch microseconds.
     */
    void onOrderList(Account account, OrderList list, long timeUs);

    /**
     * Something was paid in or out.
     *
     * @param account whose.
     * @param asset   which.
     * @param deltaE8 signed, eight decimals.
     * @param timeUs  epoch microseconds.
     */
    void onTransfer(Account account, String asset, long deltaE8, long timeUs);
}
