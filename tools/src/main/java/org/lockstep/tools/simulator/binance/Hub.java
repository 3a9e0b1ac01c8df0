package org.lockstep.tools.simulator.binance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All stream connections and the topics they subscribed to. Event loop only. */
final class Hub
{
    private final Counters counters;
    private final Map<String, Topic> topics = new HashMap<>();
    private final List<StreamConnection> connections = new ArrayList<>();
    private final List<StreamConnection> unflushed = new ArrayList<>();
    private MarketSource source;

    Hub(final Counters counters)
    {
        this.counters = counters;
    }

    void attach(final MarketSource marketSource)
    {
        this.source = marketSource;
    }

    Counters counters()
    {
        return counters;
    }

    List<StreamConnection> connections()
    {
        return List.copyOf(connections);
    }

    Topic topic(final String name)
    {
        return topics.get(name);
    }

    void opened(final StreamConnection connection)
    {
        connections.add(connection);
        counters.connections++;
        counters.connectionsTotal++;
    }

    void closed(final StreamConnection connection)
    {
        if (connections.remove(connection))
        {
            counters.connections--;
            for (final String name : connection.subscriptions())
            {
                leave(connection, name);
            }
            source.onConsumersChanged();
        }
    }

    void subscribe(final StreamConnection connection, final StreamName name)
    {
        Topic topic = topics.get(name.text());
        if (null == topic)
        {
            topic = new Topic(name, counters);
            topics.put(name.text(), topic);
            topic.add(connection);
            source.onTopicOpened(topic);
        }
        else
        {
            topic.add(connection);
        }
    }

    void leave(final StreamConnection connection, final String name)
    {
        final Topic topic = topics.get(name);
        if (null != topic)
        {
            topic.remove(connection);
            if (topic.isEmpty())
            {
                topics.remove(name);
                source.onTopicClosed(topic);
            }
        }
    }

    /** A connection has gained or lost subscriptions, or can be written again. */
    void consumersChanged()
    {
        source.onConsumersChanged();
    }

    void dirty(final StreamConnection connection)
    {
        unflushed.add(connection);
    }

    void flush()
    {
        for (int i = 0; i < unflushed.size(); i++)
        {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    /** Whether every connection that subscribed to anything takes more bytes without queueing them. */
    boolean isWritable()
    {
        for (int i = 0; i < connections.size(); i++)
        {
            final StreamConnection connection = connections.get(i);
            if (!connection.isWritable() && !connection.subscriptions().isEmpty())
            {
                return false;
            }
        }
        return true;
    }

    boolean hasTopics()
    {
        return !topics.isEmpty();
    }
}
