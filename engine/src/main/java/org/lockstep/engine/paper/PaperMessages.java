package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * What is on its way to the paper venue and back, each with a timer of its own, so that it is part of the state and
 * survives a restart. Threading: the engine thread. Allocation: none until more is on its way than ever before.
 */
final class PaperMessages
{
    private final Timers timers;
    private PaperMessage[] messages = new PaperMessage[64];
    private int[] free = new int[64];
    private int count;
    private int freeCount;

    PaperMessages(final Timers timers)
    {
        this.timers = timers;
    }

    /** A message to fill in and {@link #send}. */
    PaperMessage create(final PaperMessage.Kind kind, final long orderId)
    {
        // First the slot: a new one may come with a new array.
        final int slot = freeCount > 0 ? free[--freeCount] : newSlot();
        return messages[slot].init(kind, orderId);
    }

    void send(final PaperMessage message, final long deadlineNs)
    {
        message.deadlineNs = deadlineNs;
        timers.set(deadlineNs, TimerKind.PAPER_MESSAGE, message.slot);
    }

    PaperMessage arrived(final int slot)
    {
        return messages[slot];
    }

    void release(final PaperMessage message)
    {
        message.kind = PaperMessage.Kind.NONE;
        free[freeCount++] = message.slot;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            if (PaperMessage.Kind.NONE != messages[i].kind)
            {
                messages[i].describe(out);
            }
        }
        for (int i = 0; i < freeCount; i++)
        {
            out.field("free", free[i]);
        }
    }

    private int newSlot()
    {
        if (count == messages.length)
        {
            messages = Arrays.copyOf(messages, count * 2);
            free = Arrays.copyOf(free, count * 2);
        }
        messages[count] = new PaperMessage(count);
        return count++;
    }
}
