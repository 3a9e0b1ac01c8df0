package org.lockstep.benchmarks.latency.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class WireRoundsTest
{
    private final WireRounds rounds = new WireRounds(2, true);

    @Test
    void shouldTrustWhatWasWholeAndSentAtItsPace()
    {
        rounds.add(run(10, true), run(20, true), 100);
        rounds.add(run(10, true), run(30, true), 100);

        assertNull(rounds.problem());
        assertEquals(2, rounds.counted());
        assertEquals(2, rounds.orders().getTotalCount());
    }

    @Test
    void shouldSayThatTheSlowestRoundsAreMissingWhenTheEngineRefusedOrders()
    {
        rounds.add(run(10, true), run(20, true), 100);
        rounds.add(run(10, true), run(9_000, false), 100);
        rounds.add(run(10, true), run(30, true), 100);

        assertTrue(rounds.isDone());
        assertEquals(2, rounds.counted());
        assertEquals(30, rounds.orders().getMaxValue());
        assertEquals("1 of 3 rounds are left out, in which orders were missing", rounds.problem());
    }

    @Test
    void shouldSayBothWhenTheSenderWasLateToo()
    {
        rounds.add(run(10, true), run(9_000, false), 100);
        rounds.add(run(10, true), run(9_000, false), 100);

        assertTrue(rounds.problem().startsWith("0 of 2 rounds were whole and sent at their pace"), rounds.problem());
        assertTrue(rounds.problem().endsWith("2 of 2 rounds are left out, in which orders were missing"));
        assertEquals(0, rounds.counted());
    }

    private static WireRun run(final long answerNs, final boolean isWhole)
    {
        final Histogram answers = new Histogram(60_000_000_000L, 3);
        answers.recordValue(answerNs);
        return new WireRun(
            answers, new Histogram(60_000_000_000L, 3), 1, 0, isWhole, isWhole ? null : "1 tick was marked", 0, 1_000);
    }
}
