package org.lockstep.tools.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

import org.lockstep.engine.order.ClientOrderIdText;

/**
 * The id of a journal directory, drawn once. Every client order id carries it, so that orders of two journals on one
 * account are never taken for each other.
 */
final class JournalId
{
    private static final String FILE_NAME = "journal-id";

    private JournalId()
    {
    }

    /**
     * Reads the id, or draws one where there is none yet.
     *
     * @param directory of the journal.
     * @param recovered what the journal says, 0 = nothing yet; it decides, since orders went out under it.
     * @return the id, from 1.
     */
    static long of(final Path directory, final long recovered) throws IOException
    {
        if (recovered > 0)
        {
            return recovered;
        }
        final Path file = directory.resolve(FILE_NAME);
        if (Files.exists(file))
        {
            final String text = Files.readString(file).trim();
            if (!text.matches("[1-9]\\d{0,9}") || Long.parseLong(text) > ClientOrderIdText.MAX_JOURNAL_ID)
            {
                throw new IOException(file + " should hold a number in [1, " + ClientOrderIdText.MAX_JOURNAL_ID +
                    "], found '" + text.substring(0, Math.min(40, text.length())) + "'; delete it for a new one");
            }
            return Long.parseLong(text);
        }
        final long drawn = 1 + new SecureRandom().nextLong(ClientOrderIdText.MAX_JOURNAL_ID);
        DurableFile.write(file, drawn + "\n");
        return drawn;
    }
}
