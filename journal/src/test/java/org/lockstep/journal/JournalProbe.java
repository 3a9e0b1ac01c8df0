package org.lockstep.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.lockstep.engine.event.Frame;
import org.lockstep.journal.read.BatchCursor;
import org.lockstep.journal.read.JournalReader;

/** Looks into a journal's files, and damages them, for tests. */
public final class JournalProbe
{
    public record Place(Path file, long position, int length, long firstSequence, int frames)
    {
        public long end()
        {
            return position + BatchCursor.DOCUMENT_HEADER + length;
        }
    }

    private JournalProbe()
    {
    }

    /** Every batch with frames, in order. */
    public static List<Place> batches(final Path directory)
    {
        final List<Place> places = new ArrayList<>();
        try (BatchCursor cursor = new BatchCursor(directory))
        {
            while (BatchCursor.BATCH == cursor.next())
            {
                if (cursor.frameCount() > 0)
                {
                    places.add(new Place(cursor.file(), cursor.position(), cursor.batchLength(),
                        cursor.firstSequence(), cursor.frameCount()));
                }
            }
        }
        return places;
    }

    public static List<Long> sequences(final Path directory)
    {
        final List<Long> sequences = new ArrayList<>();
        try (JournalReader reader = new JournalReader(directory))
        {
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
                sequences.add(Frame.sequence(buffer, offset)));
        }
        return sequences;
    }

    public static void flip(final Path file, final long position)
    {
        edit(file, raf ->
        {
            raf.seek(position);
            final int value = raf.read();
            raf.seek(position);
            raf.write(value ^ 0x10);
        });
    }

    public static void write(final Path file, final long position, final byte[] bytes)
    {
        edit(file, raf ->
        {
            raf.seek(position);
            raf.write(bytes);
        });
    }

    public static void truncate(final Path file, final long length)
    {
        edit(file, raf -> raf.setLength(length));
    }

    /** Cuts off and lets the file grow back with zeros, as a file system may leave it. */
    public static void zeroFrom(final Path file, final long position)
    {
        edit(file, raf ->
        {
            final long length = raf.length();
            raf.setLength(position);
            raf.setLength(length);
        });
    }

    /** Copies a journal as it is, written to or not. */
    public static void copy(final Path from, final Path to)
    {
        try (Stream<Path> files = Files.walk(from))
        {
            for (final Path file : files.filter(Files::isRegularFile).toList())
            {
                final Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private interface Edit
    {
        void apply(RandomAccessFile file) throws IOException;
    }

    private static void edit(final Path file, final Edit edit)
    {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw"))
        {
            edit.apply(raf);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
