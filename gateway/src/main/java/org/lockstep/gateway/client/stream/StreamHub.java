package org.lockstep.gateway.client.stream;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.lockstep.engine.pipeline.FrameFeed;
import org.lockstep.engine.pipeline.FrameLog;
import org.lockstep.gateway.client.notify.AlertNotice;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.JsonWriter;
import org.lockstep.gateway.client.view.ReportRenderer;
import org.lockstep.gateway.client.view.StateRenderer;
import org.lockstep.gateway.client.view.ViewListener;

/**
 * Takes frames in and hands what they mean to the clients that want it: state conflated, events all and in order.
 * <p>
 * Threading: the client event loop, which calls {@link #doWork} again and again. Every source is polled with a bound.
 */
public final class StreamHub implements ViewListener, AutoCloseable
{
    private static final int FRAMES_PER_CYCLE = 1_024;
    private static final int CATCH_UP_FRAMES_PER_CYCLE = 8_192;
    private static final int HEALTH_INTERVAL_MS = 1_000;

    private final SessionWriter writer;
    private final ClientView view = new ClientView(this);
    private final StateRenderer states = new StateRenderer(view);
    private final ReportRenderer reports = new ReportRenderer(view);
    private final StateStreams stateStreams;
    private final EventStreams eventStreams;
    private final FrameIntake intake;
    private final InstrumentBridge bridge;
    private final CommandListener commandListener;
    private final Set<ClientSession> sessions = new LinkedHashSet<>();
    private long nextHealthMs;

    /** Told when a command has been journaled. */
    @FunctionalInterface
    public interface CommandListener
    {
        /**
         * A command came back.
         *
         * @param user      who gave it.
         * @param requestId under which.
         * @param sequence  in the journal.
         */
        void onCommand(String user, String requestId, long sequence);
    }

    /**
     * Puts the parts together; {@link #open} begins.
     *
     * @param feed            lossy broadcast of frames; this hub's own.
     * @param logSupplier     opens the journal for reading; called on the client event loop, up to twice.
     * @param clock           our clock.
     * @param healthRenderer  writes the fields of system-health.
     * @param commandListener told of every command.
     * @param bridge          to instruments that are not configured.
     * @param notices         told of every alert as it happens, not of those of the past.
     */
    public StreamHub(
        final FrameFeed feed,
        final Supplier<FrameLog> logSupplier,
        final EpochClock clock,
        final Consumer<JsonWriter> healthRenderer,
        final CommandListener commandListener,
        final InstrumentBridge bridge,
        final Consumer<AlertNotice> notices)
    {
        this.bridge = bridge;
        bridge.view(view);
        this.commandListener = commandListener;
        writer = new SessionWriter(clock);
        intake = new FrameIntake(feed, logSupplier, view::onFrame);
        stateStreams = new StateStreams(view, states, json ->
        {
            healthRenderer.accept(json);
            states.killSwitch(json);
        }, writer);
        eventStreams = new EventStreams(view, logSupplier, writer, notice ->
        {
            if (intake.isCaughtUp())
            {
                notices.accept(notice);
            }
        });
    }

    /** Opens the journal; must be called on the client event loop. */
    public void open()
    {
        eventStreams.startFrom(intake.open());
    }

    /**
     * One duty cycle.
     *
     * @return 0 when there was nothing to do.
     */
    public int doWork()
    {
        final long nowMs = writer.nowMs();
        int workCount = intake.poll(intake.isCaughtUp() ? FRAMES_PER_CYCLE : CATCH_UP_FRAMES_PER_CYCLE);
        workCount += view.poll(nowMs);
        workCount += stateStreams.flushDue(nowMs);
        workCount += eventStreams.pollRecovery();
        workCount += pollHealth(nowMs);
        bridge.poll(nowMs);
        writer.flush();
        return workCount;
    }

    /** @return the world as clients see it. */
    public ClientView view()
    {
        return view;
    }

    /** @return writes the world as JSON. */
    public StateRenderer states()
    {
        return states;
    }

    /** @return writes the market scanner and the performance of bots. */
    public ReportRenderer reports()
    {
        return reports;
    }

    /** @return the way to instruments that are not configured. */
    public InstrumentBridge bridge()
    {
        return bridge;
    }

    /** @return counters. */
    public HubStats stats()
    {
        return writer.stats;
    }

    /** @return true once everything journaled before the start has been seen. */
    public boolean isCaughtUp()
    {
        return intake.isCaughtUp();
    }

    /** @return name of the present run of the process, "0" until all that was journaled before it has been seen. */
    public String epoch()
    {
        return isCaughtUp() ? view.epoch() : "0";
    }

    /** @return subscriptions that are being sent what they missed. */
    public int recovering()
    {
        return eventStreams.recovering();
    }

    /** @return bytes that wait for clients. */
    public long queuedBytes()
    {
        long queued = 0;
        for (final ClientSession session : sessions)
        {
            queued += session.queuedBytes();
        }
        return queued;
    }

    /** @return how often the broadcast lapped this reader. */
    public long gaps()
    {
        return intake.gaps();
    }

    /** @return frames read from the journal instead of the broadcast. */
    public long recoveredFrames()
    {
        return intake.recoveredFrames();
    }

    /** @return clients that are signed in. */
    public Set<ClientSession> sessions()
    {
        return sessions;
    }

    /** @return how many clients subscribe to a channel. */
    public int subscriptionCount(final DataChannel channel)
    {
        int count = 0;
        for (final ClientSession session : sessions)
        {
            count += session.subscriptions.containsKey(channel) ? 1 : 0;
        }
        return count;
    }

    /** Adds a client that has signed in. */
    public void add(final ClientSession session)
    {
        sessions.add(session);
        writer.stats.sessionsOpened++;
    }

    /** Forgets a client that has gone. */
    public void remove(final ClientSession session)
    {
        if (sessions.remove(session))
        {
            for (final Subscription subscription : session.subscriptions.values())
            {
                end(subscription);
            }
            session.subscriptions.clear();
            session.deferred.clear();
        }
    }

    /** Sends a message to one client. */
    public void send(
        final ClientSession session,
        final String type,
        final DataChannel channel,
        final String id,
        final Consumer<JsonWriter> data)
    {
        writer.send(session, type, channel, id, data);
        writer.flush();
    }

    void sendRaw(final ClientSession session, final String type, final String id, final byte[] data)
    {
        writer.writeAndRelease(session, writer.envelope.raw(type, id, writer.nowMs(), data));
        writer.flush();
    }

    /** Sends an error to one client. */
    public void sendError(final ClientSession session, final String id, final ProtocolError error)
    {
        writer.sendError(session, id, error);
        writer.flush();
    }

    /**
     * Subscribes, answers, and sends what comes first: missed events, or a snapshot.
     *
     * @param session to serve.
     * @param wish    what it asked for, checked.
     */
    public void subscribe(final ClientSession session, final SubscribeWish wish)
    {
        if (!wish.missing().isEmpty())
        {
            awaitMissing(session, wish);
            return;
        }
        final DataChannel channel = wish.channel();
        final Subscription subscription = new Subscription(session, channel);
        final Subscription existing = session.subscriptions.put(channel, subscription);
        if (null != existing)
        {
            subscription.goOnFrom(existing);
        }
        subscription.add(wish);
        subscription.conflateMs = ConflationGroup.roundUp(wish.conflateMs());
        subscription.depth = wish.depth();

        final long recoverableFrom = channel.isState() ? -1 : eventStreams.recoverableFrom(wish);
        sendSubscribed(session, wish, subscription, recoverableFrom >= 0);
        if (channel.isState())
        {
            stateStreams.sendSnapshot(subscription, wish);
        }
        else if (recoverableFrom < 0)
        {
            eventStreams.sendSnapshot(subscription, wish);
        }
        replace(existing, subscription, wish, recoverableFrom);
        writer.flush();
    }

    /** Asks for instruments that are not there yet, and subscribes when the last of them is. */
    private void awaitMissing(final ClientSession session, final SubscribeWish wish)
    {
        final int[] remaining = {wish.missing().size()};
        wish.missing().forEach((symbol, field) ->
            bridge.request(symbol, session.identity().user(), error ->
            {
                if (session.isClosing() || !sessions.contains(session) || remaining[0] < 0)
                {
                    return;
                }
                if (null != error)
                {
                    remaining[0] = -1;
                    sendError(session, wish.id(), new ProtocolError(
                        error.code(), error.message(), field, error.retryAfterMs()));
                }
                else if (0 == --remaining[0])
                {
                    subscribe(session, wish.resolved(view));
                }
            }));
    }

    /**
     * Ends a subscription, wholly, for some instruments, or for some intervals of bars.
     *
     * @param session to serve.
     * @param wish    what it asked for, checked.
     */
    public void unsubscribe(final ClientSession session, final SubscribeWish wish)
    {
        final Subscription existing = session.subscriptions.remove(wish.channel());
        if (null != existing)
        {
            final Subscription remaining = new Subscription(session, wish.channel());
            remaining.goOnFrom(existing);
            remaining.remove(wish);
            if (remaining.isEmpty())
            {
                end(existing);
            }
            else
            {
                session.subscriptions.put(wish.channel(), remaining);
                replace(existing, remaining, null, -1);
            }
        }
        send(session, "unsubscribed", wish.channel(), wish.id(), json ->
        {
            json.name("symbols").beginArray();
            wish.symbols().forEach(json::value);
            json.endArray();
        });
    }

    /** Sends what was put off while a client's socket was full. */
    public void onWritable(final ClientSession session)
    {
        stateStreams.sendDeferred(session);
        eventStreams.sendSkipped(session);
        writer.flush();
    }

    @Override
    public void onState(final DataChannel channel, final long key, final int instrumentId)
    {
        stateStreams.onState(channel, key, instrumentId);
    }

    @Override
    public void onEvent(
        final DataChannel channel, final int instrumentId, final DirectBuffer buffer, final int offset)
    {
        eventStreams.onEvent(channel, instrumentId, buffer, offset);
    }

    @Override
    public void onCommand(final String user, final String requestId, final long sequence)
    {
        commandListener.onCommand(user, requestId, sequence);
        bridge.onJournaled(requestId);
    }

    @Override
    public void close()
    {
        intake.close();
        eventStreams.close();
    }

    private void sendSubscribed(
        final ClientSession session,
        final SubscribeWish wish,
        final Subscription subscription,
        final boolean isRecovered)
    {
        writer.send(session, "subscribed", wish.channel(), wish.id(), json ->
        {
            json.name("symbols").beginArray();
            wish.symbols().forEach(json::value);
            json.endArray()
                .field("epoch", view.epoch())
                .field("offset", view.sequence())
                .field("recovered", isRecovered);
            if (wish.channel().isState())
            {
                json.field("conflateMs", subscription.conflateMs);
            }
            if (DataChannel.ORDERBOOK == wish.channel())
            {
                json.field("levels", subscription.depth);
            }
        });
    }

    private int pollHealth(final long nowMs)
    {
        if (nowMs < nextHealthMs)
        {
            return 0;
        }
        nextHealthMs = nowMs + HEALTH_INTERVAL_MS;
        stateStreams.onState(DataChannel.SYSTEM_HEALTH, 0, -1);
        return 1;
    }

    /** Puts a subscription in the place of one that it goes on from, if there is one. */
    private void replace(
        final Subscription existing, final Subscription subscription, final SubscribeWish wish, final long wishFrom)
    {
        final String user = subscription.session.identity().user();
        subscription.forEachNamed(id -> bridge.retain(id, user));
        if (subscription.channel.isState())
        {
            stateStreams.replace(existing, subscription, wish);
        }
        else
        {
            eventStreams.replace(existing, subscription, wish, wishFrom);
        }
        if (null != existing)
        {
            existing.forEachNamed(bridge::release);
        }
    }

    private void end(final Subscription subscription)
    {
        subscription.forEachNamed(bridge::release);
        if (subscription.channel.isState())
        {
            stateStreams.detach(subscription);
        }
        else
        {
            eventStreams.detach(subscription);
        }
    }
}
