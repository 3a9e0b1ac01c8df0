package org.lockstep.journal;

import java.nio.file.Path;

/**
 * The journal is damaged at a place that a crash cannot explain: committed batches follow the damage, or a file is
 * missing. What stands before {@link #sequence()} is good.
 */
public final class JournalDamagedException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long position;
    private final long sequence;

    /**
     * @param file     damaged file.
     * @param position of the damaged document in it, bytes.
     * @param sequence first sequence that cannot be read.
     * @param reason   what is wrong.
     */
    public JournalDamagedException(final Path file, final long position, final long sequence, final String reason)
    {
        super("journal damaged at sequence " + sequence + " (" + file + ", byte " + position + "): " + reason);
        this.file = file;
        this.position = position;
        this.sequence = sequence;
    }

    /** @return damaged file. */
    public Path file()
    {
        return file;
    }

    /** @return where in the file, bytes. */
    public long position()
    {
        return position;
    }

    /** @return first sequence that cannot be read. */
    public long sequence()
    {
        return sequence;
    }
}
