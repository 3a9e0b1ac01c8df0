package org.lockstep.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.Side;

/** Which executions of an account in an instrument were counted. */
class TradeMarksTest
{
    private final TradeMarks marks = new TradeMarks();

    @Test
    void shouldCountEachExecutionOnceInWhateverOrderTheyCome()
    {
        final Random random = new Random(7);
        final Set<Long> counted = new HashSet<>();
        long mark = -1;
        for (int i = 0; i < 20_000; i++)
        {
            final long tradeId = Math.max(0, mark) + random.nextInt(300);
            final boolean isNew = tradeId > mark && counted.add(tradeId);
            assertEquals(isNew, marks.apply(tradeId, Side.BUY), () -> "trade " + tradeId);
            if (0 == random.nextInt(100))
            {
                final long told = mark + random.nextInt(100) - 20;
                marks.reconciled(told);
                mark = Math.max(mark, told);
                assertEquals(mark, marks.mark());
            }
        }
    }

    @Test
    void shouldCountBothSidesOfATradeOfTheAccountWithItself()
    {
        assertTrue(marks.apply(5, Side.BUY));
        assertTrue(marks.apply(5, Side.SELL));
        assertFalse(marks.apply(5, Side.BUY));
        assertFalse(marks.apply(5, Side.SELL));
    }

    @Test
    void shouldCountNothingUpToWhatWasReconciledNorGoBack()
    {
        marks.reconciled(100);
        marks.reconciled(50);

        assertEquals(100, marks.mark());
        assertFalse(marks.apply(100, Side.BUY));
        assertTrue(marks.apply(101, Side.BUY));
    }

    @Test
    void shouldTakeAnExecutionBackOnceThatWasCountedAsSomebodyElses()
    {
        marks.foreign(5, Side.BUY);

        assertFalse(marks.takeForeign(5, Side.SELL));
        assertTrue(marks.takeForeign(5, Side.BUY));
        assertFalse(marks.takeForeign(5, Side.BUY));
    }
}
