package org.lockstep.tools.simulator.binance.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes down what an exchange reports, a line for each. */
final class RecordedReports implements ExchangeListener
{
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onExecution(final Execution execution)
    {
        final Order order = execution.order();
        final Fill fill = execution.fill();
        lines.add(order.clientOrderId() + ' ' + execution.type() + ' ' + order.status() +
            (null == fill ? "" : ' ' + decimal(fill.quantityE8()) + '@' + decimal(fill.priceE8())) +
            (null == order.expiryReason() ? "" : ' ' + order.expiryReason()));
    }

    private static String decimal(final long valueE8)
    {
        return BigDecimal.valueOf(valueE8, 8).stripTrailingZeros().toPlainString();
    }

    @Override
    public void onBalances(final Account account, final Collection<Balance> assets, final long timeUs)
    {
        lines.add("balances " + account.uid());
    }

    @Override
    public void onOrderList(final Account account, final OrderList list, final long timeUs)
    {
        lines.add("list " + (list.isDone() ? "done" : "started"));
    }

    @Override
    public void onTransfer(final Account account, final String asset, final long deltaE8, final long timeUs)
    {
        // Funds of the start.
    }

    /** What was reported since the last call, without balances. */
    List<String> take()
    {
        final List<String> taken = new ArrayList<>(lines);
        taken.removeIf(line -> line.startsWith("balances"));
        lines.clear();
        return taken;
    }
}
