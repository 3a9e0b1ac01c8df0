package org.lockstep.gateway.client.stream;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.FrameLog;
import org.lockstep.gateway.client.notify.AlertNotice;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.EventRenderer;
import org.lockstep.gateway.client.view.JsonWriter;
import org.lockstep.gateway.client.view.Reader;

/**
 * Event channels: every event, in order, once. A subscription that asks for what it missed is served from memory or
 * from the journal, a bounded piece at a time, and joins the live ones exactly where that ends. Client event loop only.
 */
final class EventStreams implements AutoCloseable
{
    private static final int RECOVERY_FRAMES_PER_CYCLE = 4_096;
    private static final int RECOVERY_EVENTS_PER_CYCLE = 256;
    private static final int SNAPSHOT_EVENTS = 50;
    private static final long NOT_RECOVERABLE = -1;

    private final ClientView view;
    private final EventRenderer events;
    private final Supplier<FrameLog> logSupplier;
    private final SessionWriter writer;
    private final Consumer<AlertNotice> notices;
    private final JsonWriter value = new JsonWriter();
    private final Map<DataChannel, SubscriberIndex> subscribers = new EnumMap<>(DataChannel.class);
    private final Map<DataChannel, EventHistory> histories = new EnumMap<>(DataChannel.class);
    private final ArrayDeque<Recovery> recoveries = new ArrayDeque<>();
    private FrameLog log;
    private int eventsThisCycle;

    EventStreams(
        final ClientView view,
        final Supplier<FrameLog> logSupplier,
        final SessionWriter writer,
        final Consumer<AlertNotice> notices)
    {
        this.notices = notices;
        this.view = view;
        this.events = new EventRenderer(view);
        this.logSupplier = logSupplier;
        this.writer = writer;
        for (final DataChannel channel : DataChannel.values())
        {
            if (!channel.isState())
            {
                subscribers.put(channel, new SubscriberIndex());
                histories.put(channel, new EventHistory());
            }
        }
    }

    void startFrom(final long sequence)
    {
        histories.values().forEach(history -> history.startFrom(sequence));
    }

    void onEvent(final DataChannel channel, final int instrumentId, final DirectBuffer buffer, final int offset)
    {
        final SubscriberIndex ofChannel = subscribers.get(channel);
        final boolean isWanted = ofChannel.wants(instrumentId);
        final long sequence = Frame.sequence(buffer, offset);
        if (DataChannel.PUBLIC_TRADES == channel && !isWanted)
        {
            histories.get(channel).startFrom(sequence + 1);     // nothing is rendered that nobody reads
            return;
        }
        final long timeMs = EventRenderer.timeMs(buffer, offset);
        events.render(channel, buffer, offset, value.reset());
        if (DataChannel.ALERTS == channel && !events.isRefusal())
        {
            notices.accept(new AlertNotice(
                view.epoch(), sequence, events.severity(), events.text(), value.toByteArray()));
        }
        final Predicate<Reader> admission = view.admission(buffer, offset);
        histories.get(channel).add(
            new EventHistory.Event(sequence, instrumentId, timeMs, admission, value.toByteArray()));
        if (isWanted)
        {
            writer.stats.messagesEncoded++;
            final OutboundMessage message = writer.envelope.data(
                channel, value, sequence, timeMs, writer.nowMs(), false, eventId(sequence));
            ofChannel.forEach(instrumentId, subscription -> send(subscription, admission, message));
            message.release();
        }
    }

    /**
     * Puts a subscription in the place of one that it goes on from.
     *
     * @param existing     or null.
     * @param subscription that comes.
     * @param wish         what it wants beyond the existing one, or null.
     * @param wishFrom     first sequence to send of that, or -1: what comes from now on.
     */
    void replace(
        final Subscription existing, final Subscription subscription, final SubscribeWish wish, final long wishFrom)
    {
        final long liveFrom = view.sequence() + 1;
        final Recovery unfinished = null == existing ? null : detach(existing);
        final Recovery recovery = new Recovery(
            subscription, unfinished, wishFrom < 0 ? null : wish, wishFrom, liveFrom);
        if (recovery.nextSequence < liveFrom)
        {
            subscription.session.recoveries++;
            recoveries.add(recovery);
        }
        else
        {
            subscribers.get(subscription.channel).add(subscription);
        }
    }

    /** @return what it had still to be sent, or null when it was live. */
    Recovery detach(final Subscription subscription)
    {
        subscribers.get(subscription.channel).remove(subscription);
        final Iterator<Recovery> iterator = recoveries.iterator();
        while (iterator.hasNext())
        {
            final Recovery recovery = iterator.next();
            if (recovery.subscription == subscription)
            {
                iterator.remove();
                subscription.session.recoveries--;
                return recovery;
            }
        }
        return null;
    }

    /** @return first sequence to send, or -1 when nothing was asked for or it cannot be had. */
    long recoverableFrom(final SubscribeWish wish)
    {
        final long from = wish.sinceOffset() + 1;
        if (null == wish.sinceEpoch() || wish.sinceOffset() > view.sequence() ||
            view.epochStart(wish.sinceEpoch()) < 0)
        {
            return NOT_RECOVERABLE;
        }
        return histories.get(wish.channel()).covers(from) || log().firstSequence() <= from ? from : NOT_RECOVERABLE;
    }

    void sendSnapshot(final Subscription subscription, final SubscribeWish wish)
    {
        if (DataChannel.PUBLIC_TRADES == subscription.channel)
        {
            sendRecentTrades(subscription, wish);
            return;
        }
        final EventHistory history = histories.get(subscription.channel);
        int matching = 0;
        for (final EventHistory.Event event : history.events())
        {
            matching += isFor(event, subscription, wish) ? 1 : 0;
        }
        int index = 0;
        for (final EventHistory.Event event : history.events())
        {
            if (isFor(event, subscription, wish) && index++ >= matching - SNAPSHOT_EVENTS)
            {
                writer.writeAndRelease(subscription.session, writer.envelope.data(
                    subscription.channel, event, writer.nowMs(), true, eventId(event.sequence())));
            }
        }
    }

    void sendSkipped(final ClientSession session)
    {
        for (final Subscription subscription : session.subscriptions.values())
        {
            if (subscription.skipped > 0 && session.isWritable())
            {
                final long skipped = subscription.skipped;
                subscription.skipped = 0;
                writer.send(session, "data", subscription.channel, null, json ->
                    json.field("skipped", skipped).field("offset", view.sequence()));
            }
        }
    }

    /** @return subscriptions that are being sent what they missed. */
    int recovering()
    {
        return recoveries.size();
    }

    int pollRecovery()
    {
        final Recovery recovery = recoveries.poll();
        if (null == recovery)
        {
            return 0;
        }
        final Subscription subscription = recovery.subscription;
        final ClientSession session = subscription.session;
        if (session.isClosing())
        {
            return 1;
        }
        if (!session.isWritable())
        {
            recoveries.add(recovery);
            return 0;
        }
        final EventHistory history = histories.get(subscription.channel);
        eventsThisCycle = 0;
        if (history.covers(recovery.nextSequence) ? recoverFromMemory(recovery, history) : recoverFromLog(recovery))
        {
            session.recoveries--;
            subscribers.get(subscription.channel).add(subscription);
        }
        else
        {
            recoveries.add(recovery);
        }
        return 1;
    }

    @Override
    public void close()
    {
        if (null != log)
        {
            log.close();
            log = null;
        }
    }

    private void send(
        final Subscription subscription, final Predicate<Reader> admission, final OutboundMessage message)
    {
        if (!admission.test(subscription.session.reader()))
        {
            return;
        }
        if (DataChannel.PUBLIC_TRADES == subscription.channel &&
            (subscription.skipped > 0 || !subscription.session.isWritable()))
        {
            subscription.skipped++;
            writer.stats.publicTradesSkipped++;
            return;
        }
        writer.write(subscription.session, message);
    }

    private static boolean isFor(
        final EventHistory.Event event, final Subscription subscription, final SubscribeWish wish)
    {
        return wish.wants(event.instrumentId()) && event.admission().test(subscription.session.reader());
    }

    private void sendRecentTrades(final Subscription subscription, final SubscribeWish wish)
    {
        for (final int instrumentId : view.resolve("*"))
        {
            for (int i = 0; wish.wants(instrumentId) && i < events.recentTradeCount(instrumentId); i++)
            {
                final int index = i;
                writer.send(subscription.session, "data", subscription.channel, null, json ->
                {
                    events.recentTrade(instrumentId, index, writer.nowMs(), json);
                    json.field("snapshot", true);
                });
            }
        }
    }

    private boolean recoverFromMemory(final Recovery recovery, final EventHistory history)
    {
        for (final EventHistory.Event event : history.events())
        {
            if (event.sequence() >= recovery.nextSequence)
            {
                if (eventsThisCycle == RECOVERY_EVENTS_PER_CYCLE)
                {
                    return false;
                }
                recovery.nextSequence = event.sequence() + 1;
                if (event.isFor(recovery))
                {
                    sendRecovered(recovery, event);
                }
            }
        }
        return true;
    }

    private boolean recoverFromLog(final Recovery recovery)
    {
        final long firstSequence = log().firstSequence();
        if (firstSequence > recovery.nextSequence)
        {
            writer.sendError(recovery.subscription.session, null, new ProtocolError("history_lost",
                "events of " + recovery.subscription.channel.code() + " from " + recovery.nextSequence + " to " +
                (firstSequence - 1) + " are no longer held", "since", 0));
            recovery.nextSequence = firstSequence;
        }
        final long liveFrom = view.sequence() + 1;
        final long before = recovery.nextSequence;
        log().read(before, RECOVERY_FRAMES_PER_CYCLE,
            (buffer, offset, length) -> onLogFrame(recovery, liveFrom, buffer, offset));
        return recovery.nextSequence >= liveFrom ||
            before == recovery.nextSequence && log().lastSequence() < before;
    }

    private void onLogFrame(
        final Recovery recovery, final long liveFrom, final DirectBuffer buffer, final int offset)
    {
        final long sequence = Frame.sequence(buffer, offset);
        if (eventsThisCycle == RECOVERY_EVENTS_PER_CYCLE || sequence < recovery.nextSequence)
        {
            return;
        }
        recovery.nextSequence = Math.min(sequence + 1, liveFrom);
        final DataChannel channel = recovery.subscription.channel;
        final int instrumentId = Frame.instrumentId(buffer, offset);
        if (sequence < liveFrom && recovery.wants(instrumentId, sequence) &&
            EventRenderer.belongs(channel, buffer, offset) &&
            view.admits(recovery.subscription.session.reader(), buffer, offset))
        {
            events.render(channel, buffer, offset, value.reset());
            writer.stats.eventsFromJournal++;
            sendRecovered(recovery, new EventHistory.Event(
                sequence, instrumentId, EventRenderer.timeMs(buffer, offset), reader -> true, value.toByteArray()));
        }
    }

    private void sendRecovered(final Recovery recovery, final EventHistory.Event event)
    {
        eventsThisCycle++;
        writer.stats.eventsRecovered++;
        writer.writeAndRelease(recovery.subscription.session, writer.envelope.data(
            recovery.subscription.channel, event, writer.nowMs(), false, eventId(event.sequence())));
    }

    private String eventId(final long sequence)
    {
        return view.epoch() + "/" + sequence;
    }

    private FrameLog log()
    {
        if (null == log)
        {
            log = logSupplier.get();
        }
        return log;
    }
}
