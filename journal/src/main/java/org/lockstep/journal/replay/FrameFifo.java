package org.lockstep.journal.replay;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.lockstep.engine.event.Frame;

/** Frames waiting to be compared, first in first out. Grows while warming up, allocates nothing afterwards. */
final class FrameFifo
{
    private static final int INITIAL_LENGTH = 64 * 1024;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_LENGTH);
    private int head;
    private int tail;

    void push(final DirectBuffer source, final int offset, final int length)
    {
        buffer.checkLimit(tail + length);
        buffer.putBytes(tail, source, offset, length);
        tail += length;
    }

    boolean isEmpty()
    {
        return head == tail;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    /** @return where the oldest frame begins. */
    int head()
    {
        return head;
    }

    void pop()
    {
        head += Frame.length(buffer, head);
        if (head == tail)
        {
            head = 0;
            tail = 0;
        }
    }
}
