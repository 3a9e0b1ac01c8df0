package org.lockstep.gateway.client.stream;

import java.util.function.Consumer;

import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.JsonWriter;

/** Composes whole messages around their data. One message at a time; client event loop only. */
final class Envelope
{
    private final JsonWriter json = new JsonWriter();
    private final OutboundMessage message = new OutboundMessage();

    /** A message on a channel around data rendered before. */
    OutboundMessage data(
        final DataChannel channel,
        final JsonWriter value,
        final long sequence,
        final long timeMs,
        final long nowMs,
        final boolean isSnapshot,
        final String eventId)
    {
        begin("data", channel, null, nowMs).name("data").beginObject();
        json.raw(value.bytes(), 0, value.length());
        return end(sequence, timeMs, nowMs, isSnapshot, eventId);
    }

    OutboundMessage data(
        final DataChannel channel,
        final EventHistory.Event event,
        final long nowMs,
        final boolean isSnapshot,
        final String eventId)
    {
        begin("data", channel, null, nowMs).name("data").beginObject();
        json.raw(event.json(), 0, event.json().length);
        return end(event.sequence(), event.timeMs(), nowMs, isSnapshot, eventId);
    }

    /** A message of any type; the writer is inside its data object. */
    OutboundMessage message(
        final String type,
        final DataChannel channel,
        final String id,
        final long nowMs,
        final Consumer<JsonWriter> data)
    {
        begin(type, channel, id, nowMs).name("data").beginObject();
        data.accept(json);
        json.endObject().endObject();
        return message.wrap(json, null);
    }

    /** A message whose data are whatever the client sent. */
    OutboundMessage raw(final String type, final String id, final long nowMs, final byte[] data)
    {
        begin(type, null, id, nowMs).field("serverTime", nowMs).name("data");
        MessageDispatcher.writeRaw(json, data);
        json.endObject();
        return message.wrap(json, null);
    }

    private OutboundMessage end(
        final long sequence, final long timeMs, final long nowMs, final boolean isSnapshot, final String eventId)
    {
        json.field("offset", sequence).field("ageMs", Math.max(0, nowMs - timeMs));
        if (isSnapshot)
        {
            json.field("snapshot", true);
        }
        json.endObject().endObject();
        return message.wrap(json, eventId);
    }

    private JsonWriter begin(final String type, final DataChannel channel, final String id, final long nowMs)
    {
        json.reset().beginObject().field("type", type);
        if (null != channel)
        {
            json.field("channel", channel.code());
        }
        if (null != id)
        {
            json.field("id", id);
        }
        return json.field("timestamp", nowMs);
    }
}
