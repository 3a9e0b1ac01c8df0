package org.lockstep.engine.bar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.ThreadAllocation;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.state.StateHasher;

class BarsTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    private static final long DAY_NS = 24 * 60 * MINUTE_NS;
    private static final long MIDNIGHT_NS = 19_943 * DAY_NS;

    private final Bars bars = new Bars(7, 100);
    private final List<String> closed = new ArrayList<>();
    private final BarHandler handler = (instrumentId, bar) ->
        closed.add(instrumentId + " " + Intervals.code(bar.interval()) + " " +
            (bar.openTimeNs() - MIDNIGHT_NS) / SECOND_NS);

    @Test
    void shouldBuildABarFromItsTrades()
    {
        trade(1, 100, 5);
        trade(20, 110, 1);
        trade(30, 90, 2);
        trade(59, 95, 2);

        final Bar bar = bars.open(BarInterval.M1);
        assertEquals(MIDNIGHT_NS, bar.openTimeNs());
        assertEquals(MIDNIGHT_NS + MINUTE_NS, bar.closeTimeNs());
        assertEquals(100, bar.open());
        assertEquals(110, bar.high());
        assertEquals(90, bar.low());
        assertEquals(95, bar.close());
        assertEquals(10, bar.volume());
        assertEquals(4, bar.tradeCount());
        assertEquals(98, bar.vwap());
        assertEquals(98_000_000L, bar.turnover(instrument(2, 1)));
        assertTrue(closed.isEmpty());
    }

    @Test
    void shouldCloseABarWithTheFirstTradeAfterIt()
    {
        trade(1, 100, 5);
        trade(59, 101, 5);
        assertEquals(0, bars.closedCount(BarInterval.M1));

        trade(60, 200, 1);

        assertEquals(List.of("7 1m 0"), closed);
        assertEquals(1, bars.closedCount(BarInterval.M1));
        assertEquals(101, bars.closed(BarInterval.M1, 0).close());
        assertEquals(200, bars.open(BarInterval.M1).open());
        assertEquals(100, bars.open(BarInterval.M5).open());
    }

    @Test
    void shouldCloseTheShorterIntervalFirst()
    {
        trade(1, 100, 5);

        trade(24 * 3600, 200, 1);

        assertEquals(List.of("7 1m 0", "7 5m 0", "7 15m 0", "7 1h 0", "7 1d 0"), closed);
    }

    @Test
    void shouldCloseABarWhenTimePassesWithoutTrades()
    {
        trade(1, 100, 5);
        assertEquals(at(60) + Bars.GRACE_NS, bars.nextCloseNs());

        bars.advanceTo(bars.nextCloseNs() - 1, handler);
        assertTrue(closed.isEmpty());
        bars.advanceTo(bars.nextCloseNs(), handler);

        assertEquals(List.of("7 1m 0"), closed);
        assertNull(bars.open(BarInterval.M1));
        assertEquals(at(300) + Bars.GRACE_NS, bars.nextCloseNs());
    }

    @Test
    void shouldHaveNothingToCloseWithoutTrades()
    {
        assertEquals(Bars.NEVER, bars.nextCloseNs());

        bars.advanceTo(Long.MAX_VALUE - 1, handler);

        assertTrue(closed.isEmpty());
    }

    @Test
    void shouldSkipIntervalsWithoutTrades()
    {
        trade(1, 100, 5);
        trade(185, 200, 1);
        trade(240, 201, 1);

        assertEquals(List.of("7 1m 0", "7 1m 180"), closed);
        assertEquals(200, bars.closed(BarInterval.M1, 0).open());
        assertEquals(at(0), bars.closed(BarInterval.M1, 1).openTimeNs());
    }

    @Test
    void shouldLeaveOutATradeOfAClosedMinute()
    {
        trade(1, 100, 5);
        trade(61, 200, 1);
        final long before = bars.closed(BarInterval.M1, 0).volume();

        trade(59, 999, 1);
        trade(30, 1, 1);

        assertEquals(2, bars.lateTradeCount());
        assertEquals(before, bars.closed(BarInterval.M1, 0).volume());
        assertEquals(200, bars.open(BarInterval.M1).high());
        assertEquals(200, bars.open(BarInterval.M5).high());
        assertEquals(100, bars.open(BarInterval.M5).low());
    }

    @Test
    void shouldLeaveOutATradeOfASkippedMinute()
    {
        trade(1, 100, 5);
        trade(200, 200, 1);

        trade(100, 999, 1);

        assertEquals(1, bars.lateTradeCount());
        assertEquals(200, bars.open(BarInterval.M5).high());
    }

    @Test
    void shouldUseOurTimeWhenTheVenueGivesNone()
    {
        bars.onTrade(0, at(61), 100, 1, handler);

        assertEquals(at(60), bars.open(BarInterval.M1).openTimeNs());
    }

    @Test
    void shouldNotCloseARecordingServedYearsLater()
    {
        final long laterNs = 700 * DAY_NS;
        bars.onTrade(at(10), at(10) + laterNs, 100, 1, handler);

        bars.advanceTo(at(59) + laterNs, handler);
        assertTrue(closed.isEmpty());
        assertEquals(at(61) + laterNs, bars.nextCloseNs());
        bars.onTrade(at(59), at(59) + laterNs, 101, 1, handler);
        bars.advanceTo(at(61) + laterNs, handler);

        assertEquals(List.of("7 1m 0"), closed);
        assertEquals(2, bars.closed(BarInterval.M1, 0).tradeCount());
    }

    @Test
    void shouldIgnoreATradeOfNothing()
    {
        trade(1, 100, 0);
        trade(1, 100, -1);

        assertNull(bars.open(BarInterval.M1));
    }

    @Test
    void shouldKeepOnlyTheLastBars()
    {
        for (int minute = 0; minute < 250; minute++)
        {
            trade(minute * 60, 1000 + minute, 1);
        }

        assertEquals(100, bars.closedCount(BarInterval.M1));
        for (int ago = 0; ago < 100; ago++)
        {
            assertEquals(1248 - ago, bars.closed(BarInterval.M1, ago).open());
        }
        assertThrows(IndexOutOfBoundsException.class, () -> bars.closed(BarInterval.M1, 100));
        assertEquals(49, bars.closedCount(BarInterval.M5));
        assertEquals(1249, bars.open(BarInterval.M1).open());
    }

    @Test
    void shouldHandOutTheKeptBar()
    {
        final List<Bar> seen = new ArrayList<>();
        bars.onTrade(at(1), at(1), 100, 1, (instrumentId, bar) -> seen.add(bar));
        bars.onTrade(at(61), at(61), 100, 1, (instrumentId, bar) -> seen.add(bar));

        assertSame(seen.get(0), bars.closed(BarInterval.M1, 0));
    }

    @Test
    void shouldNotOverflowTurnover()
    {
        final long price = Long.MAX_VALUE / 2;
        trade(1, price, Long.MAX_VALUE / 4);
        trade(2, price, Long.MAX_VALUE / 4);

        assertEquals(price, bars.open(BarInterval.D1).vwap());
        assertEquals(Long.MAX_VALUE, bars.open(BarInterval.D1).turnover(instrument(0, 0)));
        trade(3, price, Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, bars.open(BarInterval.D1).volume());
    }

    @Test
    void shouldDescribeWhatItSaw()
    {
        final Bars same = new Bars(7, 2);
        final Bars other = new Bars(7, 100);
        for (int second = 0; second < 600; second += 7)
        {
            trade(second, 100 + second, 1);
            same.onTrade(at(second), at(second), 100 + second, 1, handler);
            other.onTrade(at(second), at(second), 7 == second ? 0 : 100 + second, 1, handler);
        }

        assertEquals(hash(bars), hash(same));
        assertNotEquals(hash(bars), hash(other));
    }

    @Test
    void shouldNameIntervals()
    {
        for (int i = 0; i < Intervals.COUNT; i++)
        {
            final BarInterval interval = Intervals.at(i);
            assertEquals(i, Intervals.index(interval));
            assertEquals(interval, Intervals.byCode(Intervals.code(interval)));
        }
        assertEquals(DAY_NS, Intervals.lengthNs(BarInterval.D1));
        assertNull(Intervals.byCode("3m"));
        assertThrows(IllegalArgumentException.class, () -> Intervals.index(BarInterval.NULL_VAL));
    }

    @Test
    void shouldAllocateNothingOnceWarm()
    {
        final BarHandler silent = (instrumentId, bar) -> { };
        final Bars small = new Bars(0, 30);
        final long[] timeNs = {MIDNIGHT_NS};

        ThreadAllocation.assertNothingAllocated(200_000, () ->
        {
            timeNs[0] += 17 * SECOND_NS;
            small.onTrade(timeNs[0], timeNs[0], timeNs[0] % 1_000, 5, silent);
            small.advanceTo(timeNs[0] + SECOND_NS, silent);
        });
    }

    @Test
    void shouldGoOnAfterATradeOfTheFarFuture()
    {
        trade(1, 100, 5);

        bars.onTrade(at(10_000_000), at(2), 777, 1, handler);
        trade(61, 200, 1);
        trade(121, 300, 1);

        assertEquals(1, bars.jumpedTradeCount());
        assertEquals(0, bars.lateTradeCount());
        assertEquals(List.of("7 1m 0", "7 1m 60"), closed);
        assertEquals(777, bars.closed(BarInterval.M1, 1).close());
    }

    @Test
    void shouldGoOnAfterATradeOfTheFarPast()
    {
        trade(1, 100, 5);

        bars.onTrade(at(-1_000_000), at(2), 777, 1, handler);

        assertEquals(1, bars.jumpedTradeCount());
        assertEquals(2, bars.open(BarInterval.M1).tradeCount());
    }

    @Test
    void shouldTakeAConstantDifferenceForWhatItIs()
    {
        final long monthNs = 30 * DAY_NS;
        bars.onTrade(at(1), at(1) + monthNs, 100, 1, handler);
        bars.onTrade(at(10_000_000), at(2) + monthNs, 777, 1, handler);
        bars.onTrade(at(59), at(59) + monthNs, 101, 1, handler);
        bars.onTrade(at(61), at(61) + monthNs, 102, 1, handler);

        assertEquals(1, bars.jumpedTradeCount());
        assertEquals(List.of("7 1m 0"), closed);
        assertEquals(3, bars.closed(BarInterval.M1, 0).tradeCount());
    }

    @Test
    void shouldBelieveAJumpThatStays()
    {
        bars.onTrade(at(10_000_000), at(0), 777, 1, handler);
        for (int i = 1; i <= Bars.REANCHOR_COUNT; i++)
        {
            bars.onTrade(at(i), at(i), 100, 1, handler);
        }
        bars.onTrade(at(61), at(61), 200, 1, handler);

        assertEquals(Bars.REANCHOR_COUNT - 1, bars.jumpedTradeCount());
        assertEquals("7 1m 0", closed.get(closed.size() - 1));
        assertEquals(0, bars.lateTradeCount());
        assertEquals(at(60), bars.open(BarInterval.M1).openTimeNs());
    }

    // -------------------------------------------------------------------------------------------- bars of the past

    @Test
    void shouldCloseABarOfThePastAtOnceWithThoseThatEndWithIt()
    {
        past(BarInterval.M1, 0, 100, 5);
        assertEquals(List.of("7 1m 0"), closed);
        assertEquals(at(300) + Bars.GRACE_NS, bars.nextCloseNs());

        past(BarInterval.M1, 240, 101, 5);

        assertEquals(List.of("7 1m 0", "7 1m 240", "7 5m 0"), closed);
        assertEquals(10, bars.closed(BarInterval.M5, 0).volume());
    }

    @Test
    void shouldValueABarOfThePastAtTheMeanOfItsPrices()
    {
        assertTrue(bars.makeWay(at(0), handler));
        bars.onHistoricalBar(0, at(0), at(60), 100, 110, 90, 103, 10, 0, handler);

        assertEquals(100, bars.closed(BarInterval.M1, 0).vwap());
        assertEquals(100_000_000L, bars.closed(BarInterval.M1, 0).turnover(instrument(2, 1)));
        assertEquals(0, bars.closed(BarInterval.M1, 0).tradeCount());
    }

    @Test
    void shouldValueABarOfThePastWithoutVolumeAtItsClose()
    {
        past(BarInterval.M1, 0, 100, 0);

        assertEquals(100, bars.closed(BarInterval.M1, 0).vwap());
        assertEquals(0, bars.closed(BarInterval.M1, 0).volume());
    }

    @Test
    void shouldCloseWhatEndedBeforeABarOfThePastBegins()
    {
        past(BarInterval.M1, 60, 100, 5);

        past(BarInterval.M1, 420, 100, 5);

        assertEquals(List.of("7 1m 60", "7 5m 0", "7 1m 420"), closed);
    }

    @Test
    void shouldMakeNoWayForABarOfThePastWhereOneClosed()
    {
        past(BarInterval.M5, 300, 100, 5);

        assertFalse(bars.makeWay(at(0), handler));
        assertFalse(bars.makeWay(at(540), handler));
        assertTrue(bars.makeWay(at(600), handler));
    }

    @Test
    void shouldGoOnWithTradesAfterBarsOfThePast()
    {
        past(BarInterval.M1, 0, 100, 5);
        trade(70, 101, 5);
        assertFalse(bars.makeWay(at(60), handler));
        trade(30, 102, 5);

        trade(300, 103, 5);

        assertEquals(List.of("7 1m 0", "7 1m 60", "7 5m 0"), closed);
        assertEquals(10, bars.closed(BarInterval.M5, 0).volume());
        assertEquals(1, bars.lateTradeCount());
    }

    @Test
    void shouldTellOneBarOfThePastFromAnother()
    {
        final StateHasher hasher = new StateHasher();
        past(BarInterval.M1, 0, 100, 5);
        past(BarInterval.M1, 60, 100, 5);
        bars.describe(hasher);
        final Bars others = new Bars(7, 100);
        others.onHistoricalBar(0, at(0), at(60), 100, 100, 100, 100, 6, 0, handler);
        others.onHistoricalBar(0, at(60), at(120), 100, 100, 100, 100, 4, 0, handler);
        final StateHasher other = new StateHasher();
        others.describe(other);

        assertNotEquals(hasher.value(), other.value());
    }

    private void past(final BarInterval interval, final int second, final long price, final long volume)
    {
        final int index = Intervals.index(interval);
        assertTrue(bars.isAligned(index, at(second)));
        assertTrue(bars.makeWay(at(second), handler));
        bars.onHistoricalBar(index, at(second), at(second) + Intervals.lengthNs(interval), price, price, price, price,
            volume, 0, handler);
    }

    private void trade(final long second, final long price, final long quantity)
    {
        bars.onTrade(at(second), at(second), price, quantity, handler);
    }

    private static long at(final long second)
    {
        return MIDNIGHT_NS + second * SECOND_NS;
    }

    private static long hash(final Bars bars)
    {
        final StateHasher hasher = new StateHasher();
        bars.describe(hasher);
        return hasher.value();
    }

    private static Instrument instrument(final int priceScale, final int quantityScale)
    {
        return new Instrument(7, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", priceScale, quantityScale, 1, 1, 0,
            Long.MAX_VALUE, 0, InstrumentStatus.TRADING);
    }
}
