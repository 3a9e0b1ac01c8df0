package org.lockstep.engine.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.anEngine;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.ThreadAllocation;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;

class AlgoAllocationTest
{
    @Test
    void shouldAllocateNothingWhileEmulatedOrdersAndProtectionWatchThePrice()
    {
        final EngineFixture engine = anEngine().start("balance", "10000000")
            .withProbe("protect.stopLossBps", "5000", "protect.takeProfitBps", "5000", "protect.timeStop", "7d")
            .quote(BTC_USDT, 6_000_000, 6_000_010);
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);
        engine.after(MS).after(MS);
        for (int i = 0; i < 20; i++)
        {
            final long away = 100_000 + i * 1_000L;
            engine.act(context -> context.submitAlgo(
                new AlgoOrder().stop(0, Side.SELL, 10, 6_000_000 - away)));
            engine.act(context -> context.submitAlgo(new AlgoOrder().trailingStop(0, Side.SELL, 10).trail(away)));
            engine.act(context -> context.submitAlgo(
                new AlgoOrder().oco(0, Side.SELL, 10, 6_000_000 + away, 6_000_000 - away)));
        }
        engine.after(MS).after(MS).withoutRecording();
        final long[] step = {0};

        ThreadAllocation.assertNothingAllocated(20_000, () ->
        {
            final long bid = 6_000_000 + step[0]++ % 7 * 100;
            engine.quote(BTC_USDT, bid, bid + 10);
        });

        assertEquals(60, engine.engine().algos().count());
    }
}
