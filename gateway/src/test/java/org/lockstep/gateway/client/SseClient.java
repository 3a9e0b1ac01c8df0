package org.lockstep.gateway.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads server-sent events from a real socket, one message at a time. */
final class SseClient implements AutoCloseable
{
    private final Socket socket;
    private final BufferedReader reader;
    private String eventId;

    SseClient(final int port, final String path, final String token, final String lastEventId) throws IOException
    {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
            (null == lastEventId ? "" : "\r\nLast-Event-ID: " + lastEventId) + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        final String status = reader.readLine();
        if (!"HTTP/1.1 200 OK".equals(status))
        {
            socket.close();
            throw new AssertionError("no stream: " + status);
        }
    }

    /** The next message, whatever it is. */
    JsonNode next() throws IOException
    {
        eventId = null;
        for (String line = reader.readLine(); null != line; line = reader.readLine())
        {
            if (line.startsWith("id: "))
            {
                eventId = line.substring(4);
            }
            else if (line.startsWith("data: "))
            {
                return GatewayFixture.json(line.substring(6));
            }
        }
        throw new AssertionError("the stream has ended");
    }

    /** The next message of a type; others in between are passed over. */
    JsonNode await(final String type) throws IOException
    {
        return await(message -> type.equals(message.path("type").asText()));
    }

    /** The next data message of a channel. */
    JsonNode awaitData(final String channel) throws IOException
    {
        return await(message -> WsClient.isData(message, channel));
    }

    /** Id of the message read last, null when it had none. */
    String eventId()
    {
        return eventId;
    }

    /** Reads on to the end. */
    boolean isEnded() throws IOException
    {
        String line = reader.readLine();
        while (null != line)
        {
            line = reader.readLine();
        }
        return true;
    }

    private JsonNode await(final Predicate<JsonNode> predicate) throws IOException
    {
        JsonNode message = next();
        while (!predicate.test(message))
        {
            message = next();
        }
        return message;
    }

    @Override
    public void close() throws IOException
    {
        socket.close();
    }
}
