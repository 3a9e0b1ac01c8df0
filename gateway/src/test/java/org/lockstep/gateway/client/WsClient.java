package org.lockstep.gateway.client;

import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/** A client over a real socket that keeps what it received. */
final class WsClient implements WebSocket.Listener
{
    private final List<JsonNode> messages = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private int closeCode = -1;
    private String closeReason;
    private boolean isReading = true;
    private int taken;

    @Override
    public synchronized void onOpen(final WebSocket webSocket)
    {
        socket = webSocket;
        webSocket.request(1);
        notifyAll();
    }

    @Override
    public synchronized CompletionStage<?> onText(
        final WebSocket webSocket, final CharSequence data, final boolean last)
    {
        partial.append(data);
        if (last)
        {
            messages.add(GatewayFixture.json(partial.toString()));
            partial.setLength(0);
            notifyAll();
        }
        if (isReading)
        {
            webSocket.request(1);
        }
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(
        final WebSocket webSocket, final int statusCode, final String reason)
    {
        closeCode = statusCode;
        closeReason = reason;
        notifyAll();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void onError(final WebSocket webSocket, final Throwable error)
    {
        closeCode = Math.max(closeCode, 1006);
        notifyAll();
    }

    WsClient send(final String json)
    {
        socket.sendText(json.replace('\'', '"'), true).join();
        return this;
    }

    WebSocket socket()
    {
        return socket;
    }

    synchronized void stopReading()
    {
        isReading = false;
    }

    synchronized void resumeReading()
    {
        isReading = true;
        socket.request(1);
    }

    void abort()
    {
        if (null != socket)
        {
            socket.abort();
        }
    }

    /** The next message of a type, in the order received; others in between are passed over. */
    JsonNode await(final String type)
    {
        return await(type + " message", message -> type.equals(message.path("type").asText()));
    }

    /** The next message of a type, or null when the connection is closed before. */
    synchronized JsonNode awaitOrClose(final String type)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GatewayFixture.TIMEOUT_MS);
        while (closeCode < 0 && System.nanoTime() - deadlineNs < 0 && taken == messages.size())
        {
            waitFor(deadlineNs - System.nanoTime());
        }
        return closeCode >= 0 && taken == messages.size() ? null : await(type);
    }

    /** The next data message of a channel. */
    JsonNode awaitData(final String channel)
    {
        return await("data on " + channel, message -> isData(message, channel));
    }

    static boolean isData(final JsonNode message, final String channel)
    {
        return "data".equals(message.path("type").asText()) && channel.equals(message.path("channel").asText());
    }

    synchronized JsonNode await(final String what, final Predicate<JsonNode> predicate)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GatewayFixture.TIMEOUT_MS);
        while (true)
        {
            while (taken < messages.size())
            {
                final JsonNode message = messages.get(taken++);
                if (predicate.test(message))
                {
                    return message;
                }
            }
            final long remainingNs = deadlineNs - System.nanoTime();
            if (remainingNs <= 0 || closeCode >= 0)
            {
                throw new AssertionError("no " + what + "; closed " + closeCode + " " + closeReason + "; received " +
                    messages.stream().map(JsonNode::toString).limit(50).collect(Collectors.joining("\n")));
            }
            waitFor(remainingNs);
        }
    }

    /** Waits until each of some messages has come, in whatever order; none of them counts as taken. */
    @SafeVarargs
    final synchronized void awaitAll(final Predicate<JsonNode>... predicates)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GatewayFixture.TIMEOUT_MS);
        for (final Predicate<JsonNode> predicate : predicates)
        {
            while (messages.stream().noneMatch(predicate))
            {
                final long remainingNs = deadlineNs - System.nanoTime();
                if (remainingNs <= 0 || closeCode >= 0)
                {
                    throw new AssertionError("not all came; closed " + closeCode + "; received " + messages);
                }
                waitFor(remainingNs);
            }
        }
    }

    synchronized int awaitClose()
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GatewayFixture.TIMEOUT_MS);
        while (closeCode < 0)
        {
            final long remainingNs = deadlineNs - System.nanoTime();
            if (remainingNs <= 0)
            {
                throw new AssertionError("not closed; received " + messages);
            }
            waitFor(remainingNs);
        }
        return closeCode;
    }

    synchronized String closeReason()
    {
        return closeReason;
    }

    /** Everything received so far. */
    synchronized List<JsonNode> received()
    {
        return List.copyOf(messages);
    }

    synchronized List<JsonNode> receivedData(final String channel)
    {
        return messages.stream().filter(message -> isData(message, channel)).collect(Collectors.toList());
    }

    private void waitFor(final long remainingNs)
    {
        try
        {
            TimeUnit.NANOSECONDS.timedWait(this, remainingNs);
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
