package org.lockstep.engine.bot;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lockstep.engine.state.StateWriter;

/**
 * Remembers the last request ids of each user that acted, so that a command sent twice acts once. Bounded: the last 512
 * ids of a user, up to 1,024 users. Commands are rare, so this may allocate.
 */
final class RequestIds
{
    private static final int MAX_IDS = 512;
    private static final int MAX_USERS = 1_024;

    private final SortedMap<String, OfUser> users = new TreeMap<>();

    boolean isKnown(final String user, final String requestId)
    {
        final OfUser ofUser = users.get(user);
        return null != ofUser && ofUser.ids.contains(requestId);
    }

    void remember(final String user, final String requestId)
    {
        if (requestId.isEmpty())
        {
            return;
        }
        OfUser ofUser = users.get(user);
        if (null == ofUser)
        {
            if (MAX_USERS == users.size())
            {
                users.remove(users.firstKey());
            }
            ofUser = new OfUser();
            users.put(user, ofUser);
        }
        ofUser.remember(requestId);
    }

    void describe(final StateWriter out)
    {
        out.begin("requests");
        for (final var entry : users.entrySet())
        {
            out.field("user", entry.getKey());
            out.field("next", entry.getValue().next);
            for (final String requestId : entry.getValue().ids)
            {
                out.field("id", requestId);
            }
        }
        out.end();
    }

    private static final class OfUser
    {
        private final SortedSet<String> ids = new TreeSet<>();
        private final String[] ring = new String[MAX_IDS];
        private int next;

        void remember(final String requestId)
        {
            ids.add(requestId);
            if (null != ring[next])
            {
                ids.remove(ring[next]);
            }
            ring[next] = requestId;
            next = (next + 1) % MAX_IDS;
        }
    }
}
