package org.lockstep.tools.simulator.recording;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Reads a recording line by line, never holding more than one. One thread. */
public final class RecordingReader implements Closeable
{
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LINE_BYTES_MAX = 1 << 26;

    private final Path file;
    private final InputStream input;
    private final LineParser parser = new LineParser();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private byte[] line = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long lineNumber;

    private RecordingReader(final Path file, final InputStream input)
    {
        this.file = file;
        this.input = input;
    }

    /**
     * Opens a recording.
     *
     * @param file JSON lines, plain or .gz.
     * @return a reader at its start.
     * @throws IOException when it cannot be opened.
     */
    public static RecordingReader open(final Path file) throws IOException
    {
        final InputStream plain = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try
        {
            return new RecordingReader(file,
                file.toString().endsWith(".gz") ? new GZIPInputStream(plain, BUFFER_BYTES) : plain);
        }
        catch (final IOException ex)
        {
            plain.close();
            throw ex;
        }
    }

    /**
     * Reads on to the next message that can be served.
     *
     * @return null at the end.
     */
    public RecordedMessage next()
    {
        try
        {
            byte[] bytes = nextLine();
            while (null != bytes)
            {
                lineNumber++;
                final RecordedMessage message = 0 == bytes.length ? null : parser.parse(bytes);
                if (null != message)
                {
                    return message;
                }
                bytes = nextLine();
            }
            return null;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(file + ", line " + (lineNumber) + ": " + ex.getMessage(), ex);
        }
    }

    private byte[] nextLine() throws IOException
    {
        int length = 0;
        while (true)
        {
            if (position == limit)
            {
                limit = input.read(buffer);
                position = 0;
                if (limit < 0)
                {
                    limit = 0;
                    return 0 == length ? null : Arrays.copyOf(line, length);
                }
            }
            int end = position;
            while (end < limit && '\n' != buffer[end])
            {
                end++;
            }
            final int chunk = end - position;
            if (length + chunk > LINE_BYTES_MAX)
            {
                throw new IOException("longer than " + LINE_BYTES_MAX + " bytes");
            }
            if (length + chunk > line.length)
            {
                line = Arrays.copyOf(line, Math.max(length + chunk, 2 * line.length));
            }
            System.arraycopy(buffer, position, line, length, chunk);
            length += chunk;
            position = end;
            if (end < limit)
            {
                position++;
                return Arrays.copyOf(line, length);
            }
        }
    }

    @Override
    public void close()
    {
        try
        {
            input.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(file + ": " + ex.getMessage(), ex);
        }
    }
}
