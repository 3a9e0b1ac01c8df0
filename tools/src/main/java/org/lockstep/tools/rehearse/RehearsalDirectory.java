package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a rehearsal's files are: gone when it ends, by Ctrl-C too, unless something shall be kept. Any thread. */
public final class RehearsalDirectory implements AutoCloseable
{
    private final Path path;
    private final Thread hook = new Thread(this::deleteQuietly, "rehearsal-cleanup");
    private volatile boolean isKept;

    private RehearsalDirectory(final Path path)
    {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @param wanted where, or null for a new temporary one.
     * @return it; close it when done.
     * @throws IOException if it cannot be made.
     */
    public static RehearsalDirectory create(final Path wanted) throws IOException
    {
        final RehearsalDirectory directory = new RehearsalDirectory(
            null == wanted ? Files.createTempDirectory("lockstep-rehearsal") : Files.createDirectories(wanted));
        Runtime.getRuntime().addShutdownHook(directory.hook);
        return directory;
    }

    /** @return where it is. */
    public Path path()
    {
        return path;
    }

    /** Leaves what is in it. */
    public void keep()
    {
        isKept = true;
    }

    @Override
    public void close() throws IOException
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            return;     // The JVM is ending: the hook does it.
        }
        if (!isKept)
        {
            ScenarioDirectory.delete(path);
        }
    }

    /** Scenarios under way go on creating files for a moment. */
    private void deleteQuietly()
    {
        for (int i = 0; !isKept && i < 3 && Files.exists(path); i++)
        {
            try
            {
                ScenarioDirectory.delete(path);
            }
            catch (final IOException ex)
            {
                continue;
            }
        }
    }
}
