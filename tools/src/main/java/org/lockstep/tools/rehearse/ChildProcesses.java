package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.nio.file.Path;

/** Keeps one process ready ahead of the scenario that kills it, so that none waits for a JVM to start. Any thread. */
final class ChildProcesses implements AutoCloseable
{
    private final Path config;
    private final Path log;
    private ChildProcess spare;
    private int needed;

    /** So many will be taken. */
    ChildProcesses(final Path config, final Path log, final int needed) throws IOException
    {
        this.config = config;
        this.log = log;
        this.needed = needed;
        prepare();
    }

    /** A fresh one, the taker's to close. */
    synchronized ChildProcess take() throws IOException
    {
        final ChildProcess taken = null == spare ? new ChildProcess(config, log) : spare;
        spare = null;
        needed--;
        prepare();
        return taken;
    }

    private void prepare() throws IOException
    {
        if (needed > 0)
        {
            spare = new ChildProcess(config, log);
        }
    }

    @Override
    public synchronized void close()
    {
        needed = 0;
        if (null != spare)
        {
            spare.close();
            spare = null;
        }
    }
}
