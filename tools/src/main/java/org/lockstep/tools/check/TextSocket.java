package org.lockstep.tools.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A WebSocket of the JDK, used blocking: send a text, take the next. Not for a hot path. */
final class TextSocket implements WebSocket.Listener, AutoCloseable
{
    private static final int TIMEOUT_MS = 5_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ENDED = "\u0000";

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;
    private volatile String reason;

    static TextSocket open(final HttpClient http, final URI uri) throws IOException, InterruptedException
    {
        final TextSocket opened = new TextSocket();
        opened.socket = CheckSteps.await(http.newWebSocketBuilder()
            .connectTimeout(Duration.ofMillis(TIMEOUT_MS)).buildAsync(uri, opened), 2 * TIMEOUT_MS);
        return opened;
    }

    void send(final Object json) throws IOException, InterruptedException
    {
        CheckSteps.await(socket.sendText(MAPPER.writeValueAsString(json), true), TIMEOUT_MS);
    }

    /** The next message, null when none comes in time. */
    JsonNode next(final long timeoutMs) throws IOException, InterruptedException
    {
        final String next = texts.poll(Math.max(0, timeoutMs), TimeUnit.MILLISECONDS);
        if (ENDED.equals(next))
        {
            texts.add(ENDED);
            throw new IOException(reason);
        }
        return null == next ? null : MAPPER.readTree(next);
    }

    @Override
    public CompletionStage<?> onText(final WebSocket from, final CharSequence part, final boolean last)
    {
        text.append(part);
        if (last)
        {
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void onError(final WebSocket from, final Throwable error)
    {
        end(String.valueOf(error.getMessage()));
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket from, final int status, final String why)
    {
        end("closed with " + status + " " + why);
        return null;
    }

    @Override
    public void close()
    {
        socket.abort();
    }

    private void end(final String why)
    {
        reason = why;
        texts.add(ENDED);
    }
}
