package org.lockstep.gateway.client.stream;

import org.lockstep.gateway.client.auth.Identity;

/** The first message of every session: who it is, and what it has to keep to. */
public final class Welcome
{
    private Welcome()
    {
    }

    /**
     * Sends it; again after a renewal. Client event loop only.
     *
     * @param context what sessions work with.
     * @param session that has signed in.
     * @param id      of the message that is answered, or null.
     */
    public static void send(final SessionContext context, final ClientSession session, final String id)
    {
        final Identity identity = session.identity();
        final ClientLimits limits = context.limits();
        context.hub().send(session, "connection", null, id, json -> json
            .field("sessionId", session.id())
            .field("user", identity.user())
            .field("role", identity.role().code())
            .field("expiresAt", identity.expiresAtMs())
            .field("epoch", context.hub().view().epoch())
            .field("offset", context.hub().view().sequence())
            .field("serverVersion", context.version())
            .field("serverTime", context.clock().time())
            .name("limits").beginObject()
            .field("messagesPerSecond", limits.messagesPerSecond())
            .field("maxMessageBytes", limits.maxMessageLength())
            .field("maxQueuedBytes", limits.maxQueuedBytes())
            .field("connectionsPerUser", limits.connectionsPerUser())
            .field("pingIntervalMs", limits.pingIntervalMs())
            .field("idleTimeoutMs", limits.idleTimeoutMs())
            .field("conflateMs", limits.conflateMs())
            .endObject());
    }
}
