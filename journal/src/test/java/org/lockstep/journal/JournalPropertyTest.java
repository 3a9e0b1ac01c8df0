package org.lockstep.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.IoUtil;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.write.Journal;

class JournalPropertyTest
{
    /** A session is a list of batches, a batch a list of frame text lengths; -1 as a session ends the list early. */
    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void shouldReadBackAnySessionsOfAnyBatches(
        @ForAll @Size(min = 1, max = 4)
        final List<@Size(max = 12) List<@Size(max = 30) List<@IntRange(max = 900) Integer>>> sessions)
    {
        final Path directory = temporaryDirectory();
        final List<String> written = new ArrayList<>();
        try
        {
            final Frames frames = new Frames();
            for (final List<List<Integer>> session : sessions)
            {
                try (Journal journal = Journal.open(
                    JournalConfig.of(directory).withBlockSize(1 << 20, 4 << 10).withPreTouch(false)))
                {
                    assertEquals(written.size() - 1, journal.report().lastSequence());
                    session.forEach(batch -> append(journal.appender(), frames, batch, written));
                }
            }

            final List<String> read = new ArrayList<>();
            try (JournalReader reader = new JournalReader(directory))
            {
                reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
                    read.add(buffer.getStringWithoutLengthUtf8(offset + 16, length - 16)));
            }

            assertEquals(written, read);
        }
        finally
        {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private static void append(
        final JournalAppender appender, final Frames frames, final List<Integer> batch, final List<String> written)
    {
        for (final int textLength : batch)
        {
            frames.text(written.size(), Frames.START_NS + written.size(), "x".repeat(textLength));
            appender.stage(frames.buffer(), 0, frames.length());
            written.add(frames.buffer().getStringWithoutLengthUtf8(16, frames.length() - 16));
        }
        appender.commit();
        assertEquals(written.size() - 1, appender.lastSequence());
    }

    private static Path temporaryDirectory()
    {
        try
        {
            return Files.createTempDirectory("journal-property");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
