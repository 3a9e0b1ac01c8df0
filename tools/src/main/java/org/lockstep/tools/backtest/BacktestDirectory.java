package org.lockstep.tools.backtest;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/** Where a backtest's journal goes: a directory of its own, left as it was when nothing comes of it. One thread. */
final class BacktestDirectory
{
    private static final Path PARENT = Path.of("backtest-data");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    private final Path path;
    private final boolean isNew;

    private BacktestDirectory(final Path path, final boolean isNew)
    {
        this.path = path;
        this.isNew = isNew;
    }

    /** Refuses a directory that holds something; null is well: a new one is made. */
    static void check(final Path wanted) throws IOException
    {
        if (null == wanted || !Files.exists(wanted))
        {
            return;
        }
        if (!Files.isDirectory(wanted))
        {
            throw refused(wanted, "is no directory");
        }
        try (Stream<Path> files = Files.list(wanted))
        {
            if (files.findAny().isPresent())
            {
                throw refused(wanted, "is not empty");
            }
        }
    }

    /** Makes a directory unless it is there; for null one that is named by the time and nobody else's. */
    static BacktestDirectory make(final Path wanted) throws IOException
    {
        if (null != wanted)
        {
            check(wanted);
            final boolean isNew = !Files.exists(wanted);
            Files.createDirectories(wanted);
            return new BacktestDirectory(wanted, isNew);
        }
        Files.createDirectories(PARENT);
        final String name = NAME.format(Instant.now());
        for (int i = 1;; i++)
        {
            try
            {
                return new BacktestDirectory(
                    Files.createDirectory(PARENT.resolve(1 == i ? name : name + "-" + i)), true);
            }
            catch (final FileAlreadyExistsException ex)
            {
                // Another backtest of this second has it.
            }
        }
    }

    Path path()
    {
        return path;
    }

    /** Removes what was made, so that the next try finds the directory as this one did. */
    void discard() throws IOException
    {
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(path))
        {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : files)
        {
            if (isNew || !file.equals(path))
            {
                Files.deleteIfExists(file);
            }
        }
    }

    private static CommandFailure refused(final Path wanted, final String why)
    {
        return new CommandFailure(ExitCode.USAGE, "--dir: found " + wanted + ", which " + why +
            ", allowed: a directory that is empty or not there yet");
    }
}
