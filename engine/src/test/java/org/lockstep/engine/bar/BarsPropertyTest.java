package org.lockstep.engine.bar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Decimals;

/** Random trades, pauses, late trades and passing of time, against bars computed plainly from all that was accepted. */
class BarsPropertyTest
{
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long START_NS = 19_943 * 24 * 60 * MINUTE_NS + 23 * 60 * MINUTE_NS;

    private record Closed(BarInterval interval, long openTimeNs, long open, long high, long low, long close,
        long volume, long vwap, long tradeCount)
    {
        static Closed of(final Bar bar)
        {
            return new Closed(bar.interval(), bar.openTimeNs(), bar.open(), bar.high(), bar.low(), bar.close(),
                bar.volume(), bar.vwap(), bar.tradeCount());
        }
    }

    private record Trade(long timeNs, long price, long quantity)
    {
    }

    @Property(tries = 300)
    void shouldEqualBarsComputedPlainly(@ForAll @LongRange(min = 1) final long seed)
    {
        final List<Closed> closed = new ArrayList<>();
        final List<Trade> accepted = new ArrayList<>();
        final long[] nowNs = {START_NS};
        final Bars bars = run(seed, nowNs, closed, accepted);
        nowNs[0] += 3 * 24 * 60 * MINUTE_NS;
        bars.advanceTo(nowNs[0], (instrumentId, bar) -> closed.add(Closed.of(bar)));

        for (int i = 0; i < Intervals.COUNT; i++)
        {
            final BarInterval interval = Intervals.at(i);
            final List<Closed> expected = plainBars(accepted, interval);
            final List<Closed> actual = closed.stream().filter(bar -> bar.interval() == interval).toList();
            for (int k = 0; k < Math.min(expected.size(), actual.size()); k++)
            {
                assertEquals(expected.get(k), actual.get(k), "seed " + seed);
            }
            assertEquals(expected.size(), actual.size(), "seed " + seed);
        }
        assertEquals(Bars.NEVER, bars.nextCloseNs());
    }

    @Property(tries = 300)
    void shouldShowAllTradesOfAnOpenBarAtAnyMoment(@ForAll @LongRange(min = 1) final long seed)
    {
        final List<Closed> closed = new ArrayList<>();
        final List<Trade> accepted = new ArrayList<>();
        final Bars bars = run(seed, new long[]{START_NS}, closed, accepted);

        for (int i = 0; i < Intervals.COUNT; i++)
        {
            final BarInterval interval = Intervals.at(i);
            final List<Closed> expected = plainBars(accepted, interval);
            final int closedCount = (int)closed.stream().filter(bar -> bar.interval() == interval).count();
            final Bar open = bars.open(interval);
            assertEquals(expected.size() - closedCount, null == open ? 0 : 1, "seed " + seed);
            if (null != open)
            {
                assertEquals(expected.get(closedCount), Closed.of(open), "seed " + seed);
            }
        }
    }

    @Property(tries = 300)
    void shouldSumMinutesToLongerBars(@ForAll @LongRange(min = 1) final long seed)
    {
        final List<Closed> closed = new ArrayList<>();
        final Bars bars = run(seed, new long[]{START_NS}, closed, new ArrayList<>());
        bars.advanceTo(Long.MAX_VALUE / 2, (instrumentId, bar) -> closed.add(Closed.of(bar)));
        final List<Closed> minutes = closed.stream().filter(bar -> bar.interval() == BarInterval.M1).toList();
        final List<Closed> fives = closed.stream().filter(bar -> bar.interval() == BarInterval.M5).toList();

        assertFalse(fives.isEmpty());
        long coveredCount = 0;
        for (final Closed five : fives)
        {
            final List<Closed> parts = minutes.stream().filter(minute -> minute.openTimeNs() >= five.openTimeNs() &&
                minute.openTimeNs() < five.openTimeNs() + 5 * MINUTE_NS).toList();
            coveredCount += parts.size();
            assertEquals(parts.get(0).open(), five.open());
            assertEquals(parts.get(parts.size() - 1).close(), five.close());
            assertEquals(parts.stream().mapToLong(Closed::high).max().getAsLong(), five.high());
            assertEquals(parts.stream().mapToLong(Closed::low).min().getAsLong(), five.low());
            assertEquals(parts.stream().mapToLong(Closed::volume).sum(), five.volume());
            assertEquals(parts.stream().mapToLong(Closed::tradeCount).sum(), five.tradeCount());
        }
        assertEquals(minutes.size(), coveredCount);
    }

    /** Minutes as they are, or as four trades each: the same bars, whatever minutes are missing. */
    @Property(tries = 300)
    void shouldMakeTheSameBarsOfMinutesAndOfTheirTrades(@ForAll @LongRange(min = 1) final long seed)
    {
        final List<Closed> ofMinutes = new ArrayList<>();
        final List<Closed> ofTrades = new ArrayList<>();
        final BarHandler minuteHandler = (instrumentId, bar) -> ofMinutes.add(withoutMean(bar));
        final BarHandler tradeHandler = (instrumentId, bar) -> ofTrades.add(withoutMean(bar));
        final SplittableRandom random = new SplittableRandom(seed);
        final Bars minutes = new Bars(0, 64);
        final Bars trades = new Bars(0, 64);
        long openNs = START_NS;
        for (int i = 0; i < 400; i++)
        {
            openNs += MINUTE_NS * (random.nextInt(10) == 0 ? random.nextLong(1, 200) : 1);
            final long endNs = openNs + MINUTE_NS;
            final long low = random.nextLong(1, 1_000);
            final long high = random.nextLong(low, 1_000);
            final long open = random.nextLong(low, high + 1);
            final long close = random.nextLong(low, high + 1);
            final long quarter = random.nextLong(1, 1_000);
            final long rest = random.nextLong(1, 1_000);
            assertTrue(minutes.isAligned(0, openNs) && minutes.makeWay(openNs, minuteHandler), "seed " + seed);
            minutes.onHistoricalBar(0, openNs, endNs, open, high, low, close, 3 * quarter + rest, 4, minuteHandler);
            assertFalse(minutes.makeWay(openNs, minuteHandler), "seed " + seed);
            trades.onTrade(openNs, openNs, open, quarter, tradeHandler);
            trades.onTrade(openNs + 1, openNs + 1, high, quarter, tradeHandler);
            trades.onTrade(openNs + 2, openNs + 2, low, quarter, tradeHandler);
            trades.onTrade(endNs - 1, endNs - 1, close, rest, tradeHandler);
        }
        minutes.advanceTo(Long.MAX_VALUE / 2, minuteHandler);
        trades.advanceTo(Long.MAX_VALUE / 2, tradeHandler);

        assertEquals(ofTrades, ofMinutes, "seed " + seed);
    }

    private static Closed withoutMean(final Bar bar)
    {
        assertTrue(bar.low() <= bar.vwap() && bar.vwap() <= bar.high());
        return new Closed(bar.interval(), bar.openTimeNs(), bar.open(), bar.high(), bar.low(), bar.close(),
            bar.volume(), 0, bar.tradeCount());
    }

    /** What is handed out at any moment is a function of the trades so far: cutting off the future changes nothing. */
    @Property(tries = 200)
    void shouldNotLookAhead(@ForAll @LongRange(min = 1) final long seed)
    {
        final List<Closed> all = new ArrayList<>();
        final List<Long> closedAtNs = new ArrayList<>();
        final SplittableRandom random = new SplittableRandom(seed);
        final Bars bars = new Bars(0, 64);
        long nowNs = START_NS;
        for (int i = 0; i < 500; i++)
        {
            nowNs += random.nextLong(random.nextInt(20) == 0 ? 20 * MINUTE_NS : MINUTE_NS / 4);
            final long atNs = nowNs;
            bars.onTrade(nowNs, nowNs, random.nextLong(1, 1_000), 1, (instrumentId, bar) ->
            {
                all.add(Closed.of(bar));
                closedAtNs.add(atNs);
            });
        }

        for (int i = 0; i < all.size(); i++)
        {
            final Closed bar = all.get(i);
            assertTrue(bar.openTimeNs() + Intervals.lengthNs(bar.interval()) <= closedAtNs.get(i), "seed " + seed);
        }
    }

    private static Bars run(
        final long seed, final long[] nowNs, final List<Closed> closed, final List<Trade> accepted)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final BarHandler handler = (instrumentId, bar) -> closed.add(Closed.of(bar));
        final Bars bars = new Bars(0, 64);
        for (int i = 0; i < 400; i++)
        {
            nowNs[0] += random.nextLong(random.nextInt(20) == 0 ? 20 * MINUTE_NS : MINUTE_NS / 4);
            if (0 == random.nextInt(4))
            {
                bars.advanceTo(nowNs[0], handler);
            }
            final long lagNs = 0 == random.nextInt(5) ? random.nextLong(MINUTE_NS) : random.nextLong(1_000_000);
            final Trade trade =
                new Trade(nowNs[0] - lagNs, random.nextLong(1, 1L << 40), random.nextLong(1, 1L << 40));
            final long lateBefore = bars.lateTradeCount();
            bars.onTrade(trade.timeNs(), nowNs[0], trade.price(), trade.quantity(), handler);
            if (lateBefore == bars.lateTradeCount())
            {
                accepted.add(trade);
            }
        }
        return bars;
    }

    private static List<Closed> plainBars(final List<Trade> trades, final BarInterval interval)
    {
        final TreeMap<Long, List<Trade>> byOpenTime = new TreeMap<>();
        final long lengthNs = Intervals.lengthNs(interval);
        for (final Trade trade : trades)
        {
            byOpenTime.computeIfAbsent(trade.timeNs() / lengthNs * lengthNs, key -> new ArrayList<>()).add(trade);
        }
        return byOpenTime.entrySet().stream().map(entry ->
        {
            final List<Trade> parts = entry.getValue();
            final long volume = parts.stream().mapToLong(Trade::quantity).sum();
            final BigInteger turnover = parts.stream()
                .map(trade -> BigInteger.valueOf(trade.price()).multiply(BigInteger.valueOf(trade.quantity())))
                .reduce(BigInteger.ZERO, BigInteger::add);
            final long vwap = new BigDecimal(turnover).divide(
                BigDecimal.valueOf(volume), 0, RoundingMode.HALF_EVEN).longValueExact();
            assertFalse(Decimals.isError(vwap));
            return new Closed(interval, entry.getKey(), parts.get(0).price(),
                parts.stream().mapToLong(Trade::price).max().getAsLong(),
                parts.stream().mapToLong(Trade::price).min().getAsLong(),
                parts.get(parts.size() - 1).price(), volume, vwap, parts.size());
        }).toList();
    }
}
