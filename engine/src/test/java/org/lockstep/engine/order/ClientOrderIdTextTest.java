package org.lockstep.engine.order;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.order.ClientOrderIds.NULL_ORDER_ID;

class ClientOrderIdTextTest
{
    private static final ClientOrderIdText TEXT = new ClientOrderIdText(Long.parseLong("k3x9q1", 36));

    @Property(tries = 500)
    void shouldReadWhatItWrote(
        @ForAll @LongRange(min = 0, max = ClientOrderIdText.MAX_JOURNAL_ID) final long journalId,
        @ForAll @LongRange(min = 1, max = ClientOrderIds.MAX_EPOCH) final long epoch,
        @ForAll @IntRange(min = 0, max = ClientOrderIds.MAX_BOT_ID) final int botId,
        @ForAll @LongRange(min = 1, max = ClientOrderIds.MAX_COUNTER) final long counter,
        @ForAll @IntRange(min = 0, max = ClientOrderIdText.MAX_GENERATION) final int generation)
    {
        final ClientOrderIdText text = new ClientOrderIdText(journalId);
        final long id = ClientOrderIds.encode(epoch, botId, counter);

        final String written = text.toText(id, generation);
        final byte[] bytes = written.getBytes(StandardCharsets.US_ASCII);

        assertEquals(id, text.fromText(written));
        assertEquals(generation, text.generation(new UnsafeBuffer(bytes), 0, bytes.length));
        assertTrue(written.matches("[a-z0-9-]{1," + ClientOrderIdText.MAX_LENGTH + "}"), written);
    }

    @Test
    void shouldWriteAsDocumented()
    {
        assertEquals("ls-k3x9q1-3-1-42", TEXT.toText(ClientOrderIds.encode(3, 1, 42), 0));
        assertEquals("ls-k3x9q1-3-1-42-2", TEXT.toText(ClientOrderIds.encode(3, 1, 42), 2));
    }

    @Test
    void shouldNotTakeAnotherJournalsOrderForOurs()
    {
        final String other = new ClientOrderIdText(7).toText(ClientOrderIds.encode(3, 1, 42), 0);

        assertEquals(NULL_ORDER_ID, TEXT.fromText(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ls-", "ls-k3x9q1", "ls-k3x9q1-", "ls-k3x9q1-1-1", "ls-k3x9q1-1-1-1-0",
        "ls-k3x9q1-1-1-1-100", "ls-k3x9q1-1-1-1-1-1",
        "ls-k3x9q1-1-1-x", "LS-k3x9q1-1-1-1", "ls-k3x9q1-1--1", "ls-k3x9q1-01-1-1", "web_1",
        "ls-k3x9q1-1-65536-1", "ls-k3x9q1-9999999999-1-1", "ls-k3x9q1-1-1-134217728", "ls-k3x9q1-1-1-1 "})
    void shouldNotTakeForeignTextForOurs(final String text)
    {
        assertEquals(NULL_ORDER_ID, TEXT.fromText(text));
    }

    @Test
    void shouldRefuseAJournalIdOutOfRange()
    {
        assertThrows(IllegalArgumentException.class, () -> new ClientOrderIdText(-1));
        assertThrows(IllegalArgumentException.class,
            () -> new ClientOrderIdText(ClientOrderIdText.MAX_JOURNAL_ID + 1));
    }
}
