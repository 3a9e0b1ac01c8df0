package org.lockstep.engine.order;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.order.ClientOrderIds.NULL_ORDER_ID;

class ClientOrderIdsTest
{
    @Property(tries = 500)
    void shouldGiveBackParts(
        @ForAll @LongRange(min = 1, max = ClientOrderIds.MAX_EPOCH) final long epoch,
        @ForAll @IntRange(min = 0, max = ClientOrderIds.MAX_BOT_ID) final int botId,
        @ForAll @LongRange(min = 1, max = ClientOrderIds.MAX_COUNTER) final long counter)
    {
        final long id = ClientOrderIds.encode(epoch, botId, counter);

        assertTrue(id > 0);
        assertEquals(epoch, ClientOrderIds.epoch(id));
        assertEquals(botId, ClientOrderIds.botId(id));
        assertEquals(counter, ClientOrderIds.counter(id));
    }

    @Test
    void shouldRefusePartsOutOfRange()
    {
        assertEquals(NULL_ORDER_ID, ClientOrderIds.encode(0, 1, 1));
        assertEquals(NULL_ORDER_ID, ClientOrderIds.encode(1 << 20, 1, 1));
        assertEquals(NULL_ORDER_ID, ClientOrderIds.encode(1, 1 << 16, 1));
        assertEquals(NULL_ORDER_ID, ClientOrderIds.encode(1, 1, 1 << 27));
        assertEquals(NULL_ORDER_ID, ClientOrderIds.encode(1, 1, 0));
    }
}
