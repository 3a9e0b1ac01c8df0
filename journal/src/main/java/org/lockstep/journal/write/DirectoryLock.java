package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.io.StringReader;

import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.JournalLockedException;

/**
 * Sees to it that one process writes a journal. The operating system gives the lock back when its holder dies, however
 * it dies. The text in the file says who holds it, and which boot of the machine that was.
 */
final class DirectoryLock implements AutoCloseable
{
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int MAX_TEXT = 4096;

    private final FileChannel channel;
    private final FileLock lock;
    private final boolean rebooted;

    private DirectoryLock(final FileChannel channel, final FileLock lock, final boolean rebooted)
    {
        this.channel = channel;
        this.lock = lock;
        this.rebooted = rebooted;
    }

    static DirectoryLock acquire(final Path directory)
    {
        final Path file = JournalFiles.lock(directory);
        try
        {
            final FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final Properties previous = read(channel);
            final FileLock lock = tryLock(channel);
            if (null == lock)
            {
                channel.close();
                throw new JournalLockedException(directory, pid(previous));
            }
            final String previousBoot = previous.getProperty("boot");
            // The boot that explains a torn tail stays on record until that tail has been repaired.
            write(channel, text(previousBoot));
            return new DirectoryLock(channel, lock, null == previousBoot || !previousBoot.equals(bootId()));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Records that the journal is sound as of this boot of the machine. */
    void repaired()
    {
        try
        {
            write(channel, text(bootId()));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String text(final String boot)
    {
        return "pid=" + ProcessHandle.current().pid() + "\n" + (null == boot ? "" : "boot=" + boot + "\n");
    }

    /** @return true unless the last writer is known to have run since the machine last booted. */
    boolean rebooted()
    {
        return rebooted;
    }

    @Override
    public void close()
    {
        try (channel)
        {
            lock.release();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException
    {
        try
        {
            return channel.tryLock();
        }
        catch (final OverlappingFileLockException ex)
        {
            return null;
        }
    }

    private static Properties read(final FileChannel channel) throws IOException
    {
        final ByteBuffer text = ByteBuffer.allocate((int)Math.min(MAX_TEXT, channel.size()));
        channel.read(text, 0);
        final Properties properties = new Properties();
        try
        {
            properties.load(new StringReader(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8)));
        }
        catch (final IllegalArgumentException ex)
        {
            properties.clear();
        }
        return properties;
    }

    private static void write(final FileChannel channel, final String text) throws IOException
    {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static long pid(final Properties properties)
    {
        try
        {
            return Long.parseLong(properties.getProperty("pid", "-1"));
        }
        catch (final NumberFormatException ex)
        {
            return -1;
        }
    }

    private static String bootId()
    {
        try
        {
            return Files.readString(BOOT_ID).trim();
        }
        catch (final IOException ex)
        {
            return "unknown";
        }
    }
}
