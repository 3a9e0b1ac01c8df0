package org.lockstep.tools.run;

import java.util.List;

/**
 * Gets libraries ready that a start needs a moment later, on a thread of its own, while the command line and the
 * configuration are read. Nothing of it may be used before {@link #await()}: two threads that initialise classes which
 * need each other would wait for each other for ever. Threading: the main thread.
 */
public final class StartAhead
{
    /** What takes long to initialise: the journal's native calls, logging, sockets, JSON. */
    private static final List<String> CLASSES = List.of(
        "net.openhft.chronicle.core.Jvm",
        "org.lockstep.tools.run.ProcessRun",
        "net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder",
        "org.lockstep.gateway.net.NetTransport",
        "io.netty.channel.epoll.Epoll",
        "io.netty.buffer.PooledByteBufAllocator");

    private static volatile Thread thread;

    private StartAhead()
    {
    }

    /** Begins; to be called once in a process. */
    public static void begin()
    {
        final Thread started = new Thread(StartAhead::initialise, "start-ahead");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Waits until it is done; returns at once when it was never begun. */
    public static void await()
    {
        final Thread begun = thread;
        if (null != begun)
        {
            try
            {
                begun.join();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void initialise()
    {
        for (final String name : CLASSES)
        {
            try
            {
                Class.forName(name);
            }
            catch (final ReflectiveOperationException | LinkageError ex)
            {
                // Whoever needs it will say so, where it can be told to somebody.
                continue;
            }
        }
    }
}
