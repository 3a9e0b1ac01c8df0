package org.lockstep.gateway.venue.binance.orderentry;

import java.util.concurrent.ThreadLocalRandom;

import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.gateway.net.AttemptBudget;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.net.WebSocketClient;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the WebSocket API up: checks the key before the first one, reconnects with back-off within the
 * budgets of attempts and weight, and renews a connection before the venue cuts it. During a renewal the new one takes
 * the requests as soon as it hears the account's events, and the old one stays until its last answer has come.
 * Threading: the session's loop.
 */
final class ApiLines implements KeyCheck.Listener
{
    /** Told what becomes of the connection, and of all that comes over it. */
    interface Listener
    {
        /** An attempt begins. */
        void onConnecting();

        /** A connection is ready; {@code isRenewal}: without a gap. */
        void onReady(ApiConnection connection, boolean isRenewal);

        /** There is no connection any more. */
        void onDown(String reason);

        /** The venue, or the check of it, refuses the key. */
        void onRefused(String reason);

        /** An order request was answered. */
        void onReply(Pending pending, ApiMessage reply);

        /** A request will not be answered. */
        void onLost(Pending pending, String reason);

        /** Something happened to the account. */
        void onEvent(ApiMessage event);

        /** What was ready on a socket has been read. */
        void onReadComplete();

        /** The engine takes no more frames. */
        void onHalted(PipelineHaltedException reason);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ApiLines.class);

    /** A connection, its log-on, subscription and time. */
    private static final int CONNECT_WEIGHT = 7;
    private static final int RENEWAL_ATTEMPTS_PER_AGE = 50;
    private static final long MS = 1_000_000L;

    private final AccountContext context;
    private final WebSocketClient sockets;
    private final AttemptBudget attempts;
    private final Backoff backoff;
    private final Listener listener;
    private final BinanceOrderConfig.Times times;
    private final ConnectionEvents connectionEvents = new ConnectionEvents();
    private final InFlight.LossHandler lossHandler;

    private KeyCheck keyCheck;
    private ApiConnection active;
    private ApiConnection successor;
    private ApiConnection retiring;
    private boolean isKeyAccepted;
    private boolean isChecking;
    private boolean isRefused;
    private boolean isClosed;
    private long nextAttemptNs;
    private long renewAtNs;

    ApiLines(
        final AccountContext context,
        final WebSocketClient sockets,
        final AttemptBudget attempts,
        final Backoff backoff,
        final Listener listener)
    {
        this.context = context;
        this.sockets = sockets;
        this.attempts = attempts;
        this.backoff = backoff;
        this.listener = listener;
        this.times = context.config().times();
        this.lossHandler = listener::onLost;
    }

    /** Begins; null = the key is not checked. */
    void start(final KeyCheck check)
    {
        keyCheck = check;
        isKeyAccepted = null == check;
        nextAttemptNs = System.nanoTime();
    }

    /** Does what is due. */
    void poll(final long nowNs)
    {
        poll(active, nowNs);
        poll(successor, nowNs);
        poll(retiring, nowNs);
        if (null != retiring && !context.inFlight().isWaiting(retiring))
        {
            retiring.close("renewed");
        }
        if (null == active && !isClosed && !isChecking && nowNs - nextAttemptNs >= 0)
        {
            connect(nowNs);
        }
        else if (null != ready() && null == successor && nowNs - renewAtNs >= 0)
        {
            renew(nowNs);
        }
    }

    /** @return the connection that takes requests, or null. */
    ApiConnection ready()
    {
        return null != active && ApiConnection.State.READY == active.state() ? active : null;
    }

    /** The venue will close the connection soon. */
    void renewSoon()
    {
        renewAtNs = System.nanoTime();
    }

    void close()
    {
        isClosed = true;
        close(successor);
        close(retiring);
        close(active);
    }

    // ---------------------------------------------------------------------------------------------------- connecting

    private void connect(final long nowNs)
    {
        if (!isKeyAccepted)
        {
            isChecking = true;
            keyCheck.run();
            return;
        }
        final long waitNs = waitNs(nowNs);
        if (waitNs > 0)
        {
            nextAttemptNs = nowNs + waitNs;
            return;
        }
        listener.onConnecting();
        isRefused = false;
        active = new ApiConnection(context, connectionEvents);
        active.open(sockets);
    }

    private void renew(final long nowNs)
    {
        final long waitNs = waitNs(nowNs);
        renewAtNs = nowNs + Math.max(waitNs, times.plannedReconnectMs() * MS / RENEWAL_ATTEMPTS_PER_AGE);
        if (0 == waitNs)
        {
            successor = new ApiConnection(context, connectionEvents);
            successor.open(sockets);
        }
    }

    private long waitNs(final long nowNs)
    {
        final long bannedNs = context.budget().bannedForNs();
        final long weightNs = bannedNs > 0 ? bannedNs : context.budget().tryRequest(CONNECT_WEIGHT);
        return weightNs > 0 ? weightNs : attempts.tryAcquire(nowNs);
    }

    private void scheduleAttempt(final ApiConnection lost)
    {
        final long nowNs = System.nanoTime();
        if (0 != lost.readySinceNs() && nowNs - lost.readySinceNs() > times.healthyAfterMs() * MS)
        {
            backoff.reset();
        }
        nextAttemptNs = nowNs + (isRefused ? times.backoffMaxMs() * MS : backoff.nextDelayNs());
    }

    /** Ages are spread by a twentieth, so that sessions do not all renew at once. */
    private long newRenewAtNs()
    {
        final long ageNs = times.plannedReconnectMs() * MS;
        return System.nanoTime() + ageNs - (long)(ThreadLocalRandom.current().nextDouble() * ageNs / 20);
    }

    private static void poll(final ApiConnection connection, final long nowNs)
    {
        if (null != connection)
        {
            connection.poll(nowNs);
        }
    }

    private static void close(final ApiConnection connection)
    {
        if (null != connection)
        {
            connection.close("closed by us");
        }
    }

    // ---------------------------------------------------------------------------------------------- check of the key

    @Override
    public void onAccepted()
    {
        isChecking = false;
        isKeyAccepted = true;
    }

    @Override
    public void onRefused(final String reason)
    {
        isChecking = false;
        nextAttemptNs = System.nanoTime() + times.backoffMaxMs() * MS;
        if (!isClosed)
        {
            listener.onRefused(reason);
        }
    }

    @Override
    public void onFailed(final String reason)
    {
        isChecking = false;
        nextAttemptNs = System.nanoTime() + backoff.nextDelayNs();
        LOG.warn("binance account {}: {}", context.config().accountId(), reason);
    }

    /** What connections report. */
    private final class ConnectionEvents implements ApiConnectionOwner
    {
        @Override
        public void onReady(final ApiConnection connection)
        {
            renewAtNs = newRenewAtNs();
            final boolean isRenewal = connection == successor;
            if (isRenewal)
            {
                context.counters().increment(Counter.RENEWALS);
                retiring = active;
                active = successor;
                successor = null;
            }
            listener.onReady(connection, isRenewal);
        }

        @Override
        public void onRefused(final ApiConnection connection, final String reason)
        {
            isRefused = true;
            listener.onRefused(reason);
        }

        @Override
        public void onClosed(
            final ApiConnection connection, final String reason, final int status, final long retryAfterSeconds)
        {
            if (isClosed)
            {
                return;
            }
            context.publisher().ingressTimeNs(context.clock().nanoTime());
            context.budget().onRefusedSocket(status, retryAfterSeconds);
            guard(() -> context.inFlight().onClosed(connection, reason, lossHandler));
            if (!isClosed)      // telling may have ended the session
            {
                guard(() -> remove(connection, reason));
            }
        }

        /** A fault in what is told of a loss must not keep the line from coming back. */
        private void guard(final Runnable work)
        {
            try
            {
                work.run();
            }
            catch (final PipelineHaltedException ex)
            {
                listener.onHalted(ex);
            }
            catch (final RuntimeException ex)
            {
                LOG.error("binance account {}: fault as a connection was lost", context.config().accountId(), ex);
            }
        }

        private void remove(final ApiConnection connection, final String reason)
        {
            if (connection == retiring)
            {
                retiring = null;
            }
            else if (connection == successor)
            {
                successor = null;
            }
            else if (connection == active)
            {
                context.counters().increment(Counter.DISCONNECTS);
                scheduleAttempt(connection);
                active = successor;
                successor = null;
                listener.onDown(reason);
            }
        }

        @Override
        public void onReply(final Pending pending, final ApiMessage reply)
        {
            listener.onReply(pending, reply);
        }

        @Override
        public void onEvent(final ApiConnection connection, final ApiMessage event)
        {
            listener.onEvent(event);
        }

        @Override
        public void onReadComplete()
        {
            listener.onReadComplete();
        }

        @Override
        public void onHalted(final PipelineHaltedException reason)
        {
            listener.onHalted(reason);
        }
    }
}
