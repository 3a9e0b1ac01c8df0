package org.lockstep.gateway.client.stream;

import java.util.Arrays;

import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;
import org.lockstep.gateway.client.view.BookLevels;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.JsonWriter;

/**
 * All subscribers of a state channel that asked for the same conflation: a changed value is encoded once for all of
 * them, and a value equal to the one sent last is not sent.
 */
final class ConflationGroup
{
    static final int MAX_CONFLATE_MS = 10_000;

    /** Steps that a wish is rounded up to, so that few groups serve all clients. */
    private static final int[] STEPS_MS = {0, 20, 50, 100, 150, 250, 500, 1_000, 2_000, 5_000, MAX_CONFLATE_MS};

    final DataChannel channel;
    final int conflateMs;
    final int depth;
    final SubscriberIndex subscribers = new SubscriberIndex();
    private final LongHashSet dirtySet = new LongHashSet();
    private final LongArrayList dirty = new LongArrayList();
    private final Long2ObjectHashMap<byte[]> lastSent = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<BookLevels> books = new Long2ObjectHashMap<>();
    private long lastFlushMs;
    private long lastFlushSequence = -1;

    ConflationGroup(final DataChannel channel, final int conflateMs, final int depth)
    {
        this.depth = depth;
        this.channel = channel;
        this.conflateMs = conflateMs;
    }

    static int roundUp(final int conflateMs)
    {
        for (final int stepMs : STEPS_MS)
        {
            if (stepMs >= conflateMs)
            {
                return stepMs;
            }
        }
        return MAX_CONFLATE_MS;
    }

    void markDirty(final long key)
    {
        if (dirtySet.add(key))
        {
            dirty.addLong(key);
        }
    }

    boolean isDue(final long nowMs)
    {
        return !dirty.isEmpty() && nowMs - lastFlushMs >= conflateMs;
    }

    /** @return keys to send; {@link #flushed} must follow. */
    LongArrayList dirty()
    {
        return dirty;
    }

    void flushed(final long nowMs, final long sequence)
    {
        lastFlushSequence = sequence;
        dirty.clear();
        dirtySet.clear();
        lastFlushMs = nowMs;
    }

    /** @return sequence up to which the subscribers have been told. */
    long lastFlushSequence()
    {
        return lastFlushSequence;
    }

    /** What the group's subscribers know of a book. */
    BookLevels book(final long key)
    {
        BookLevels levels = books.get(key);
        if (null == levels)
        {
            levels = new BookLevels(depth);
            books.put(key, levels);
        }
        return levels;
    }

    /** Nobody is left: nothing is known any more. */
    void clear()
    {
        dirty.clear();
        dirtySet.clear();
        lastSent.clear();
        books.clear();
    }

    /** The next value is news, whatever was sent last. */
    void forget(final long key)
    {
        lastSent.remove(key);
    }

    /** @return true when the value differs from the one this group sent last, which it then becomes. */
    boolean isNews(final long key, final JsonWriter value)
    {
        final byte[] last = lastSent.get(key);
        final int length = value.length();
        if (null != last && Arrays.equals(last, 0, last.length, value.bytes(), 0, length))
        {
            return false;
        }
        if (null != last && last.length == length)
        {
            System.arraycopy(value.bytes(), 0, last, 0, length);
        }
        else
        {
            lastSent.put(key, value.toByteArray());
        }
        return true;
    }
}
