package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.Candles;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;
import org.lockstep.tools.simulator.market.TradeTape;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A visible market that does what a test says: BTCUSDT, ticks of 0.01, steps of 0.001, last price 100. */
final class ManualMarket implements InstrumentView
{
    static final MarketSymbol BTC_USDT =
        new MarketSymbol("BTCUSDT", "BTC", "USDT", E8.ONE / 100, E8.ONE / 1_000, 100 * E8.ONE, 1);

    private final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Long> asks = new TreeMap<>();
    private final TradeTape trades = new TradeTape(1_024, 1);
    private long updateId = 1;
    private long nextTradeId = 1;

    ManualMarket()
    {
        trade("100", "1", false);
    }

    ManualMarket bid(final String price, final String quantity)
    {
        return level(bids, price, quantity);
    }

    ManualMarket ask(final String price, final String quantity)
    {
        return level(asks, price, quantity);
    }

    private ManualMarket level(final NavigableMap<Long, Long> side, final String price, final String quantity)
    {
        updateId++;
        if (0 == E8.parse(quantity))
        {
            side.remove(E8.parse(price));
        }
        else
        {
            side.put(E8.parse(price), E8.parse(quantity));
        }
        return this;
    }

    ManualMarket trade(final String price, final String quantity, final boolean buyerIsMaker)
    {
        trades.add(nextTradeId, E8.parse(price), E8.parse(quantity), nextTradeId, buyerIsMaker);
        nextTradeId++;
        return this;
    }

    @Override
    public MarketSymbol symbol()
    {
        return BTC_USDT;
    }

    @Override
    public long lastUpdateId()
    {
        return updateId;
    }

    @Override
    public void forEachLevel(final boolean buy, final int limit, final LevelConsumer consumer)
    {
        int left = limit;
        for (final Map.Entry<Long, Long> level : (buy ? bids : asks).entrySet())
        {
            if (left-- <= 0)
            {
                return;
            }
            consumer.onLevel(level.getKey(), level.getValue());
        }
    }

    @Override
    public long visibleE8(final boolean buy, final long priceE8)
    {
        return (buy ? bids : asks).getOrDefault(priceE8, 0L);
    }

    @Override
    public TradeTape trades()
    {
        return trades;
    }

    @Override
    public Candles candles()
    {
        return new Candles();
    }
}
