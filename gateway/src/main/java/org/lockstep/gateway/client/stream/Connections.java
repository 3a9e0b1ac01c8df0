package org.lockstep.gateway.client.stream;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All connected clients: counts per user, and one clock tick for all their deadlines. Client event loop only. */
public final class Connections
{
    /** A client with deadlines. */
    public interface Connection
    {
        /**
         * Looks at the deadlines.
         *
         * @param nowMs our clock, epoch ms.
         */
        void onTick(long nowMs);

        /**
         * The server goes away.
         *
         * @param reconnectAfterMs hint for the client.
         */
        void onShutdown(long reconnectAfterMs);
    }

    private final int maxPerUser;
    private final Map<String, Integer> perUser = new HashMap<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private long refused;

    /**
     * Nobody is connected yet.
     *
     * @param maxPerUser connections of one user.
     */
    public Connections(final int maxPerUser)
    {
        this.maxPerUser = maxPerUser;
    }

    /** Adds a connection, signed in or not. */
    public void add(final Connection connection)
    {
        connections.add(connection);
    }

    /** Forgets a connection. */
    public void remove(final Connection connection)
    {
        connections.remove(connection);
    }

    /** @return false when the user has as many connections as allowed. */
    public boolean tryEnter(final String user)
    {
        final int count = perUser.getOrDefault(user, 0);
        if (count >= maxPerUser)
        {
            return false;
        }
        perUser.put(user, count + 1);
        return true;
    }

    /** Gives a place back. */
    public void leave(final String user)
    {
        perUser.computeIfPresent(user, (name, count) -> count > 1 ? count - 1 : null);
    }

    /** A connection was closed at once, because there are too many. */
    public void onRefused()
    {
        refused++;
    }

    /** @return connections closed at once, because there were too many in all or from their address. */
    public long refused()
    {
        return refused;
    }

    /** @return how many are connected. */
    public int count()
    {
        return connections.size();
    }

    /** @return how many users are signed in. */
    public int userCount()
    {
        return perUser.size();
    }

    /** Looks at everybody's deadlines. */
    public void tick(final long nowMs)
    {
        List.copyOf(connections).forEach(connection -> connection.onTick(nowMs));
    }

    /** Tells everybody that the server goes away. */
    public void shutdown(final long reconnectAfterMs)
    {
        List.copyOf(connections).forEach(connection -> connection.onShutdown(reconnectAfterMs));
    }
}
