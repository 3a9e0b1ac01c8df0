package org.lockstep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;

/** Bars of the past of several instruments that end at one time: a bot sees all of that time or none of it. */
class SimultaneousBarsTest
{
    private static final long MINUTE = 60 * SECOND;
    private static final long TO_MINUTE = 40 * SECOND;
    private static final long BTC = 6_000_000;
    private static final long ETH = 300_000;
    private static final long ETH_LATER = 310_000;
    private static final long VOLUME = 4_000_000;

    private EngineFixture engine;

    /** ETH moves as BTC does, in the same minute: who buys it because of BTC comes too late, in either order. */
    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "5000000, true", "5000000, false"})
    void shouldSellNothingAtThePriceBeforeToWhoHasSeenAnotherBar(final long latencyNs, final boolean isBtcFirst)
    {
        start(latencyNs);
        minute(isBtcFirst, BTC, BTC, ETH, ETH);
        engine.probe().onBar = context -> context.submitMarket(ETH_USDT.id(), Side.BUY, 10_000);

        minute(isBtcFirst, BTC, BTC + 10_000, ETH, ETH_LATER);
        engine.probe().onBar = null;
        engine.after(SECOND).after(SECOND);

        assertEquals(ETH_LATER, engine.lastFill().price());
        assertEquals(20_000, engine.position(ETH_USDT).quantity());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSellNothingAtThePriceBeforeToWhoHasHeardOfAnExecutionOnTheWay(final boolean isBtcFirst)
    {
        start(0);
        engine.probe().onBar = context ->
        {
            engine.probe().onBar = null;
            return context.submitLimit(BTC_USDT.id(), Side.BUY, BTC - 500, 5_000);
        };
        minute(isBtcFirst, BTC, BTC, ETH, ETH);
        engine.probe().onFilled = context -> context.submitMarket(ETH_USDT.id(), Side.BUY, 10_000);

        minute(isBtcFirst, BTC, BTC - 1_000, ETH, ETH_LATER);
        engine.after(SECOND);

        assertEquals(5_000, engine.position(BTC_USDT).quantity());
        assertEquals(ETH_LATER, engine.lastFill().price());
    }

    @Test
    void shouldTellOfBarsInTheOrderInWhichTheyCameWhenTheLastHasCome()
    {
        start(0);
        final long openTimeNs = engine.timeNs();
        engine.pass(MINUTE);
        bar(ETH_USDT, openTimeNs, ETH, ETH_LATER, YesNo.YES);
        assertTrue(engine.probe().bars.isEmpty());
        assertEquals(engine.timeNs() + 1, engine.engine().nextDeadlineNs());

        bar(BTC_USDT, openTimeNs, BTC, BTC + 1_000, YesNo.NO);

        assertEquals(List.of(ETH_LATER, BTC + 1_000),
            engine.probe().bars.stream().map(bar -> bar.close()).toList());
        assertNotEquals(engine.timeNs() + 1, engine.engine().nextDeadlineNs());
    }

    @Test
    void shouldWaitNoLongerThanTheMomentLasts()
    {
        start(0);
        final long openTimeNs = engine.timeNs();
        engine.pass(MINUTE);
        bar(ETH_USDT, openTimeNs, ETH, ETH_LATER, YesNo.YES);

        engine.after(1);

        assertEquals(1, engine.probe().bars.size());
    }

    @Test
    void shouldWaitNoLongerWhenTheLastIsLeftOut()
    {
        start(0);
        final long openTimeNs = engine.timeNs();
        engine.pass(MINUTE);
        bar(ETH_USDT, openTimeNs, ETH, ETH_LATER, YesNo.YES);

        bar(BTC_USDT, openTimeNs, -1, BTC, YesNo.NO);

        assertEquals(1, engine.probe().bars.size());
    }

    @Test
    void shouldRepeatExactlyAndShowWhatIsHeld()
    {
        start(0);
        engine.probe().onBar = context -> context.submitMarket(ETH_USDT.id(), Side.BUY, 10_000);
        final List<Long> hashes = new ArrayList<>();
        final long openTimeNs = engine.timeNs();
        engine.pass(MINUTE);
        bar(ETH_USDT, openTimeNs, ETH, ETH_LATER, YesNo.YES);
        hashes.add(engine.engine().stateHash());
        bar(BTC_USDT, openTimeNs, BTC, BTC + 1_000, YesNo.NO);
        hashes.add(engine.engine().stateHash());

        final EngineFixture again = anEngine();
        again.probe().onBar = context -> context.submitMarket(ETH_USDT.id(), Side.BUY, 10_000);
        final List<Long> hashesAgain = new ArrayList<>();
        for (final byte[] input : engine.inputs())
        {
            again.replay(input);
            hashesAgain.add(again.engine().stateHash());
        }

        assertEquals(hashes, hashesAgain.subList(hashesAgain.size() - 2, hashesAgain.size()));
        assertFalse(engine.outputs().isEmpty());
        assertEquals(engine.count(OrderFilledDecoder.TEMPLATE_ID), again.count(OrderFilledDecoder.TEMPLATE_ID));
    }

    private void start(final long latencyNs)
    {
        engine = anEngine().start("latencyNs", Long.toString(latencyNs), "balance", "100000000",
                "limits.maxDataAgeNs", Long.toString(2 * MINUTE))
            .pass(TO_MINUTE + MINUTE).withProbe("limits.maxDataAgeNs", Long.toString(2 * MINUTE));
    }

    /** A minute of both; the first frame says that the other follows. */
    private void minute(
        final boolean isBtcFirst, final long btcOpen, final long btcClose, final long ethOpen, final long ethClose)
    {
        final long openTimeNs = engine.timeNs();
        engine.pass(MINUTE);
        if (isBtcFirst)
        {
            bar(BTC_USDT, openTimeNs, btcOpen, btcClose, YesNo.YES);
            bar(ETH_USDT, openTimeNs, ethOpen, ethClose, YesNo.NO);
        }
        else
        {
            bar(ETH_USDT, openTimeNs, ethOpen, ethClose, YesNo.YES);
            bar(BTC_USDT, openTimeNs, btcOpen, btcClose, YesNo.NO);
        }
    }

    private void bar(
        final Instrument instrument, final long openTimeNs, final long open, final long close, final YesNo hasMore)
    {
        engine.bar(instrument, BarInterval.M1, openTimeNs, open, Math.max(open, close), Math.min(open, close), close,
            VOLUME, hasMore);
    }
}
