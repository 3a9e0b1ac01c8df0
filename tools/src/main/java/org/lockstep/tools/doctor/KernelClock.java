package org.lockstep.tools.doctor;

import com.sun.jna.Function;
import com.sun.jna.Memory;

/** What the kernel itself knows about how well its clock is kept, whichever daemon keeps it. */
final class KernelClock
{
    private static final int TIMEX_BYTES = 256;
    private static final int MAX_ERROR_OFFSET = 24;
    private static final int STATUS_OFFSET = 40;
    private static final int UNSYNCHRONISED = 0x40;

    /**
     * The answer.
     *
     * @param synchronised whether something keeps it.
     * @param maxErrorUs   the furthest it may be off, microseconds.
     */
    record State(boolean synchronised, long maxErrorUs)
    {
    }

    private KernelClock()
    {
    }

    /** @return the state, or null where the kernel cannot be asked. */
    static State read()
    {
        try
        {
            // struct timex of 64-bit Linux; modes = 0 only reads.
            try (Memory timex = new Memory(TIMEX_BYTES))
            {
                timex.clear();
                final int result = Function.getFunction("c", "adjtimex").invokeInt(new Object[]{timex});
                return result < 0 ? null : new State(
                    0 == (timex.getInt(STATUS_OFFSET) & UNSYNCHRONISED), timex.getLong(MAX_ERROR_OFFSET));
            }
        }
        catch (final LinkageError | RuntimeException ex)
        {
            // No native library for this machine: then the clock's state is not known here.
            return null;
        }
    }
}
