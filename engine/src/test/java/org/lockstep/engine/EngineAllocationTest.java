package org.lockstep.engine;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BotState;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EngineAllocationTest
{
    private static final int FRAMES = 1_000_000;
    private static final int BARS = 20_000;

    @Test
    void shouldAllocateNothingPerMarketDataFrameWhileBotTrades()
    {
        final TradingLoad load = new TradingLoad();

        ThreadAllocation.assertNothingAllocated(FRAMES, load::next);

        assertEquals(BotState.RUNNING, load.state("maker"));
        assertTrue(load.fillCount("maker") > 1_000, "fills " + load.fillCount("maker"));
        assertTrue(load.fillCount("cross") > 100, "fills " + load.fillCount("cross"));
    }

    @Test
    void shouldAllocateNothingPerBarOfThePastWhileBotTrades()
    {
        final HistoricalBarLoad load = new HistoricalBarLoad(false, "500000");
        load.engine().withoutRecording();

        ThreadAllocation.assertNothingAllocated(BARS, load::next);

        assertEquals(BotState.RUNNING, load.state());
        assertTrue(load.fillCount() > 1_000, "fills " + load.fillCount());
    }
}
