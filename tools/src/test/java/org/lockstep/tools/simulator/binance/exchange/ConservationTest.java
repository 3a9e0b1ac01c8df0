package org.lockstep.tools.simulator.binance.exchange;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;
import org.lockstep.tools.simulator.market.OrderFlow;
import org.lockstep.tools.simulator.market.SymbolCatalog;
import org.lockstep.tools.simulator.market.SyntheticMarket;
import org.lockstep.tools.simulator.market.TradeTape;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Random orders of several accounts in random markets: money is neither made nor lost, and the books add up. */
class ConservationTest
{
    private static final int STEPS = 6_000;
    private static final List<String> ASSETS = List.of("BTC", "ETH", "USDT");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldConserveEveryAsset(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final SyntheticMarket market =
            new SyntheticMarket(SymbolCatalog.named(List.of("BTCUSDT", "ETHUSDT")), 1_000, seed, 1_000_000_000_000L);
        final Reported reported = new Reported();
        final Exchange exchange = new Exchange(market.instruments(), market::nextTimeUs, seed, reported);
        final List<Account> accounts = List.of(new Account(1, new Fees(0, 0)),
            new Account(2, new Fees(75_000, 100_000)), new Account(3, new Fees(100_000, 120_000)));
        for (final Account account : accounts)
        {
            exchange.transfer(account, "USDT", 60_000 * E8.ONE);
            exchange.transfer(account, "BTC", E8.ONE);
            exchange.transfer(account, "ETH", 10 * E8.ONE);
        }

        for (int step = 0; step < STEPS; step++)
        {
            final OrderFlow acted = market.act();
            market.advance(1);
            exchange.onMarket(acted.symbol().name());
            act(exchange, accounts.get(random.nextInt(3)), market.instruments().get(random.nextInt(2)), random);
            if (0 == step % 16 || step == STEPS - 1)
            {
                check(exchange, accounts, "seed " + seed + ", step " + step);
            }
        }

        reported.check(accounts);
        assertTrue(
            accounts.stream().mapToInt(account -> account.fills("BTCUSDT").size()).sum() > 100, "hardly traded");
        assertTrue(accounts.stream().anyMatch(
            account -> account.lists().stream().anyMatch(OrderList::isDone)), "no list ended");
    }

    private static void act(
        final Exchange exchange, final Account account, final InstrumentView view, final SplittableRandom random)
    {
        final MarketSymbol symbol = view.symbol();
        final List<Order> open = account.openOrders(symbol.name());
        try
        {
            switch (random.nextInt(10))
            {
                case 0 -> exchange.placePair(account, pair(view, random), Arrays.asList(null, null), null);
                case 1, 2 ->
                {
                    if (!open.isEmpty())
                    {
                        exchange.cancel(account, symbol.name(), open.get(random.nextInt(open.size())).id(), null,
                            exchange.newId(), null);
                    }
                }
                case 3 ->
                {
                    if (!open.isEmpty())
                    {
                        final Order order = open.get(random.nextInt(open.size()));
                        final long lots = order.quantityE8() / symbol.stepE8();
                        exchange.amend(account, symbol.name(), order.id(), null, exchange.newId(),
                            symbol.stepE8() * (1 + random.nextLong(lots)));
                    }
                }
                case 4 ->
                {
                    if (open.size() > 30)
                    {
                        exchange.cancelAll(account, symbol.name(), exchange.newId());
                    }
                }
                default -> exchange.place(account, terms(view, random), null);
            }
        }
        catch (final Refusal refusal)
        {
            assertTrue(refusal.code() < 0);
        }
    }

    private static long last(final InstrumentView view)
    {
        final TradeTape trades = view.trades();
        return trades.priceE8(trades.nextId() - 1);
    }

    private static long near(final InstrumentView view, final SplittableRandom random, final double width)
    {
        final long ticks = last(view) / view.symbol().tickE8();
        return view.symbol().tickE8() * Math.round(ticks * (1 + width * (random.nextDouble() - 0.5)));
    }

    private static OrderTerms terms(final InstrumentView view, final SplittableRandom random)
    {
        final OrderType type = OrderType.values()[random.nextInt(OrderType.values().length)];
        final boolean isByQuote = OrderType.MARKET == type && random.nextBoolean();
        final long lots = Math.round(E8.ONE * (0.002 + 0.2 * random.nextDouble() * random.nextDouble()));
        return new OrderTerms(view.symbol(), random.nextBoolean() ? Side.BUY : Side.SELL, type,
            OrderType.LIMIT == type || type.isConditional() && !type.isMarket() ?
                TimeInForce.values()[random.nextInt(3)] : TimeInForce.GTC,
            type.isMarket() ? 0 : near(view, random, 0.001),
            isByQuote ? 0 : lots - lots % view.symbol().stepE8(),
            isByQuote ? 1 + random.nextLong(500 * E8.ONE) : 0,
            type.isConditional() ? near(view, random, 0.002) : 0,
            0, SelfTradePrevention.values()[random.nextInt(4)], null, null);
    }

    private static List<OrderTerms> pair(final InstrumentView view, final SplittableRandom random)
    {
        final boolean isBuy = random.nextBoolean();
        final Side side = isBuy ? Side.BUY : Side.SELL;
        final long tick = view.symbol().tickE8();
        final long away = last(view) / 4_000 / tick * tick;
        final long last = last(view) / tick * tick;
        final long quantity = 20 * view.symbol().stepE8() * (1 + random.nextInt(100));
        final boolean isLimit = random.nextBoolean();
        final OrderTerms maker = new OrderTerms(view.symbol(), side, OrderType.LIMIT_MAKER, TimeInForce.GTC,
            isBuy ? last - away : last + away, quantity, 0, 0, 0, SelfTradePrevention.EXPIRE_BOTH, null, null);
        final long stop = isBuy ? last + away : last - away;
        final OrderTerms loss = new OrderTerms(view.symbol(), side,
            isLimit ? OrderType.STOP_LOSS_LIMIT : OrderType.STOP_LOSS, TimeInForce.GTC,
            isLimit ? isBuy ? stop + away : stop - away : 0, quantity, 0, stop, 0, SelfTradePrevention.NONE, null,
            null);
        return isBuy ? List.of(loss, maker) : List.of(maker, loss);
    }

    private static void check(final Exchange exchange, final List<Account> accounts, final String where)
    {
        for (final String asset : ASSETS)
        {
            long sum = 0;
            for (final Account account : accounts)
            {
                final Balance balance = account.balance(asset);
                assertTrue(balance.freeE8() >= 0 && balance.lockedE8() >= 0, where);
                sum += balance.freeE8() + balance.lockedE8();
            }
            final long[] others = exchange.counterparts(asset);
            assertEquals(others[2], sum + others[0] + others[1], where + ": " + asset + " is not conserved");
        }
        for (final Account account : accounts)
        {
            checkLocks(account, where);
        }
    }

    private static void checkLocks(final Account account, final String where)
    {
        final Map<String, Long> locked = new TreeMap<>();
        for (final String symbol : account.symbols())
        {
            for (final Order order : account.orders(symbol))
            {
                final MarketSymbol traded = order.terms().symbol();
                locked.merge(order.isBuy() ? traded.quote() : traded.base(), order.lockedE8(), Long::sum);
                long filled = 0;
                for (final Fill fill : order.fills())
                {
                    filled += fill.quantityE8();
                }
                assertEquals(filled, order.executedE8(), where);
                assertTrue(order.executedE8() <= order.quantityE8() || 0 == order.quantityE8(), where);
                assertEquals(order.status() == OrderStatus.FILLED, order.quantityE8() == filled && filled > 0, where);
                assertTrue(order.status().isOpen() || 0 == order.lockedE8(), where);
            }
        }
        for (final String asset : ASSETS)
        {
            assertEquals(
                locked.getOrDefault(asset, 0L), account.balance(asset).lockedE8(), where + ": lock of " + asset);
        }
    }

    /** Rebuilds quantities and balances from what is reported alone. */
    private static final class Reported implements ExchangeListener
    {
        private final Map<String, long[]> balances = new TreeMap<>();
        private final Map<String, Long> executed = new TreeMap<>();
        private long lastExecutionId;

        @Override
        public void onExecution(final Execution execution)
        {
            assertTrue(execution.id() > lastExecutionId);
            lastExecutionId = execution.id();
            if (null != execution.fill())
            {
                executed.merge(key(execution.order()), execution.fill().quantityE8(), Long::sum);
            }
        }

        private static String key(final Order order)
        {
            return order.account().uid() + order.terms().symbol().name() + order.id();
        }

        @Override
        public void onBalances(final Account account, final Collection<Balance> assets, final long timeUs)
        {
            assets.forEach(asset -> balances.put(account.uid() + asset.asset(),
                new long[]{asset.freeE8(), asset.lockedE8()}));
        }

        @Override
        public void onOrderList(final Account account, final OrderList list, final long timeUs)
        {
            assertEquals(list.isDone(), list.orders().stream().noneMatch(order -> order.status().isOpen()));
        }

        @Override
        public void onTransfer(final Account account, final String asset, final long deltaE8, final long timeUs)
        {
            assertTrue(deltaE8 > 0);
        }

        void check(final List<Account> accounts)
        {
            for (final Account account : accounts)
            {
                for (final Balance balance : account.balances())
                {
                    final long[] told = balances.get(account.uid() + balance.asset());
                    assertEquals(balance.freeE8(), told[0], "told of " + balance.asset());
                    assertEquals(balance.lockedE8(), told[1], "told of " + balance.asset());
                }
                account.symbols().forEach(symbol -> account.orders(symbol).forEach(order ->
                    assertEquals(order.executedE8(), executed.getOrDefault(key(order), 0L))));
            }
        }
    }
}
