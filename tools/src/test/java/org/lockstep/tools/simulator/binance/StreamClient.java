package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A client that shares nothing with ours: the JDK's WebSocket. */
final class StreamClient implements WebSocket.Listener, AutoCloseable
{
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long TIMEOUT_SECONDS = 60;
    private static final long QUIET_MS = 3_000;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> pings = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean answerPings;
    private WebSocket socket;

    private StreamClient(final boolean answerPings)
    {
        this.answerPings = answerPings;
    }

    static StreamClient open(final String url)
    {
        return open(url, true);
    }

    static StreamClient open(final String url, final boolean answerPings)
    {
        final StreamClient client = new StreamClient(answerPings);
        client.socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(url), client).join();
        return client;
    }

    static HttpResponse<String> get(final String url) throws IOException, InterruptedException
    {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    static HttpResponse<String> post(final String url) throws IOException, InterruptedException
    {
        return HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    static JsonNode json(final String text) throws IOException
    {
        return MAPPER.readTree(text);
    }

    void send(final String text)
    {
        socket.sendText(text, true).join();
    }

    void ping()
    {
        socket.sendPing(ByteBuffer.wrap(new byte[]{1})).join();
    }

    /** The next message, whatever it is. */
    String next() throws InterruptedException
    {
        final String message = messages.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (null == message)
        {
            throw new AssertionError("no message within " + TIMEOUT_SECONDS + " s");
        }
        return message;
    }

    /** The next message, or null when there is none and something is over. */
    String nextUnless(final BooleanSupplier isOver) throws InterruptedException
    {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true)
        {
            final boolean wasOver = isOver.getAsBoolean();
            final String message = messages.poll(wasOver ? 0 : 20, TimeUnit.MILLISECONDS);
            if (null != message || wasOver)
            {
                return message;
            }
            if (System.nanoTime() - endNs > 0)
            {
                throw new AssertionError("no message within " + TIMEOUT_SECONDS + " s");
            }
        }
    }

    /** The next message that contains a text; others are skipped. */
    String nextWith(final String text) throws InterruptedException
    {
        String message = next();
        while (!message.contains(text))
        {
            message = next();
        }
        return message;
    }

    /** Sends a request and returns its reply; market messages in between are skipped. */
    String request(final String text) throws InterruptedException
    {
        send(text);
        String reply = next();
        while (!reply.contains("\"result\"") && !reply.contains("\"error\""))
        {
            reply = next();
        }
        return reply;
    }

    String nextPing() throws InterruptedException
    {
        return pings.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Messages received and not yet taken. */
    int pending()
    {
        return messages.size();
    }

    /** The close code, -1 when the connection broke. */
    int awaitClose() throws InterruptedException
    {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!isClosedWithin(QUIET_MS))
        {
            if (System.nanoTime() - endNs > 0)
            {
                throw new AssertionError("connection still open after " + TIMEOUT_SECONDS + " s");
            }
            // The JDK's client sometimes does not notice that a connection was cut until it writes.
            if (socket.sendPong(ByteBuffer.allocate(0)).handle((sent, ex) -> null != ex).join())
            {
                closed.complete(-1);
            }
        }
        return closed.join();
    }

    boolean isClosedWithin(final long millis) throws InterruptedException
    {
        try
        {
            closed.get(millis, TimeUnit.MILLISECONDS);
            return true;
        }
        catch (final TimeoutException | java.util.concurrent.ExecutionException ex)
        {
            return false;
        }
    }

    @Override
    public CompletionStage<?> onText(final WebSocket webSocket, final CharSequence data, final boolean last)
    {
        partial.append(data);
        if (last)
        {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(final WebSocket webSocket, final ByteBuffer message)
    {
        pings.add(StandardCharsets.US_ASCII.decode(message).toString());
        webSocket.request(1);
        // The JDK answers by itself once the returned stage completes.
        return answerPings ? null : new CompletableFuture<>();
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket webSocket, final int statusCode, final String reason)
    {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(final WebSocket webSocket, final Throwable error)
    {
        closed.complete(-1);
    }

    @Override
    public void close()
    {
        socket.abort();
    }
}
