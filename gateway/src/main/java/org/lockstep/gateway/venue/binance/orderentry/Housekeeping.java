package org.lockstep.gateway.venue.binance.orderentry;

import org.lockstep.engine.event.codec.ReconcileCause;

/**
 * What a session does from time to time over a connection that is ready: it reconciles, and measures the venue's clock.
 * While the account's events are not heard, no round begins, and one that runs ends. Threading: the session's loop.
 */
final class Housekeeping
{
    private static final long MS = 1_000_000L;

    private final AccountContext context;
    private final Reconciler reconciler;
    private boolean isStreamEnded;
    private long nextReconcileNs;
    private long nextClockNs;

    Housekeeping(final AccountContext context, final Reconciler reconciler)
    {
        this.context = context;
        this.reconciler = reconciler;
    }

    /** Does what is due; null = no connection is ready. */
    void poll(final long nowNs, final ApiConnection ready)
    {
        if (null != ready)
        {
            if (nowNs - nextReconcileNs >= 0)
            {
                onReconciled();
                reconciler.want(ReconcileCause.TIMER);
            }
            if (nowNs - nextClockNs >= 0 && 0 == context.budget().tryRequest(1))
            {
                onClockMeasured();
                ready.measureClock(() -> { });
            }
        }
        reconciler.poll(nowNs, isStreamEnded ? null : ready);
    }

    /** The next round is an interval away. */
    void onReconciled()
    {
        nextReconcileNs = System.nanoTime() + context.config().times().reconcileIntervalMs() * MS;
    }

    /** The next measurement is an interval away. */
    void onClockMeasured()
    {
        nextClockNs = System.nanoTime() + context.config().times().clockIntervalMs() * MS;
    }

    /** The venue refuses our times. */
    void onClockRefused()
    {
        context.offset().distrust();
        nextClockNs = System.nanoTime();
    }

    /** The account's events are subscribed again. */
    void resubscribe(final ApiConnection ready)
    {
        isStreamEnded = true;
        reconciler.poll(System.nanoTime(), null);
        ready.subscribe(() ->
        {
            isStreamEnded = false;
            reconciler.want(ReconcileCause.RECONNECT);
        });
    }

    /** A new connection hears the account's events. */
    void onSubscribed()
    {
        isStreamEnded = false;
    }
}
