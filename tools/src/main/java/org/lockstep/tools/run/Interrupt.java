package org.lockstep.tools.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (or SIGTERM) into a request that the main thread sees, and holds the JVM back until it has cleaned up.
 * The JVM then ends with the signal's own exit code, 130 for Ctrl-C.
 */
public final class Interrupt implements AutoCloseable
{
    private static final long GRACE_SECONDS = 30;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "lockstep-shutdown");

    private Interrupt()
    {
    }

    /** @return an installed one; close it when everything is cleaned up. */
    public static Interrupt install()
    {
        final Interrupt interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** @return whether the process was asked to end. */
    public boolean isRequested()
    {
        return 0 == requested.getCount();
    }

    /** Ends the wait as a signal would, for an end that the process itself decides. */
    public void request()
    {
        requested.countDown();
    }

    /**
     * Waits for a request.
     *
     * @param timeoutMs how long.
     * @return whether the process was asked to end.
     */
    public boolean await(final long timeoutMs)
    {
        try
        {
            return requested.await(timeoutMs, TimeUnit.MILLISECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close()
    {
        done.countDown();
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            // The JVM is ending: the hook is running and has just been let go.
            requested.countDown();
        }
    }

    private void onSignal()
    {
        requested.countDown();
        try
        {
            done.await(GRACE_SECONDS, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
