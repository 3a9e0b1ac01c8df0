package org.lockstep.gateway.client.stream;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.agrona.collections.LongArrayList;
import org.lockstep.gateway.client.view.BookLevels;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.JsonWriter;
import org.lockstep.gateway.client.view.StateRenderer;

/** State channels: the newest value, at most every so often, equal ones once. Client event loop only. */
final class StateStreams
{
    private final ClientView view;
    private final StateRenderer states;
    private final Consumer<JsonWriter> healthRenderer;
    private final SessionWriter writer;
    private final JsonWriter value = new JsonWriter();
    private final Map<DataChannel, List<ConflationGroup>> groups = new EnumMap<>(DataChannel.class);

    StateStreams(
        final ClientView view,
        final StateRenderer states,
        final Consumer<JsonWriter> healthRenderer,
        final SessionWriter writer)
    {
        this.view = view;
        this.states = states;
        this.healthRenderer = healthRenderer;
        this.writer = writer;
        for (final DataChannel channel : DataChannel.values())
        {
            if (channel.isState())
            {
                groups.put(channel, new ArrayList<>());
            }
        }
    }

    void onState(final DataChannel channel, final long key, final int instrumentId)
    {
        final List<ConflationGroup> ofChannel = groups.get(channel);
        for (int i = 0; i < ofChannel.size(); i++)
        {
            final ConflationGroup group = ofChannel.get(i);
            if (group.subscribers.wants(instrumentId))
            {
                group.markDirty(key);
                // Bars of the past come in hundreds: those of one round of reading are told together.
                if (0 == group.conflateMs && DataChannel.KLINES != channel)
                {
                    flush(group, writer.nowMs());
                }
            }
        }
    }

    /**
     * Puts a subscription in the place of one that it goes on from. When both are told with others of their own, what
     * the one that goes had still to be told is told at once, and so are its books: the others know other levels.
     *
     * @param existing     or null.
     * @param subscription that comes.
     * @param wish         of which all has been told, or null.
     */
    void replace(final Subscription existing, final Subscription subscription, final SubscribeWish wish)
    {
        final ConflationGroup group = group(subscription);
        group.subscribers.add(subscription);
        if (null == existing)
        {
            return;
        }
        final ConflationGroup before = group(existing);
        if (before != group)
        {
            final LongArrayList keys =
                DataChannel.ORDERBOOK == subscription.channel ? view.keys(subscription.channel) : before.dirty();
            for (int i = 0; i < keys.size(); i++)
            {
                defer(existing, keys.getLong(i), wish);
            }
        }
        detach(existing);
        sendDeferred(subscription.session);
    }

    void detach(final Subscription subscription)
    {
        final ConflationGroup group = group(subscription);
        group.subscribers.remove(subscription);
        if (group.subscribers.isEmpty())
        {
            group.clear();
        }
    }

    int flushDue(final long nowMs)
    {
        int workCount = 0;
        for (final List<ConflationGroup> ofChannel : groups.values())
        {
            for (int i = 0; i < ofChannel.size(); i++)
            {
                if (ofChannel.get(i).isDue(nowMs))
                {
                    flush(ofChannel.get(i), nowMs);
                    workCount++;
                }
            }
        }
        return workCount;
    }

    void sendSnapshot(final Subscription subscription, final SubscribeWish wish)
    {
        final DataChannel channel = subscription.channel;
        final LongArrayList keys = view.keys(channel);
        if (DataChannel.SYSTEM_HEALTH == channel)
        {
            keys.addLong(0);
        }
        final ConflationGroup group = group(subscription);
        for (int i = 0; i < keys.size(); i++)
        {
            final long key = keys.getLong(i);
            if (wish.wantsKey(key) && isFor(subscription, key) &&
                settle(group, key) && renderFor(subscription, key, true))
            {
                // What the others got last is not what this one knows now: the next change must reach it.
                group.forget(key);
                writer.writeAndRelease(subscription.session, message(channel, writer.nowMs(), true));
            }
        }
    }

    void sendDeferred(final ClientSession session)
    {
        final Iterator<ClientSession.Deferred> deferred = session.deferred.iterator();
        while (deferred.hasNext() && session.isWritable())
        {
            final ClientSession.Deferred next = deferred.next();
            final Subscription subscription = session.subscriptions.get(next.channel());
            final boolean isBook = DataChannel.ORDERBOOK == next.channel();
            if (null != subscription && isFor(subscription, next.key()) &&
                settle(group(subscription), next.key()) &&
                renderFor(subscription, next.key(), DataChannel.KLINES == next.channel()))
            {
                writer.writeAndRelease(session, message(next.channel(), writer.nowMs(), isBook));
            }
            deferred.remove();
        }
    }

    private void flush(final ConflationGroup group, final long nowMs)
    {
        final LongArrayList dirty = group.dirty();
        for (int i = 0; i < dirty.size(); i++)
        {
            final long key = dirty.getLong(i);
            final int instrumentId = ClientView.instrumentOf(group.channel, key);
            if (DataChannel.ORDERBOOK == group.channel)
            {
                flushBook(group, key, nowMs);
            }
            else if (group.subscribers.wants(instrumentId) && render(group.channel, key,
                DataChannel.KLINES == group.channel && states.isPastChanged(key, group.lastFlushSequence())) &&
                group.isNews(key, value))
            {
                writer.stats.messagesEncoded++;
                final OutboundMessage message = message(group.channel, nowMs, false);
                group.subscribers.forEach(instrumentId, subscription -> send(subscription, key, message));
                message.release();
            }
        }
        group.flushed(nowMs, view.sequence());
    }

    /** Books are told by what has changed since the group was told last. */
    private void flushBook(final ConflationGroup group, final long key, final long nowMs)
    {
        final int instrumentId = (int)key;
        if (!group.subscribers.wants(instrumentId))
        {
            return;
        }
        final BookLevels.Change change = states.bookChange(key, group.book(key), value.reset());
        if (BookLevels.Change.NONE != change)
        {
            writer.stats.messagesEncoded++;
            final OutboundMessage message = message(group.channel, nowMs, BookLevels.Change.WHOLE == change);
            group.subscribers.forEach(instrumentId, subscription -> send(subscription, key, message));
            message.release();
        }
    }

    /** Before one subscriber is told a whole book, the others are told how theirs came to it. */
    private boolean settle(final ConflationGroup group, final long key)
    {
        if (DataChannel.ORDERBOOK == group.channel)
        {
            if (group.subscribers.wants((int)key))
            {
                flushBook(group, key, writer.nowMs());
            }
            else
            {
                states.bookChange(key, group.book(key), value.reset());
            }
        }
        return true;
    }

    private void send(final Subscription subscription, final long key, final OutboundMessage message)
    {
        if (!isFor(subscription, key))
        {
            return;
        }
        final ClientSession session = subscription.session;
        if (session.isWritable() && session.deferred.isEmpty())
        {
            writer.write(session, message);
        }
        else if (session.deferred.add(new ClientSession.Deferred(subscription.channel, key)))
        {
            writer.stats.valuesDeferred++;
        }
    }

    private static void defer(final Subscription existing, final long key, final SubscribeWish wish)
    {
        if (existing.wantsKey(key) && (null == wish || !wish.wantsKey(key)))
        {
            existing.session.deferred.add(new ClientSession.Deferred(existing.channel, key));
        }
    }

    private boolean isFor(final Subscription subscription, final long key)
    {
        return subscription.wantsKey(key) && view.admits(subscription.session.reader(), subscription.channel, key);
    }

    private boolean renderFor(final Subscription subscription, final long key, final boolean isSnapshot)
    {
        return DataChannel.ORDERBOOK == subscription.channel ?
            states.book(key, subscription.depth, value.reset()) : render(subscription.channel, key, isSnapshot);
    }

    private boolean render(final DataChannel channel, final long key, final boolean isSnapshot)
    {
        value.reset();
        if (DataChannel.SYSTEM_HEALTH == channel)
        {
            healthRenderer.accept(value);
            return true;
        }
        return states.render(channel, key, isSnapshot, value);
    }

    private OutboundMessage message(final DataChannel channel, final long nowMs, final boolean isSnapshot)
    {
        final boolean isHealth = DataChannel.SYSTEM_HEALTH == channel;
        return writer.envelope.data(channel, value, isHealth ? view.sequence() : states.sequence(),
            isHealth ? nowMs : states.timeMs(), nowMs, isSnapshot, null);
    }

    private ConflationGroup group(final Subscription subscription)
    {
        final List<ConflationGroup> ofChannel = groups.get(subscription.channel);
        for (final ConflationGroup group : ofChannel)
        {
            if (group.conflateMs == subscription.conflateMs && group.depth == subscription.depth)
            {
                return group;
            }
        }
        final ConflationGroup group = new ConflationGroup(
            subscription.channel, subscription.conflateMs, subscription.depth);
        ofChannel.add(group);
        return group;
    }
}
