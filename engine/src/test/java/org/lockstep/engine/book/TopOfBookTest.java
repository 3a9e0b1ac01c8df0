package org.lockstep.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.QuoteEncoder;

class TopOfBookTest
{
    private final TopOfBook top = new TopOfBook();

    @Test
    void shouldTakeOverAQuote()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[QuoteEncoder.BLOCK_LENGTH]);
        new QuoteEncoder().wrap(buffer, 0)
            .bidPrice(100).bidQuantity(1).askPrice(103).askQuantity(2).updateId(7);
        assertFalse(top.isKnown());

        assertTrue(top.onQuote(
            new QuoteDecoder().wrap(buffer, 0, QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.SCHEMA_VERSION), 55));

        assertTrue(top.isKnown());
        assertEquals(100, top.bidPrice());
        assertEquals(1, top.bidQuantity());
        assertEquals(103, top.askPrice());
        assertEquals(2, top.askQuantity());
        assertEquals(101, top.midPrice());
        assertEquals(7, top.updateId());
        assertEquals(55, top.timeNs());
    }

    @Test
    void shouldIgnoreAnOlderQuote()
    {
        top.set(100, 1, 103, 2, 7, 55);

        assertFalse(top.set(90, 1, 91, 1, 6, 56));
        assertEquals(100, top.bidPrice());
        assertTrue(top.set(90, 1, 91, 1, 0, 57));
        assertEquals(90, top.bidPrice());
    }

    @Test
    void shouldForgetTheQuoteWhenCleared()
    {
        top.set(100, 1, 103, 2, 7, 55);

        top.clear();

        assertFalse(top.isKnown());
        assertTrue(top.set(90, 1, 91, 1, 1, 56));
    }
}
