package org.lockstep.gateway.client.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.agrona.concurrent.EpochClock;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.JsonWriter;

/** Writes to sessions, flushes each once a cycle, and parts with those that do not read. Client event loop only. */
final class SessionWriter
{
    private static final int SLOW_RETRY_MS = 1_000;

    final HubStats stats = new HubStats();
    final Envelope envelope = new Envelope();
    private final EpochClock clock;
    private final List<ClientSession> flushDue = new ArrayList<>();
    private final List<ClientSession> slow = new ArrayList<>();

    SessionWriter(final EpochClock clock)
    {
        this.clock = clock;
    }

    long nowMs()
    {
        return clock.time();
    }

    void write(final ClientSession session, final OutboundMessage message)
    {
        stats.messagesSent++;
        if (!session.write(message) && !session.isSlow)
        {
            session.isSlow = true;
            slow.add(session);
        }
        if (!session.isFlushDue)
        {
            session.isFlushDue = true;
            flushDue.add(session);
        }
    }

    void writeAndRelease(final ClientSession session, final OutboundMessage message)
    {
        write(session, message);
        message.release();
    }

    void send(
        final ClientSession session,
        final String type,
        final DataChannel channel,
        final String id,
        final Consumer<JsonWriter> data)
    {
        writeAndRelease(session, envelope.message(type, channel, id, clock.time(), data));
    }

    void sendError(final ClientSession session, final String id, final ProtocolError error)
    {
        stats.errorsSent++;
        send(session, "error", null, id, json ->
        {
            json.field("code", error.code()).field("message", error.message());
            if (null != error.field())
            {
                json.field("field", error.field());
            }
            if (error.retryAfterMs() > 0)
            {
                json.field("retryAfterMs", error.retryAfterMs());
            }
        });
    }

    void flush()
    {
        for (int i = 0; i < flushDue.size(); i++)
        {
            final ClientSession session = flushDue.get(i);
            session.isFlushDue = false;
            session.channel().flush();
        }
        flushDue.clear();
        if (slow.isEmpty())
        {
            return;
        }
        for (final ClientSession session : List.copyOf(slow))
        {
            // The flush above may have drained what had only piled up within this cycle.
            session.isSlow = false;
            if (session.isOverLimit())
            {
                stats.slowClosed++;
                sendError(session, null, new ProtocolError("slow_consumer",
                    "more bytes wait for you than is allowed; reconnect and resume", null, SLOW_RETRY_MS));
                session.close(CloseCode.SLOW_CONSUMER, "slow consumer");
            }
        }
        slow.clear();
    }
}
