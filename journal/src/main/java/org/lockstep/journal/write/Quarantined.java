package org.lockstep.journal.write;

import java.nio.file.Path;

/**
 * Damaged bytes that were taken out of a journal and kept aside.
 *
 * @param file     of the journal they were in.
 * @param position where they began, bytes.
 * @param bytes    how many.
 * @param reason   what was wrong.
 * @param copy     where they are now; a report lies beside it.
 */
public record Quarantined(Path file, long position, long bytes, String reason, Path copy)
{
}
