package org.lockstep.tools.simulator.binance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A stream name and the connections that subscribed to it. Event loop only. */
final class Topic
{
    private final StreamName name;
    private final byte[] wrapper;
    private final Counters counters;
    private final List<StreamConnection> subscribers = new ArrayList<>();
    private int microSubscribers;

    Topic(final StreamName name, final Counters counters)
    {
        this.name = name;
        this.counters = counters;
        this.wrapper = ("{\"stream\":\"" + name.text() + "\",\"data\":").getBytes(StandardCharsets.UTF_8);
    }

    StreamName name()
    {
        return name;
    }

    void add(final StreamConnection connection)
    {
        subscribers.add(connection);
        microSubscribers += connection.isMicros() ? 1 : 0;
    }

    void remove(final StreamConnection connection)
    {
        if (subscribers.remove(connection))
        {
            microSubscribers -= connection.isMicros() ? 1 : 0;
        }
    }

    boolean isEmpty()
    {
        return subscribers.isEmpty();
    }

    /** Whether anybody wants this unit of time. */
    boolean wants(final boolean micros)
    {
        return micros ? microSubscribers > 0 : subscribers.size() > microSubscribers;
    }

    /** Hands a payload to all subscribers that want its unit of time; the bytes are copied. */
    void publish(final JsonBytes payload, final boolean micros)
    {
        for (int i = subscribers.size() - 1; i >= 0; i--)
        {
            final StreamConnection connection = subscribers.get(i);
            if (connection.isMicros() == micros)
            {
                if (connection.isCombined())
                {
                    connection.sendWrapped(wrapper, payload.bytes(), 0, payload.length());
                }
                else
                {
                    connection.sendText(payload.bytes(), 0, payload.length());
                }
                counters.served[name.kind().ordinal()]++;
            }
        }
    }

    /** Hands a recorded message to all subscribers as it was recorded; the bytes are copied. */
    void publishRecorded(
        final byte[] line,
        final int rawOffset,
        final int rawLength,
        final boolean wrapped,
        final int dataOffset,
        final int dataLength)
    {
        for (int i = subscribers.size() - 1; i >= 0; i--)
        {
            final StreamConnection connection = subscribers.get(i);
            if (!connection.isCombined())
            {
                connection.sendText(line, dataOffset, dataLength);
            }
            else if (wrapped)
            {
                connection.sendText(line, rawOffset, rawLength);
            }
            else
            {
                connection.sendWrapped(wrapper, line, dataOffset, dataLength);
            }
            counters.served[name.kind().ordinal()]++;
        }
    }
}
