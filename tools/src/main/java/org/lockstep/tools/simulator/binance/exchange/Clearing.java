package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Moves money and tells of it. Every movement has a counterpart: what accounts gain comes from the market, what they
 * pay goes to the market or to the house, so that the sum over accounts, market and house is what was paid in.
 * Event loop only.
 */
final class Clearing
{
    private final LongSupplier clockUs;
    private final ExchangeListener listener;
    private final Map<Account, Set<Balance>> touched = new LinkedHashMap<>();
    private final SortedMap<String, Long> marketE8 = new TreeMap<>();
    private final SortedMap<String, Long> houseE8 = new TreeMap<>();
    private final SortedMap<String, Long> paidInE8 = new TreeMap<>();
    private long nextExecutionId = 1;

    Clearing(final LongSupplier clockUs, final ExchangeListener listener)
    {
        this.clockUs = clockUs;
        this.listener = listener;
    }

    long nowUs()
    {
        return clockUs.getAsLong();
    }

    void transfer(final Account account, final String asset, final long deltaE8)
    {
        account.balance(asset).add(deltaE8);
        paidInE8.merge(asset, deltaE8, Math::addExact);
        account.touched(nowUs());
        listener.onTransfer(account, asset, deltaE8, nowUs());
    }

    /** Sets what an order holds; the caller has seen that there is enough. */
    void hold(final Order order, final long amountE8)
    {
        if (amountE8 != order.lockedE8)
        {
            spending(order).lock(amountE8 - order.lockedE8);
            order.lockedE8 = amountE8;
            touch(order);
        }
    }

    /** The balance that an order spends. */
    static Balance spending(final Order order)
    {
        final MarketSymbol symbol = order.terms().symbol();
        return order.account().balance(order.isBuy() ? symbol.quote() : symbol.base());
    }

    /** Books one execution and reports it. */
    void trade(
        final Order order, final long tradeId, final long priceE8, final long quantityE8, final boolean isMaker)
    {
        final MarketSymbol symbol = order.terms().symbol();
        final long quoteE8 = E8.multiply(priceE8, quantityE8);
        final long paidE8 = order.isBuy() ? quoteE8 : quantityE8;
        final long receivedE8 = order.isBuy() ? quantityE8 : quoteE8;
        final String paidAsset = order.isBuy() ? symbol.quote() : symbol.base();
        final String receivedAsset = order.isBuy() ? symbol.base() : symbol.quote();
        final long commissionE8 = order.account().fees().commissionE8(isMaker, receivedE8);
        if (order.lockedE8 > 0)
        {
            final long heldE8 = order.isBuy() ? E8.multiply(order.terms().priceE8(), quantityE8) : quantityE8;
            hold(order, quantityE8 == order.remainingE8() ? 0 : Math.max(0, order.lockedE8 - heldE8));
        }
        order.account().balance(paidAsset).add(-paidE8);
        order.account().balance(receivedAsset).add(receivedE8 - commissionE8);
        marketE8.merge(paidAsset, paidE8, Math::addExact);
        marketE8.merge(receivedAsset, -receivedE8, Math::addExact);
        houseE8.merge(receivedAsset, commissionE8, Math::addExact);
        touch(order);
        final Fill fill = new Fill(
            tradeId, order, priceE8, quantityE8, quoteE8, commissionE8, receivedAsset, nowUs(), isMaker);
        order.addFill(fill);
        order.account().add(fill);
        order.status = 0 == order.remainingE8() ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
        if (OrderStatus.FILLED == order.status)
        {
            hold(order, 0);
            order.account().close(order);
        }
        report(order, ExecutionType.TRADE, fill, order.clientOrderId, "", "NONE", null);
    }

    /** Ends an order that is not filled. */
    void end(final Order order, final OrderStatus status, final ExecutionType type, final String cancelId)
    {
        end(order, status, type, cancelId, null);
    }

    void end(
        final Order order,
        final OrderStatus status,
        final ExecutionType type,
        final String cancelId,
        final PreventedMatch prevented)
    {
        order.status = status;
        order.updatedUs = nowUs();
        hold(order, 0);
        touch(order);
        order.account().close(order);
        report(order, type, null, null == cancelId ? order.clientOrderId : cancelId,
            null == cancelId ? "" : order.clientOrderId, "NONE", prevented);
    }

    void report(final Order order, final ExecutionType type)
    {
        report(order, type, null, order.clientOrderId, "", "NONE", null);
    }

    void report(
        final Order order,
        final ExecutionType type,
        final Fill fill,
        final String clientOrderId,
        final String originalClientOrderId,
        final String rejectReason,
        final PreventedMatch prevented)
    {
        listener.onExecution(new Execution(order, type, nextExecutionId++, nowUs(), fill, clientOrderId,
            originalClientOrderId, rejectReason, prevented));
    }

    long lastExecutionId()
    {
        return nextExecutionId - 1;
    }

    void report(final OrderList list)
    {
        listener.onOrderList(list.orders().get(0).account(), list, nowUs());
    }

    private void touch(final Order order)
    {
        final MarketSymbol symbol = order.terms().symbol();
        final Set<Balance> assets = touched.computeIfAbsent(order.account(), account -> new LinkedHashSet<>());
        assets.add(order.account().balance(symbol.base()));
        assets.add(order.account().balance(symbol.quote()));
    }

    /** Tells of the balances that have changed since the last call. */
    void flush()
    {
        if (touched.isEmpty())
        {
            return;
        }
        final List<Map.Entry<Account, Set<Balance>>> entries = new ArrayList<>(touched.entrySet());
        touched.clear();
        for (final Map.Entry<Account, Set<Balance>> entry : entries)
        {
            entry.getKey().touched(nowUs());
            listener.onBalances(entry.getKey(), entry.getValue(), nowUs());
        }
    }

    /** What market and house have, and what was paid in, of an asset. */
    long[] counterparts(final String asset)
    {
        return new long[]{
            marketE8.getOrDefault(asset, 0L), houseE8.getOrDefault(asset, 0L), paidInE8.getOrDefault(asset, 0L)};
    }
}
