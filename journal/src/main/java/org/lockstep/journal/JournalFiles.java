package org.lockstep.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the parts of a journal lie in its directory. Stateless: any thread. */
public final class JournalFiles
{
    /** Ends the name of a file that holds batches; names sort by time. */
    public static final String DATA_SUFFIX = ".cq4";

    private JournalFiles()
    {
    }

    /**
     * Lists the files that hold batches.
     *
     * @param directory of the journal.
     * @return the files, oldest first; empty when there is none.
     */
    public static List<Path> dataFiles(final Path directory)
    {
        if (!Files.isDirectory(directory))
        {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory))
        {
            return files.filter(file -> file.getFileName().toString().endsWith(DATA_SUFFIX)).sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** @return the format and schema of the journal, as text. */
    public static Path metadata(final Path directory)
    {
        return directory.resolve("journal.properties");
    }

    /** @return what a writing process locks; holds its pid as text. */
    public static Path lock(final Path directory)
    {
        return directory.resolve("journal.lock");
    }

    /** @return where damaged bytes are kept, each with a report. */
    public static Path quarantine(final Path directory)
    {
        return directory.resolve("quarantine");
    }

    /** @return Chronicle's own table of locks and cycles. */
    public static Path table(final Path directory)
    {
        return directory.resolve("metadata.cq4t");
    }

    /**
     * The sparse index beside a file.
     *
     * @param dataFile one of {@link #dataFiles}.
     * @return its index, which may be missing.
     */
    public static Path index(final Path dataFile)
    {
        return dataFile.resolveSibling("index").resolve(dataFile.getFileName() + ".idx");
    }
}
