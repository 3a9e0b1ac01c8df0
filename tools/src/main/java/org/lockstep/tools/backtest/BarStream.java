package org.lockstep.tools.backtest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The text of a file of bars, plain, gzipped or the one CSV file of a zip archive. */
final class BarStream
{
    private static final int BUFFER_BYTES = 1 << 16;

    private BarStream()
    {
    }

    /** Unpacks what is packed; the stream must know {@code mark}. */
    static InputStream unpacked(final Path path, final InputStream in) throws IOException
    {
        in.mark(4);
        final byte[] magic = in.readNBytes(4);
        in.reset();
        if (magic.length >= 2 && 0x1f == magic[0] && (byte)0x8b == magic[1])
        {
            return new BufferedInputStream(new GZIPInputStream(in, BUFFER_BYTES), BUFFER_BYTES);
        }
        if (magic.length == 4 && 'P' == magic[0] && 'K' == magic[1])
        {
            final ZipInputStream zip = new ZipInputStream(in);
            if (!nextTable(zip))
            {
                throw BadBars.at(path, 0, "an archive without a CSV file", "a zip archive with one");
            }
            return new BufferedInputStream(new OnlyTable(path, zip), BUFFER_BYTES);
        }
        return in;
    }

    /** Goes to the next CSV file of an archive; what a Mac puts beside is none. */
    private static boolean nextTable(final ZipInputStream zip) throws IOException
    {
        for (ZipEntry entry = zip.getNextEntry(); null != entry; entry = zip.getNextEntry())
        {
            final String name = entry.getName();
            if (name.toLowerCase(Locale.ROOT).endsWith(".csv") && !name.startsWith("__MACOSX/") &&
                !name.substring(name.lastIndexOf('/') + 1).startsWith("._"))
            {
                return true;
            }
        }
        return false;
    }

    /** Refuses an archive with another table behind the one it reads. */
    private static final class OnlyTable extends FilterInputStream
    {
        private final Path path;
        private final ZipInputStream zip;
        private boolean isEnded;

        private OnlyTable(final Path path, final ZipInputStream zip)
        {
            super(zip);
            this.path = path;
            this.zip = zip;
        }

        @Override
        public int read() throws IOException
        {
            final byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(final byte[] target, final int offset, final int length) throws IOException
        {
            final int count = isEnded ? -1 : zip.read(target, offset, length);
            if (count < 0 && !isEnded)
            {
                isEnded = true;
                if (nextTable(zip))
                {
                    throw BadBars.at(path, 0, "an archive with several CSV files",
                        "one in each; unpack it and name them with commas between");
                }
            }
            return count;
        }
    }
}
