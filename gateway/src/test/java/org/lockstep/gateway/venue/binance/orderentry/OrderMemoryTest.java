package org.lockstep.gateway.venue.binance.orderentry;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OrderMemoryTest
{
    private static final int BOUND = 1 << 16;

    private final OrderMemory memory = new OrderMemory();

    @Test
    void shouldForgetOldestReplacesInDoubtWhenThereAreTooMany()
    {
        int most = 0;
        for (int orderId = 1; orderId <= 3 * BOUND; orderId++)
        {
            memory.onReplaceOpen(orderId, 1 + orderId % 7);
            most = Math.max(most, memory.openReplaceCount());
        }

        assertTrue(most <= BOUND, () -> "at most " + BOUND + " allowed");
        for (int orderId = 5 * BOUND / 2 + 1; orderId <= 3 * BOUND; orderId++)
        {
            assertEquals(1 + orderId % 7, memory.openReplace(orderId));
        }
        assertEquals(0, memory.openReplace(1));
    }

    @Test
    void shouldRememberLatestGenerationWhenReplaceIsInDoubtAgain()
    {
        memory.onReplaceOpen(1, 3);
        for (int orderId = 2; orderId <= BOUND / 2 + 1; orderId++)
        {
            memory.onReplaceOpen(orderId, 1);
        }

        memory.onReplaceOpen(1, 2);

        assertEquals(2, memory.openReplace(1));
        assertEquals(BOUND / 2 + 1, memory.openReplaceCount());
    }

    @Test
    void shouldEndDoubtWhenGenerationIsInForce()
    {
        memory.onReplaceOpen(1, 3);
        memory.onReplaceOpen(2, 4);
        for (int orderId = 3; orderId <= BOUND / 2 + 1; orderId++)
        {
            memory.onReplaceOpen(orderId, 1);
        }

        memory.onInForce(1);
        memory.onReplaced(2, 4, 0);

        assertEquals(0, memory.openReplace(1));
        assertEquals(0, memory.openReplace(2));
        assertEquals(4, memory.generation(2));
        assertEquals(1, memory.openReplace(3));
    }
}
