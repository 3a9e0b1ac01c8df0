package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Balance;
import org.lockstep.tools.simulator.binance.exchange.Exchange;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is true of accounts, for those who check others against it. Not part of the venue. Stateless. */
public final class TruthReplies
{
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TruthReplies()
    {
    }

    /**
     * Everything about an account.
     *
     * @param exchange where it trades.
     * @param key      to it.
     * @return balances; orders of all symbols and states, in the shape of queries, with their fills; order lists.
     */
    public static ObjectNode account(final Exchange exchange, final ApiKey key)
    {
        final Account account = key.account();
        final ObjectNode node = JSON.objectNode()
            .put("key", key.name())
            .put("uid", account.uid())
            .put("time", exchange.nowUs() / 1_000)
            .put("updateTime", account.updatedUs() / 1_000);
        final ArrayNode balances = node.putArray("balances");
        account.balances().stream().sorted(Comparator.comparing(Balance::asset)).forEach(balance ->
            balances.addObject().put("asset", balance.asset()).put("free", Text.decimal(balance.freeE8()))
                .put("locked", Text.decimal(balance.lockedE8())));
        final ArrayNode orders = node.putArray("orders");
        for (final String symbol : account.symbols())
        {
            account.orders(symbol).forEach(order ->
            {
                final ObjectNode row = OrderReplies.queried(order, false);
                row.put("locked", Text.decimal(order.lockedE8()));
                final ArrayNode fills = row.putArray("fills");
                order.fills().forEach(fill -> fills.add(OrderReplies.trade(fill, false)));
                orders.add(row);
            });
        }
        final ArrayNode lists = node.putArray("orderLists");
        account.lists().forEach(list -> lists.add(OrderReplies.list(list, false, false)));
        return node;
    }

    /**
     * Where every asset is.
     *
     * @param exchange the exchange.
     * @param keys     to all accounts.
     * @return for each asset what was paid in, what accounts have, what market and house have.
     */
    public static ObjectNode totals(final Exchange exchange, final List<ApiKey> keys)
    {
        final Set<Account> accounts = new LinkedHashSet<>();
        final Set<String> assets = new TreeSet<>();
        for (final ApiKey key : keys)
        {
            accounts.add(key.account());
            key.account().balances().forEach(balance -> assets.add(balance.asset()));
        }
        final ObjectNode node = JSON.objectNode();
        final ArrayNode rows = node.putArray("assets");
        for (final String asset : assets)
        {
            long heldE8 = 0;
            for (final Account account : accounts)
            {
                heldE8 += account.balance(asset).freeE8() + account.balance(asset).lockedE8();
            }
            final long[] others = exchange.counterparts(asset);
            rows.addObject().put("asset", asset)
                .put("paidIn", Text.decimal(others[2]))
                .put("accounts", Text.decimal(heldE8))
                .put("market", Text.decimal(others[0]))
                .put("house", Text.decimal(others[1]));
        }
        return node;
    }
}
