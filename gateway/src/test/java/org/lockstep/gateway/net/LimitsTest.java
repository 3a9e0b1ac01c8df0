package org.lockstep.gateway.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class LimitsTest
{
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldDoubleTheIntervalUpToItsCeilingAndDrawFromItsUpperHalf()
    {
        final Backoff low = new Backoff(100, 1500, () -> 0.0);
        final Backoff high = new Backoff(100, 1500, () -> 0.999_999);

        final long[] lows = {50, 100, 200, 400, 750, 750, 750};
        final long[] highs = {99, 199, 399, 799, 1499, 1499, 1499};
        for (int i = 0; i < lows.length; i++)
        {
            assertEquals(lows[i], low.nextDelayNs());
            assertEquals(highs[i], high.nextDelayNs());
        }
    }

    @Test
    void shouldBackOffForEverAndStartOverWhenReset()
    {
        final Backoff backoff = new Backoff(1, Long.MAX_VALUE, () -> 0.5);
        for (int i = 0; i < 1000; i++)
        {
            assertTrue(backoff.nextDelayNs() >= 0);
        }

        backoff.reset();

        assertEquals(0, backoff.attempts());
        assertTrue(backoff.nextDelayNs() <= 1);
        assertThrows(IllegalArgumentException.class, () -> new Backoff(2, 1, () -> 0));
    }

    @Test
    void shouldNeverLetMoreThanCapacityAndRateThroughInAnySecond()
    {
        final TokenBucket bucket = new TokenBucket(2, 3, 0);
        final long[] taken = new long[100];
        int count = 0;
        for (long nowNs = 0; count < taken.length; nowNs += SECOND / 97)
        {
            if (bucket.tryAcquire(nowNs))
            {
                taken[count++] = nowNs;
            }
        }

        for (int i = 5; i < taken.length; i++)
        {
            assertTrue(taken[i] - taken[i - 5] >= SECOND, "six within a second at " + i);
        }
        assertTrue(taken[99] < 40 * SECOND, "and the rate is used");
    }

    @Test
    void shouldHoldAttemptsToTheirWindow()
    {
        final AttemptBudget budget = new AttemptBudget(3, 10 * SECOND);

        assertEquals(0, budget.tryAcquire(0));
        assertEquals(0, budget.tryAcquire(SECOND));
        assertEquals(0, budget.tryAcquire(2 * SECOND));
        assertEquals(7 * SECOND, budget.tryAcquire(3 * SECOND));
        assertEquals(0, budget.tryAcquire(10 * SECOND));
        assertEquals(SECOND, budget.tryAcquire(10 * SECOND));
    }

    @Test
    void shouldCountWeightPerWindowAndBelieveTheVenue()
    {
        final WeightBudget budget = new WeightBudget(100, 60 * SECOND);

        assertEquals(0, budget.tryAcquire(50, RequestPriority.ORDER, 0));
        assertEquals(0, budget.tryAcquire(50, RequestPriority.ORDER, 1));
        assertEquals(60 * SECOND - 2, budget.tryAcquire(1, RequestPriority.ORDER, 2));
        assertEquals(0, budget.tryAcquire(1, RequestPriority.ORDER, 60 * SECOND));
        budget.onReported(98, 61 * SECOND);
        assertEquals(58 * SECOND, budget.tryAcquire(5, RequestPriority.ORDER, 62 * SECOND));
        assertEquals(0, budget.tryAcquire(5, RequestPriority.ORDER, 120 * SECOND));
        budget.closeUntil(220 * SECOND);
        assertEquals(20 * SECOND, budget.tryAcquire(0, RequestPriority.ORDER, 200 * SECOND));
        assertEquals(0, budget.tryAcquire(1, RequestPriority.ORDER, 221 * SECOND));
    }

    @Test
    void shouldGiveNoMoreThanItHasWhenManyThreadsAsk() throws InterruptedException
    {
        final WeightBudget budget = new WeightBudget(1000, 60 * SECOND);
        final AtomicInteger taken = new AtomicInteger();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++)
        {
            threads.add(new Thread(() ->
            {
                for (int j = 0; j < 1000; j++)
                {
                    taken.addAndGet(0 == budget.tryAcquire(1, RequestPriority.ORDER, 60 * SECOND + j) ? 1 : 0);
                }
            }));
        }

        threads.forEach(Thread::start);
        for (final Thread thread : threads)
        {
            thread.join();
        }

        assertEquals(1000, taken.get());
        assertEquals(1000, budget.used(60 * SECOND));
    }

    @Test
    void shouldKeepRoomForTheUrgentAndCountNothingTwiceWhenAClockReadingIsOlder()
    {
        final WeightBudget budget = new WeightBudget(100, 60 * SECOND);

        assertEquals(0, budget.tryAcquire(70, RequestPriority.POLL, 60 * SECOND));
        assertTrue(budget.tryAcquire(1, RequestPriority.POLL, 60 * SECOND) > 0);
        assertEquals(0, budget.tryAcquire(10, RequestPriority.COLD, 60 * SECOND));
        assertTrue(budget.tryAcquire(1, RequestPriority.COLD, 60 * SECOND) > 0);
        assertEquals(0, budget.tryAcquire(10, RequestPriority.SNAPSHOT, 60 * SECOND));
        assertTrue(budget.tryAcquire(1, RequestPriority.SNAPSHOT, 60 * SECOND - 1) > 0);
        assertEquals(0, budget.tryAcquire(10, RequestPriority.ORDER, 60 * SECOND));
        assertTrue(budget.tryAcquire(1, RequestPriority.ORDER, 60 * SECOND) > 0);
        assertEquals(0, budget.tryAcquire(0, RequestPriority.ORDER, 60 * SECOND));
        assertEquals(100, budget.used(61 * SECOND));
    }

}
