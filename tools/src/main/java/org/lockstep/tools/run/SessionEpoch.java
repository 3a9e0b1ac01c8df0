package org.lockstep.tools.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The number of the last session that began in a journal directory, in a file of its own that is on the disk before the
 * session uses it. Client order ids are made from it: a power cut may take the journal's last seconds, and with them a
 * session whose orders had gone out; the next session must not make the same ids again.
 */
final class SessionEpoch
{
    private static final String FILE_NAME = "epoch";

    private SessionEpoch()
    {
    }

    /**
     * Takes the next number.
     *
     * @param directory       of the journal.
     * @param afterTheJournal the number that follows the journal's last session.
     * @return that number, or a greater one when sessions began that the journal has lost.
     */
    static long next(final Path directory, final long afterTheJournal) throws IOException
    {
        final Path file = directory.resolve(FILE_NAME);
        long epoch = afterTheJournal;
        if (Files.exists(file))
        {
            final String text = Files.readString(file).trim();
            if (!text.matches("\\d{1,18}"))
            {
                throw new IOException(file + " should hold a session number, found '" +
                    text.substring(0, Math.min(40, text.length())) + "'; write the last one used there");
            }
            epoch = Math.max(epoch, Long.parseLong(text) + 1);
        }
        DurableFile.write(file, epoch + "\n");
        return epoch;
    }
}
