package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Balance;
import org.lockstep.tools.simulator.binance.exchange.Execution;
import org.lockstep.tools.simulator.binance.exchange.ExchangeListener;
import org.lockstep.tools.simulator.binance.exchange.OrderList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Hands what happens to accounts to those who subscribed to it. Event loop only. */
final class UserStreams implements ExchangeListener
{
    private static final int TAKER_FILL_CREDIT = 1;
    private static final int MAKER_FILL_CREDIT = 5;

    private final Map<Account, List<Subscription>> subscriptions = new HashMap<>();
    private final RequestLimits limits;

    UserStreams(final RequestLimits limits)
    {
        this.limits = limits;
    }

    /** One account's events on one connection. */
    record Subscription(ApiConnection connection, int id, Account account, ApiKey key)
    {
    }

    void add(final Subscription subscription)
    {
        subscriptions.computeIfAbsent(subscription.account(), account -> new ArrayList<>()).add(subscription);
    }

    void remove(final Subscription subscription)
    {
        final List<Subscription> ofAccount = subscriptions.get(subscription.account());
        if (null != ofAccount)
        {
            ofAccount.remove(subscription);
        }
    }

    private void send(final Account account, final String execution, final Function<Boolean, ObjectNode> event)
    {
        for (final Subscription subscription : List.copyOf(subscriptions.getOrDefault(account, List.of())))
        {
            subscription.connection().event(
                subscription, event.apply(subscription.connection().isMicros()), execution);
        }
    }

    @Override
    public void onExecution(final Execution execution)
    {
        final Account account = execution.order().account();
        if (null != execution.fill() && 1 == execution.order().fills().size())
        {
            limits.orders(account).add(execution.fill().isMaker() ? -MAKER_FILL_CREDIT : -TAKER_FILL_CREDIT);
        }
        send(account, execution.type().name(), micros -> UserEvents.execution(execution, micros));
    }

    @Override
    public void onBalances(final Account account, final Collection<Balance> assets, final long timeUs)
    {
        send(account, "", micros -> UserEvents.balances(assets, timeUs, micros));
    }

    @Override
    public void onOrderList(final Account account, final OrderList list, final long timeUs)
    {
        send(account, "", micros -> UserEvents.list(list, timeUs, micros));
    }

    @Override
    public void onTransfer(final Account account, final String asset, final long deltaE8, final long timeUs)
    {
        send(account, "", micros -> UserEvents.transfer(asset, deltaE8, timeUs, micros));
    }
}
