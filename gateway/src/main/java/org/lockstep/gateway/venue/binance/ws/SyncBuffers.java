package org.lockstep.gateway.venue.binance.ws;

import java.util.ArrayDeque;

/** The buffers of books that sync, allocated once and lent. Threading: the feed's loop. */
public final class SyncBuffers
{
    private final ArrayDeque<DiffBuffer> free = new ArrayDeque<>();

    /**
     * Allocates all buffers.
     *
     * @param count     how many.
     * @param maxLevels book levels each holds.
     */
    public SyncBuffers(final int count, final int maxLevels)
    {
        for (int i = 0; i < count; i++)
        {
            free.add(new DiffBuffer(maxLevels));
        }
    }

    /** @return true when one can be lent. */
    public boolean hasFree()
    {
        return !free.isEmpty();
    }

    /**
     * Lends a buffer to a book, which begins to buffer.
     *
     * @param book that syncs.
     */
    public void lend(final BookSync book)
    {
        book.beginBuffering(free.remove());
    }

    /**
     * Takes a buffer back, if the book holds one it needs no more.
     *
     * @param book that synced or gave up.
     */
    public void takeBack(final BookSync book)
    {
        final DiffBuffer buffer = book.releaseBuffer();
        if (null != buffer)
        {
            free.add(buffer);
        }
    }
}
