package org.lockstep.gateway.venue.binance.orderentry;

import org.agrona.DirectBuffer;
import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.gateway.net.WebSocketClient;
import org.lockstep.gateway.net.WebSocketListener;
import org.lockstep.gateway.net.WebSocketSession;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of the WebSocket API: measures the venue's clock, logs on (Ed25519) or not (HMAC, where each request is
 * signed), subscribes to the account's events, sends requests and matches their answers.
 * Threading: the session's loop. Allocation: none per request or message once it is ready.
 */
final class ApiConnection implements WebSocketListener
{
    /** Where a connection stands. */
    enum State
    {
        CONNECTING,
        AUTHENTICATING,
        READY,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(ApiConnection.class);
    private static final int BAD_TIMESTAMP = -1021;
    private static final int UNAUTHORIZED = 401;
    private static final int BANNED = 418;
    private static final int SERVER_TIME = ObjectFields.NAMED;

    private final AccountContext context;
    private final ApiConnectionOwner owner;
    private final ApiMessage message = new ApiMessage();
    private final ObjectFields timeFields = new ObjectFields("serverTime");
    private final JsonCursor cursor = new JsonCursor();
    private final boolean isSigned;

    private WebSocketSession session;
    private State state = State.CONNECTING;
    private String closeReason;
    private long readySinceNs;

    ApiConnection(final AccountContext context, final ApiConnectionOwner owner)
    {
        this.context = context;
        this.owner = owner;
        this.isSigned = context.templates().isSigned();
    }

    // --------------------------------------------------------------------------------------------------- operations

    void open(final WebSocketClient client)
    {
        context.counters().increment(Counter.CONNECTIONS);
        session = client.connect(context.config().webSocketApi(), this);
    }

    /** Sends an order request whose values are set; @return false when it certainly did not leave. */
    boolean trySend(final Pending pending, final RequestTemplate template)
    {
        return State.READY == state && context.sender().trySend(session, template, pending.id, isSigned);
    }

    /** Sends a cold request whose values are set; @return false when it did not leave and the handler hears nothing. */
    boolean request(final RequestTemplate template, final ReplyHandler handler)
    {
        return State.READY == state && request(template, isSigned, handler);
    }

    private boolean request(final RequestTemplate template, final boolean signs, final ReplyHandler handler)
    {
        final Pending pending = context.inFlight().claim(this, Pending.Kind.COLD, System.nanoTime());
        if (null == pending)
        {
            return false;
        }
        pending.handler = handler;
        if (!context.sender().trySend(session, template, pending.id, signs))
        {
            context.inFlight().release(pending);
            return false;
        }
        return true;
    }

    /** Measures the venue's clock. */
    void measureClock(final Runnable whenDone)
    {
        final long sentNs = context.clock().nanoTime();
        final boolean isSent = request(context.templates().time(), false, new ReplyHandler()
        {
            @Override
            public void onReply(final ApiMessage reply)
            {
                if (reply.isSuccess() && timeFields.read(reply.result(cursor)) && timeFields.timeNs(SERVER_TIME) > 0)
                {
                    context.offset().onSample(sentNs, context.clock().nanoTime(), timeFields.timeNs(SERVER_TIME));
                    whenDone.run();
                }
                else if (State.READY != state)
                {
                    close("the venue does not tell its time: " + reply.errorText());
                }
            }

            @Override
            public void onLost(final String reason)
            {
                close("the venue does not tell its time: " + reason);
            }
        });
        if (!isSent)
        {
            close("the request for the venue's time could not be sent");
        }
    }

    /** Subscribes to the account's events, again if need be. */
    void subscribe(final Runnable whenDone)
    {
        authenticate("subscription to the account's events", context.templates().subscribe(), isSigned, whenDone);
    }

    /** Does what is due. */
    void poll(final long nowNs)
    {
        if (State.CLOSED != state)
        {
            session.poll(nowNs);
        }
    }

    void close(final String reason)
    {
        if (State.CLOSED != state && null == closeReason)
        {
            closeReason = reason;
            session.close();
        }
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    @Override
    public void onOpen(final WebSocketSession opened)
    {
        session = opened;
        state = State.AUTHENTICATING;
        measureClock(this::logon);
    }

    private void logon()
    {
        if (isSigned)
        {
            subscribe(this::ready);
        }
        else
        {
            authenticate("log-on", context.templates().logon(), true, () -> subscribe(this::ready));
        }
    }

    private void ready()
    {
        state = State.READY;
        readySinceNs = System.nanoTime();
        owner.onReady(this);
    }

    @Override
    public void onMessage(
        final WebSocketSession from, final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        context.counters().increment(Counter.MESSAGES_RECEIVED);
        context.publisher().ingressTimeNs(timeNs);
        try
        {
            if (!message.read(buffer, offset, length))
            {
                reject(buffer, offset, length, null);
            }
            else if (message.isEvent())
            {
                owner.onEvent(this, message);
            }
            else
            {
                onReply();
            }
        }
        catch (final PipelineHaltedException ex)
        {
            owner.onHalted(ex);
        }
        catch (final RuntimeException ex)
        {
            reject(buffer, offset, length, ex);
        }
    }

    private void onReply()
    {
        if (context.budget().onReply(message))
        {
            context.counters().increment(Counter.LIMITS_HIT);
        }
        final long id = message.id();
        if (id < 0 && !message.isSuccess())
        {
            LOG.warn("binance account {}: the venue ends the session: {}", context.config().accountId(),
                message.errorText());
            if (UNAUTHORIZED == message.status())
            {
                owner.onRefused(this, message.errorText());
            }
            close("the venue ends the session: " + message.errorText());
            return;
        }
        final Pending pending = context.inFlight().find(id);
        if (null != pending && this == pending.connection)
        {
            if (null != pending.handler)
            {
                final ReplyHandler handler = pending.handler;
                final boolean isLate = pending.isReported;
                context.inFlight().release(pending);
                if (!isLate)
                {
                    handler.onReply(message);
                }
            }
            else
            {
                owner.onReply(pending, message);
                context.inFlight().release(pending);
            }
        }
        if (BANNED == message.status())
        {
            close("banned: " + message.errorText());
        }
    }

    private void reject(
        final DirectBuffer buffer, final int offset, final int length, final RuntimeException fault)
    {
        context.counters().increment(Counter.MESSAGES_REJECTED);
        if (1 == context.counters().get(Counter.MESSAGES_REJECTED) || null != fault)
        {
            LOG.error("binance account {}: a message was not understood: {}", context.config().accountId(),
                buffer.getStringWithoutLengthUtf8(offset, Math.min(length, 240)), fault);
        }
    }

    @Override
    public void onReadComplete(final WebSocketSession from)
    {
        owner.onReadComplete();
    }

    @Override
    public void onClosed(
        final WebSocketSession closed, final String reason, final int status, final long retryAfterSeconds)
    {
        if (State.CLOSED != state)
        {
            state = State.CLOSED;
            owner.onClosed(this, null == closeReason ? reason : closeReason, status, retryAfterSeconds);
        }
    }

    // ----------------------------------------------------------------------------------------------------- queries

    State state()
    {
        return state;
    }

    /** @return monotonic time since when it is ready. */
    long readySinceNs()
    {
        return readySinceNs;
    }

    private void authenticate(
        final String what, final RequestTemplate template, final boolean signs, final Runnable whenDone)
    {
        final boolean isSent = request(template, signs, new ReplyHandler()
        {
            @Override
            public void onReply(final ApiMessage reply)
            {
                if (reply.isSuccess())
                {
                    whenDone.run();
                    return;
                }
                if (BAD_TIMESTAMP == reply.code())
                {
                    context.counters().increment(Counter.CLOCK_REFUSALS);
                    context.offset().distrust();
                }
                else if (isRefusal(reply))
                {
                    owner.onRefused(ApiConnection.this, what + " refused: " + reply.errorText());
                }
                close(what + " refused: " + reply.errorText());
            }

            @Override
            public void onLost(final String reason)
            {
                close(what + ": " + reason);
            }
        });
        if (!isSent)
        {
            close(what + " could not be sent");
        }
    }

    /** Bad signature, bad format of the key, key unknown or without permission or from a wrong address. */
    private static boolean isRefusal(final ApiMessage reply)
    {
        final int code = reply.code();
        return -1022 == code || -2014 == code || -2015 == code || -1002 == code || UNAUTHORIZED == reply.status();
    }
}
