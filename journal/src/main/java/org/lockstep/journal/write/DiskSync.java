package org.lockstep.journal.write;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings the file being written onto the disk: when told, or every interval from a thread of its own. The engine thread
 * says which file it is; the lock is contended only when the journal rolls. A failed fsync is remembered and is fatal:
 * the kernel may have dropped the pages, so trying again would prove nothing.
 */
final class DiskSync implements AutoCloseable
{
    private final Path directory;
    private final long intervalNs;
    private final Thread thread;
    private FileChannel channel;
    private volatile boolean dirty;
    private volatile boolean closed;
    private volatile IOException failure;

    /**
     * @param directory  of the journal.
     * @param intervalNs between two fsyncs, 0 = only when told.
     */
    DiskSync(final Path directory, final long intervalNs)
    {
        this.directory = directory;
        this.intervalNs = intervalNs;
        this.thread = 0 == intervalNs ? null : new Thread(this::run, "journal-fsync");
    }

    DiskSync start()
    {
        if (null != thread)
        {
            thread.setDaemon(true);
            thread.start();
        }
        return this;
    }

    /** The journal now writes to this file; the one before is synced. */
    synchronized void file(final File file)
    {
        try
        {
            closeChannel();
            channel = FileChannel.open(file.toPath(), StandardOpenOption.WRITE);
            // The new name must survive as well as the bytes under it.
            try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ))
            {
                parent.force(true);
            }
        }
        catch (final IOException ex)
        {
            failure = ex;
        }
    }

    /** There is something to sync; throws what the last fsync threw. */
    void markDirty()
    {
        dirty = true;
        if (null != failure)
        {
            throw new UncheckedIOException("fsync of the journal failed", failure);
        }
    }

    /** Returns when everything written so far is on the disk. */
    synchronized void sync()
    {
        dirty = false;
        if (null != channel && null == failure)
        {
            try
            {
                channel.force(false);
            }
            catch (final IOException ex)
            {
                failure = ex;
            }
        }
        if (null != failure)
        {
            throw new UncheckedIOException("fsync of the journal failed", failure);
        }
    }

    @Override
    public void close()
    {
        closed = true;
        if (null != thread)
        {
            LockSupport.unpark(thread);
            try
            {
                thread.join();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (this)
        {
            try
            {
                closeChannel();
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private void run()
    {
        while (!closed && null == failure)
        {
            LockSupport.parkNanos(intervalNs);
            if (dirty)
            {
                try
                {
                    sync();
                }
                catch (final Throwable ex)
                {
                    // Kept in `failure`; the next commit throws it where somebody listens.
                    failure = null == failure ? new IOException("the thread journal-fsync has died", ex) : failure;
                    return;
                }
            }
        }
    }

    private void closeChannel() throws IOException
    {
        if (null != channel)
        {
            channel.force(false);
            channel.close();
            channel = null;
        }
    }
}
