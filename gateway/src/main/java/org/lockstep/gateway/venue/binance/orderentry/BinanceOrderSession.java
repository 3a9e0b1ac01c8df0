package org.lockstep.gateway.venue.binance.orderentry;

import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.order.ClientOrderIdText;
import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.net.RestClient;
import org.lockstep.gateway.net.RestConfig;
import org.lockstep.gateway.net.WebSocketClient;
import org.lockstep.gateway.net.WebSocketConfig;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.OrderCapabilities;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderRequestQueue;
import org.lockstep.gateway.venue.OrderSession;
import org.lockstep.gateway.venue.OrderSessionCounters;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.common.OrderCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private session of one account at Binance Spot. One event loop runs its sockets, timers and requests; it may be
 * the one that runs the engine.
 * <p>
 * Threading: {@link #onRequest} and {@link #flush} by the engine's thread, other public methods by any. Allocation:
 * none from a request to the socket (with HMAC, or Ed25519 once logged on), none from a report to its frame.
 */
public final class BinanceOrderSession implements OrderSession
{
    private static final Logger LOG = LoggerFactory.getLogger(BinanceOrderSession.class);
    private static final OrderCapabilities CAPABILITIES = new OrderCapabilities(
        EnumSet.of(OrderType.LIMIT, OrderType.MARKET, OrderType.LIMIT_MAKER, OrderType.STOP_LOSS,
            OrderType.STOP_LOSS_LIMIT, OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT),
        OrderCapabilities.ReplaceKind.CANCEL_AND_PLACE, true, false, true);
    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    private static final int MAX_QUEUED_REQUESTS = 256;
    private static final int QUEUE_BYTES = 1 << 18;
    private static final int NO_FRAME_LIMIT = 1_000_000;
    private static final int DRAIN_LIMIT = 4096;

    private static final long MS = 1_000_000L;

    private final BinanceOrderConfig config;
    private final Credentials credentials;
    private final EventLoop loop;
    private final EpochNanoClock clock;
    private final Runnable onReadComplete;
    private final OrderSessionCounters counters = new OrderSessionCounters();
    private final OrderRequestQueue queue;
    private final AccountContext context;
    private final OrderEventPublisher publisher;
    private final OrderReplies replies;
    private final OrderRequests requests;
    private final AccountEvents events;
    private final Reconciler reconciler;
    private final Housekeeping housekeeping;
    private final RestOrders rest;
    private final KeyCheck keyCheck;
    private final ApiLines lines;
    private final LostRequests lostRequests;
    private final InFlight.LossHandler lossHandler = this::onLost;
    private final OrderRequestQueue.RefusalHandler refusalHandler = this::onRefusedByQueue;
    private final Runnable drainQueue = this::drainQueue;
    private final Runnable dutyCycle = this::dutyCycle;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final GuardedPublisher guarded;

    private ScheduledFuture<?> duty;
    private boolean wasLive;
    private volatile AccountState state = AccountState.STOPPED;
    private volatile boolean isEnded;

    /**
     * Constructs a session; nothing is opened before {@link #start()}.
     *
     * @param config         of the session.
     * @param credentials    the account's key; destroyed by {@link #close()}.
     * @param journalId      tells this journal's orders from others on the account.
     * @param seed           what the recovered engine knows.
     * @param framePublisher where frames go.
     * @param directory      of instruments.
     * @param limits         of this machine's address, shared by everything that speaks to the same environment.
     * @param loop           runs the session.
     * @param clock          epoch time.
     * @param onReadComplete called on the loop after each batch of reads: the place for a thread plan that runs the
     *                       engine there.
     * @param sslContext     for https and wss, null = the JDK's trust.
     */
    public BinanceOrderSession(
        final BinanceOrderConfig config,
        final Credentials credentials,
        final long journalId,
        final OrderSessionSeed seed,
        final FramePublisher framePublisher,
        final InstrumentDirectory directory,
        final BinanceLimits limits,
        final EventLoop loop,
        final EpochNanoClock clock,
        final Runnable onReadComplete,
        final SslContext sslContext)
    {
        this.config = config;
        this.credentials = credentials;
        this.loop = loop;
        this.clock = clock;
        this.onReadComplete = onReadComplete;
        this.guarded = new GuardedPublisher(framePublisher);
        this.publisher = new OrderEventPublisher(guarded, counters, Venue.BINANCE, config.accountId(), 0);
        final RequestSigner signer = new RequestSigner(credentials);
        final RequestTemplates templates =
            new RequestTemplates(signer.apiKey(), !signer.logsOn(), config.recvWindowMs());
        final ClientOrderIdText ids = new ClientOrderIdText(journalId);
        final VenueOffset offset = new VenueOffset(clock);
        final RequestSender sender = new RequestSender(signer, offset, new RequestValues(ids));
        final OrderCounts counts = new OrderCounts(config.ordersPer10s(), config.ordersPerDay());
        this.context = new AccountContext(config, clock, publisher, counters, ids, new InFlight(),
            new KnownInstruments(directory, seed, templates, RequestTemplates.forRest(config.recvWindowMs())),
            new OrderMemory(), new OrderBudget(limits, counts, clock), offset, sender, templates);
        final BinanceOrderConfig.Times times = config.times();
        final RestClient restClient = new RestClient(loop, config.rest(), clock, limits.forAccount(counts),
            new RestConfig((int)times.requestTimeoutMs(), MAX_MESSAGE_BYTES, MAX_QUEUED_REQUESTS), sslContext);
        this.rest = new RestOrders(restClient, sender, signer.apiKey());
        final WebSocketClient sockets = new WebSocketClient(loop, clock, new WebSocketConfig(times.connectTimeoutMs(),
            times.idleTimeoutMs() * MS, times.idleTimeoutMs() * MS / 2, MAX_MESSAGE_BYTES, NO_FRAME_LIMIT,
            NO_FRAME_LIMIT), sslContext);
        final OrderRows rows = new OrderRows(context);
        final Balances balances = new Balances(publisher);
        final FollowUps followUps = new FollowUps();
        this.replies = new OrderReplies(context, followUps);
        this.requests = new OrderRequests(context, replies, rows, rest);
        this.events = new AccountEvents(context, balances, followUps);
        this.reconciler = new Reconciler(context, rows, balances, newBackoff(), this::onReconciled);
        this.housekeeping = new Housekeeping(context, reconciler);
        this.lines = new ApiLines(context, sockets, limits.connects(), newBackoff(), new LineEvents());
        this.keyCheck = config.allowsWithdrawalKeys() ? null : new KeyCheck(context, restClient, rest, lines);
        this.lostRequests = new LostRequests(context);
        this.queue = new OrderRequestQueue(QUEUE_BYTES, counters, loop, this::drain);
    }

    // --------------------------------------------------------------------------------------------------- operations

    @Override
    public CompletableFuture<Void> start()
    {
        loop.execute(() ->
        {
            if (null == duty && !isEnded)
            {
                lines.start(keyCheck);
                context.instruments().prepare();
                guard(() -> become(AccountState.CONNECTING, ""));
                final long cycleMs = config.times().dutyCycleMs();
                duty = loop.scheduleWithFixedDelay(() -> guard(dutyCycle), 0, cycleMs, TimeUnit.MILLISECONDS);
            }
        });
        return started;
    }

    @Override
    public void onRequest(final DirectBuffer buffer, final int offset, final int length)
    {
        queue.offer(buffer, offset, length);
    }

    @Override
    public void flush()
    {
        if (loop.inEventLoop() && !guarded.isClaiming())
        {
            drain();
        }
    }

    @Override
    public void reconcile(final ReconcileCause cause)
    {
        loop.execute(() -> reconciler.want(cause));
    }

    @Override
    public void close()
    {
        if (loop.inEventLoop())
        {
            end();
        }
        else if (!loop.isShuttingDown())
        {
            loop.submit(this::end).awaitUninterruptibly(config.times().requestTimeoutMs());
        }
    }

    // ----------------------------------------------------------------------------------------------------- queries

    @Override
    public Venue venue()
    {
        return Venue.BINANCE;
    }

    @Override
    public int accountId()
    {
        return config.accountId();
    }

    @Override
    public OrderCapabilities capabilities()
    {
        return CAPABILITIES;
    }

    @Override
    public AccountState state()
    {
        return state;
    }

    @Override
    public OrderSessionCounters counters()
    {
        return counters;
    }

    // ------------------------------------------------------------------------------------------------------- duties

    private void drain()
    {
        if (!isEnded)
        {
            guard(drainQueue);
        }
    }

    /** Takes as many as it finds; what comes meanwhile wakes the loop again. */
    private void drainQueue()
    {
        queue.drain(requests, DRAIN_LIMIT);
    }

    private void dutyCycle()
    {
        final long nowNs = System.nanoTime();
        publisher.ingressTimeNs(clock.nanoTime());
        drainQueue();
        queue.drainRefusals(refusalHandler);
        lines.poll(nowNs);
        lostRequests.poll(state);
        context.inFlight().pollTimeouts(nowNs, config.times().requestTimeoutMs() * MS, lossHandler);
        requests.poll(nowNs);
        housekeeping.poll(nowNs, lines.ready());
    }

    // --------------------------------------------------------------------------------------------------- transitions

    private void become(final AccountState newState, final String reason)
    {
        if (newState != state)
        {
            state = newState;
            publisher.ingressTimeNs(clock.nanoTime());
            publisher.status(newState, reason);
            LOG.info("binance account {}: {}{}", config.accountId(), newState, reason.isEmpty() ? "" : ", " + reason);
        }
    }

    private void onReconciled(final ReconcileCause cause)
    {
        housekeeping.onReconciled();
        wasLive = true;
        become(AccountState.LIVE, "");
        started.complete(null);
    }

    private void onRefused(final String reason)
    {
        become(AccountState.REFUSED, reason);
        started.completeExceptionally(new IllegalArgumentException(
            "binance account " + config.accountId() + ": " + reason));
    }

    private void onLost(final Pending pending, final String reason)
    {
        if (null != pending.handler)
        {
            pending.handler.onLost(reason);
        }
        else
        {
            replies.onUnknown(pending, reason);
        }
    }

    private void onRefusedByQueue(
        final long orderId, final int botId, final int instrumentId, final RequestKind request)
    {
        requests.refuse(instrumentId, orderId, request, RejectReason.ORDER_PORT_FULL);
    }

    private void guard(final Runnable work)
    {
        try
        {
            work.run();
        }
        catch (final PipelineHaltedException ex)
        {
            halt(ex);
        }
        catch (final RuntimeException ex)
        {
            LOG.error("binance account {}: fault in the session", config.accountId(), ex);
        }
    }

    private void halt(final PipelineHaltedException reason)
    {
        if (!isEnded)
        {
            LOG.error("binance account {}: the session stops, no more frames are taken: {}", config.accountId(),
                reason.getMessage());
            end();
        }
    }

    private void end()
    {
        if (isEnded)
        {
            return;
        }
        try
        {
            publisher.ingressTimeNs(clock.nanoTime());
            context.inFlight().onClosed(null, "the session was closed", lossHandler);
            become(AccountState.STOPPED, "closed");
        }
        catch (final PipelineHaltedException ex)
        {
            LOG.info("binance account {}: closed after the engine", config.accountId());
        }
        catch (final RuntimeException ex)
        {
            LOG.error("binance account {}: fault as the session closed", config.accountId(), ex);
        }
        isEnded = true;
        state = AccountState.STOPPED;
        if (null != duty)
        {
            duty.cancel(false);
        }
        lines.close();
        rest.close();
        credentials.destroy();
        started.completeExceptionally(new IllegalStateException("the session was closed"));
    }

    private Backoff newBackoff()
    {
        return new Backoff(config.times().backoffMinMs() * MS, config.times().backoffMaxMs() * MS,
            () -> ThreadLocalRandom.current().nextDouble());
    }

    /** What the connection reports, and what comes over it. */
    private final class LineEvents implements ApiLines.Listener
    {
        @Override
        public void onConnecting()
        {
            become(AccountState.CONNECTING, "");
        }

        @Override
        public void onReady(final ApiConnection connection, final boolean isRenewal)
        {
            housekeeping.onClockMeasured();
            housekeeping.onSubscribed();
            requests.connection(connection);
            if (!isRenewal)
            {
                become(AccountState.RECONCILING, "");
                reconciler.want(wasLive ? ReconcileCause.RECONNECT : ReconcileCause.START);
            }
        }

        @Override
        public void onDown(final String reason)
        {
            requests.connection(null);
            reconciler.poll(System.nanoTime(), null);
            if (AccountState.REFUSED != state)
            {
                become(AccountState.RECONNECTING, reason);
            }
        }

        @Override
        public void onRefused(final String reason)
        {
            guard(() -> BinanceOrderSession.this.onRefused(reason));
        }

        @Override
        public void onReply(final Pending pending, final ApiMessage reply)
        {
            replies.onReply(pending, reply);
        }

        @Override
        public void onLost(final Pending pending, final String reason)
        {
            BinanceOrderSession.this.onLost(pending, reason);
        }

        @Override
        public void onEvent(final ApiMessage event)
        {
            events.onEvent(event);
        }

        @Override
        public void onReadComplete()
        {
            onReadComplete.run();
        }

        @Override
        public void onHalted(final PipelineHaltedException reason)
        {
            halt(reason);
        }
    }

    /** What events and refusals ask for beyond their frames. */
    private final class FollowUps implements OrderReplies.Listener, AccountEvents.StreamHandler
    {
        @Override
        public void onClockRefused()
        {
            housekeeping.onClockRefused();
        }

        @Override
        public boolean placeSuccessor(final Pending pending, final long executed)
        {
            return requests.placeSuccessor(pending, executed);
        }

        @Override
        public void onGone(final int instrumentId, final long orderId, final int generation)
        {
            requests.askGone(instrumentId, orderId, generation);
        }

        @Override
        public void onServerShutdown()
        {
            lines.renewSoon();
        }

        @Override
        public void onStreamTerminated()
        {
            final ApiConnection ready = lines.ready();
            if (null != ready)
            {
                become(AccountState.RECONCILING, "the account's events ended, they are subscribed again");
                housekeeping.resubscribe(ready);
            }
        }

        @Override
        public void onMoneyMoved()
        {
            reconciler.want(ReconcileCause.TIMER);
        }
    }
}
