package org.lockstep.engine.order;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.order.ClientOrderIds.NULL_ORDER_ID;

class ClientOrderIdsTest
{
    @Property(tries = 500)
    void shouldGiveBackPartsAndText(
        @ForAll @LongRange(min = 1, max = ClientOrderIds.MAX_EPOCH) final long epoch,
        @ForAll @IntRange(min = 0, max = ClientOrderIds.MAX_BOT_ID) final int botId,
        @ForAll @LongRange(min = 1, max = ClientOrderIds.MAX_COUNTER) final long counter)
    {
        final long id = ClientOrderIds.encode(epoch, botId, counter);

        assertTrue(id > 0);
        assertEquals(epoch, ClientOrderIds.epoch(id));
        assertEquals(botId, ClientOrderIds.botId(id));
        assertEquals(counter, ClientOrderIds.counter(id));
        assertEquals(id, ClientOrderIds.fromText(ClientOrderIds.toText(id)));
        assertTrue(ClientOrderIds.toText(id).length() <= 26);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "ls-", "ls-1-1", "ls-1-1-1-1", "ls-1-1-x", "LS-1-1-1", "ls-1--1", "ls-01-1-1", "web_1",
        "ls-1-65536-1", "ls-9999999999-1-1", "ls-1-1-134217728", "ls-1-1-1 "})
    void shouldNotTakeForeignTextForOurs(final String text)
    {
        assertEquals(NULL_ORDER_ID, ClientOrderIds.fromText(text));
    }
}
