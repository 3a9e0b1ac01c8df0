package org.lockstep.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.agrona.IoUtil;

/**
 * A directory that is deleted when closed, and when the JVM ends before that. It lies under the system property
 * {@code lockstep.scratch} (default: the JVM's temporary directory), so that a run can choose the disk it measures.
 */
public final class Scratch implements AutoCloseable
{
    private final Path path;
    private final Thread hook = new Thread(this::delete);

    /** Creates the directory. */
    public Scratch()
    {
        try
        {
            final Path parent = Path.of(System.getProperty("lockstep.scratch", System.getProperty("java.io.tmpdir")));
            Files.createDirectories(parent);
            path = Files.createTempDirectory(parent, "lockstep-bench");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @return the directory. */
    public Path path()
    {
        return path;
    }

    @Override
    public void close()
    {
        delete();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void delete()
    {
        IoUtil.delete(path.toFile(), true);
    }
}
