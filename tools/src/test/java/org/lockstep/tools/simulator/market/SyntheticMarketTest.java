package org.lockstep.tools.simulator.market;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SyntheticMarketTest
{
    private static final long START_US = 1_700_000_000_000_000L;

    /** Runs a market for some seconds of its own time and returns a digest of the trades of its first instrument. */
    private static long run(final SyntheticMarket market, final int seconds)
    {
        final OrderFlow first = market.instruments().get(0);
        long digest = 1;
        long seen = first.trades().nextId();
        while (market.nextTimeUs() < START_US + seconds * 1_000_000L)
        {
            final OrderFlow acted = market.act();
            assertTrue(acted.bestPriceE8(true) > 0 && acted.bestPriceE8(true) < acted.bestPriceE8(false),
                acted.symbol() + " is crossed or empty");
            for (; seen < first.trades().nextId(); seen++)
            {
                digest = 31 * digest + first.trades().priceE8(seen);
                digest = 31 * digest + first.trades().quantityE8(seen);
                digest = 31 * digest + first.trades().timeUs(seen);
            }
            market.advance(1);
        }
        return digest;
    }

    @Test
    void shouldRepeatItselfWhenSeedIsTheSame()
    {
        final List<MarketSymbol> symbols = SymbolCatalog.first(5);

        final long digest = run(new SyntheticMarket(symbols, 2_000, 3, START_US), 20);

        assertEquals(digest, run(new SyntheticMarket(symbols, 2_000, 3, START_US), 20));
        assertNotEquals(digest, run(new SyntheticMarket(symbols, 2_000, 4, START_US), 20));
    }

    @Test
    void shouldGoOnTradingOnBothSidesAndMoveEnoughForBots()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            final SyntheticMarket market = new SyntheticMarket(SymbolCatalog.first(3), 1_000, seed, START_US);
            final OrderFlow first = market.instruments().get(0);
            final long tradesBefore = first.trades().nextId();
            final long startE8 = first.bestPriceE8(true);
            long lowest = startE8;
            long highest = startE8;
            final Set<Boolean> sidesLately = new HashSet<>();
            for (int second = 1; second <= 60; second++)
            {
                run(market, second);
                lowest = Math.min(lowest, first.bestPriceE8(true));
                highest = Math.max(highest, first.bestPriceE8(true));
            }
            for (long id = first.trades().nextId() - 500; id < first.trades().nextId(); id++)
            {
                sidesLately.add(first.trades().buyerIsMaker(id));
            }

            assertTrue(first.trades().nextId() - tradesBefore > 2_000, "seed " + seed);
            assertTrue(first.trades().timeUs(first.trades().nextId() - 500) > START_US + 30_000_000L, "seed " + seed);
            assertEquals(2, sidesLately.size(), "seed " + seed);
            final double range = (highest - lowest) / (double)startE8;
            assertTrue(range > 0.0010 && range < 0.03, "seed " + seed + ": range " + range);
        }
    }

    @Test
    void shouldOfferManyDifferentPlausibleSymbols()
    {
        final List<MarketSymbol> symbols = SymbolCatalog.first(400);
        final Set<String> names = new HashSet<>();
        for (final MarketSymbol symbol : symbols)
        {
            names.add(symbol.name());
            assertEquals(0, symbol.priceE8() % symbol.tickE8(), symbol.toString());
            assertEquals(0, symbol.tickE8() * symbol.stepE8() % E8.ONE, symbol.toString());
            assertTrue(symbol.priceE8() >= 100 * symbol.tickE8(), symbol.toString());
        }

        assertEquals(400, names.size());
        assertTrue(run(new SyntheticMarket(symbols, 5_000, 1, START_US), 2) != 0);
    }
}
