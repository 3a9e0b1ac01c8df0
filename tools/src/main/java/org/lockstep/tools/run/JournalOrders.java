package org.lockstep.tools.run;

import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.write.Journal;

/** Whether a journal holds orders. Reads it from the beginning up to the first: for errors, not for every day. */
final class JournalOrders
{
    private static final int FRAMES = 4_096;

    private JournalOrders()
    {
    }

    /** @return whether anything was ever ordered. */
    static boolean areIn(final Journal journal)
    {
        try (JournalReader reader = journal.reader())
        {
            return areIn(reader);
        }
    }

    private static boolean areIn(final JournalReader reader)
    {
        final boolean[] isOrdered = new boolean[1];
        long sequence = reader.firstSequence();
        while (!isOrdered[0])
        {
            final long next = reader.read(sequence, FRAMES, (buffer, offset, length) ->
                isOrdered[0] |= OrderRequestedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset));
            if (next == sequence)
            {
                break;
            }
            sequence = next;
        }
        return isOrdered[0];
    }
}
