package org.lockstep.gateway.net;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition instead of sleeping. */
public final class Await
{
    private static final long TIMEOUT_NS = 60_000_000_000L;

    private Await()
    {
    }

    public static void until(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("waited 60 s in vain: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
