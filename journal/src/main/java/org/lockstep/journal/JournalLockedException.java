package org.lockstep.journal;

import java.nio.file.Path;

/** Another process (or another part of this one) writes to the journal. */
public final class JournalLockedException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final long pid;

    /**
     * @param directory of the journal.
     * @param pid       process that holds it, -1 = unknown.
     */
    public JournalLockedException(final Path directory, final long pid)
    {
        super("journal " + directory + " is in use by process " + (pid < 0 ? "(unknown)" : Long.toString(pid)) +
            "; stop that process or use another directory");
        this.pid = pid;
    }

    /** @return process that holds the journal, -1 = unknown. */
    public long pid()
    {
        return pid;
    }
}
