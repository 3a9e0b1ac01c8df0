package org.lockstep.journal.write;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Properties;

import org.lockstep.engine.event.codec.FrameHeaderEncoder;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.RollPeriod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a journal says about itself: format, schema, roll period, creation.
 *
 * @param format        of batches and directory.
 * @param schemaId      of the frames.
 * @param schemaVersion newest version any frame was written with.
 * @param rollPeriod    how long one file is written to.
 * @param created       when the journal began.
 */
record Metadata(int format, int schemaId, int schemaVersion, RollPeriod rollPeriod, Instant created)
{
    static final int FORMAT = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

    /** Reads the journal's own, or begins it; refuses a journal that a newer version has written. */
    static Metadata open(final Path directory, final RollPeriod wanted, final Instant now)
    {
        final Path file = JournalFiles.metadata(directory);
        final Metadata current = new Metadata(
            FORMAT, FrameHeaderEncoder.SCHEMA_ID, FrameHeaderEncoder.SCHEMA_VERSION, wanted, now);
        if (!Files.exists(file))
        {
            return current.write(file);
        }
        final Metadata found = read(file, current);
        if (found.format > FORMAT || found.schemaId != current.schemaId ||
            found.schemaVersion > current.schemaVersion)
        {
            throw new IllegalStateException(file + ": written by a newer version (format " + found.format +
                ", schema " + found.schemaId + " version " + found.schemaVersion + "); this one reads format up to " +
                FORMAT + ", schema " + current.schemaId + " up to version " + current.schemaVersion);
        }
        if (found.rollPeriod != wanted)
        {
            LOG.warn("{}: the journal rolls by {}, the configuration's {} is not used", file, found.rollPeriod, wanted);
        }
        return found.schemaVersion == current.schemaVersion ? found : new Metadata(
            found.format, found.schemaId, current.schemaVersion, found.rollPeriod, found.created).write(file);
    }

    private static Metadata read(final Path file, final Metadata fallback)
    {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file))
        {
            properties.load(reader);
            return new Metadata(
                Integer.parseInt(properties.getProperty("format")),
                Integer.parseInt(properties.getProperty("schemaId")),
                Integer.parseInt(properties.getProperty("schemaVersion")),
                RollPeriod.valueOf(properties.getProperty("rollPeriod")),
                Instant.parse(properties.getProperty("created")));
        }
        catch (final IOException | RuntimeException ex)
        {
            // The batches say what matters themselves: a damaged description must not keep a journal shut.
            LOG.warn("{} is damaged ({}); written anew", file, ex.toString());
            final RollPeriod period = fromFiles(file.getParent(), fallback.rollPeriod);
            return new Metadata(FORMAT, fallback.schemaId, fallback.schemaVersion, period, fallback.created)
                .write(file);
        }
    }

    private static RollPeriod fromFiles(final Path directory, final RollPeriod fallback)
    {
        for (final Path file : JournalFiles.dataFiles(directory))
        {
            final String name = file.getFileName().toString();
            return name.endsWith("V.cq4") ? RollPeriod.FIVE_MINUTES :
                name.contains("-") ? RollPeriod.HOUR : RollPeriod.DAY;
        }
        return fallback;
    }

    private Metadata write(final Path file)
    {
        final Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try
        {
            Files.writeString(temporary, "# Lockstep journal\nformat=" + format + "\nschemaId=" + schemaId +
                "\nschemaVersion=" + schemaVersion + "\nrollPeriod=" + rollPeriod + "\ncreated=" + created + "\n");
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return this;
    }
}
