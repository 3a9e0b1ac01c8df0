package org.lockstep.tools.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Tests the connection to Binance step by step: name, TCP, TLS, clock, metadata, first tick. A step that fails says
 * what to try; steps that need it are left out.
 */
public final class VenueCheck
{
    private static final int TIMEOUT_MS = 5_000;
    private static final int CLOCK_SAMPLES = 5;
    private static final long TICK_TIMEOUT_MS = 15_000;
    private static final long TOLERABLE_OFFSET_MS = 500;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI rest;
    private final URI stream;
    private final String symbol;
    private final Consumer<CheckStep> onStep;
    private final HttpClient http =
        HttpClient.newBuilder().connectTimeout(Duration.ofMillis(TIMEOUT_MS)).build();
    private boolean allPassed = true;

    /**
     * A test to be run.
     *
     * @param rest   REST address.
     * @param stream address of the market streams.
     * @param symbol to ask for.
     * @param onStep told of each step as it ends.
     */
    public VenueCheck(final URI rest, final URI stream, final String symbol, final Consumer<CheckStep> onStep)
    {
        this.rest = rest;
        this.stream = stream;
        this.symbol = symbol;
        this.onStep = onStep;
    }

    /**
     * Runs all steps.
     *
     * @return whether every one passed.
     */
    public boolean run()
    {
        if (reach("rest", rest))
        {
            clock();
            metadata();
        }
        if (reach("stream", stream))
        {
            firstTick();
        }
        return allPassed;
    }

    private interface Action
    {
        /** Does the step; what it returns is shown, what it throws is the failure. */
        String run() throws IOException, InterruptedException;
    }

    private boolean reach(final String what, final URI uri)
    {
        final boolean secure = "https".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
        final int port = -1 != uri.getPort() ? uri.getPort() : secure ? 443 : 80;
        final boolean reached = step("dns " + what,
            "check the name and this host's resolver (/etc/resolv.conf)", () -> resolve(uri.getHost())) &&
            step("tcp " + what, "a firewall may block port " + port + ", or nothing listens there", () ->
            {
                try (Socket socket = connect(uri.getHost(), port))
                {
                    return "connected to " + socket.getRemoteSocketAddress();
                }
            });
        return reached && (!secure || step("tls " + what,
            "the clock may be wrong, a proxy may intercept TLS, or this Java's certificates are too old", () ->
                handshake(uri.getHost(), port)));
    }

    private static String resolve(final String host) throws UnknownHostException
    {
        final InetAddress[] addresses = InetAddress.getAllByName(host);
        return host + " is " + addresses[0].getHostAddress() +
            (addresses.length > 1 ? " and " + (addresses.length - 1) + " more" : "");
    }

    private static Socket connect(final String host, final int port) throws IOException
    {
        final Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static String handshake(final String host, final int port) throws IOException
    {
        final SSLSocketFactory factory = (SSLSocketFactory)SSLSocketFactory.getDefault();
        try (Socket plain = connect(host, port);
            SSLSocket socket = (SSLSocket)factory.createSocket(plain, host, port, true))
        {
            socket.startHandshake();
            return socket.getSession().getProtocol() + ", " + socket.getSession().getCipherSuite();
        }
    }

    private void clock()
    {
        final String advice =
            "synchronise this host's clock (chrony or systemd-timesyncd); signed requests will be refused";
        step("clock", advice, () ->
        {
            long bestRoundTripNs = Long.MAX_VALUE;
            long offsetMs = 0;
            for (int i = 0; i < CLOCK_SAMPLES; i++)
            {
                final long sentNs = System.nanoTime();
                final long sentMs = System.currentTimeMillis();
                final long serverMs = get("/api/v3/time").path("serverTime").asLong();
                final long roundTripNs = System.nanoTime() - sentNs;
                if (roundTripNs < bestRoundTripNs)
                {
                    bestRoundTripNs = roundTripNs;
                    offsetMs = serverMs - (sentMs + TimeUnit.NANOSECONDS.toMillis(roundTripNs / 2));
                }
            }
            final String found = String.format(Locale.ROOT,
                "venue is %+d ms from this host, best round trip %.1f ms of %d",
                offsetMs, bestRoundTripNs / 1e6, CLOCK_SAMPLES);
            if (Math.abs(offsetMs) > TOLERABLE_OFFSET_MS)
            {
                throw new IOException(found);
            }
            return found;
        });
    }

    private void metadata()
    {
        step("metadata", "check the symbol; the venue lists it under GET /api/v3/exchangeInfo", () ->
        {
            final JsonNode listed = get("/api/v3/exchangeInfo?symbol=" + symbol).path("symbols").path(0);
            if (!symbol.equals(listed.path("symbol").asText()))
            {
                throw new IOException(symbol + " is not listed");
            }
            return symbol + " is " + listed.path("status").asText() + ", " + listed.path("filters").size() +
                " filters";
        });
    }

    private void firstTick()
    {
        step("first tick", "the venue accepts connections but sends nothing: look at its status page, or try later",
            () ->
            {
                final CompletableFuture<String> first = new CompletableFuture<>();
                final URI uri = stream.resolve("/stream?streams=" + symbol.toLowerCase(Locale.ROOT) + "@bookTicker");
                final WebSocket socket = await(http.newWebSocketBuilder()
                    .connectTimeout(Duration.ofMillis(TIMEOUT_MS)).buildAsync(uri, new FirstText(first)));
                try
                {
                    final JsonNode data = MAPPER.readTree(await(first)).path("data");
                    return symbol + " bid " + data.path("b").asText() + ", ask " + data.path("a").asText();
                }
                finally
                {
                    socket.abort();
                }
            });
    }

    private static <T> T await(final CompletableFuture<T> future) throws IOException, InterruptedException
    {
        try
        {
            return future.get(TICK_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
        catch (final ExecutionException ex)
        {
            throw new IOException(String.valueOf(ex.getCause().getMessage()), ex);
        }
        catch (final TimeoutException ex)
        {
            throw new IOException("nothing within " + TICK_TIMEOUT_MS / 1000 + " s", ex);
        }
    }

    private JsonNode get(final String path) throws IOException, InterruptedException
    {
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(rest.resolve(path))
            .timeout(Duration.ofMillis(TIMEOUT_MS)).build(), HttpResponse.BodyHandlers.ofString());
        if (200 != response.statusCode())
        {
            final String body = response.body();
            throw new IOException(
                "HTTP " + response.statusCode() + ": " + body.substring(0, Math.min(200, body.length())));
        }
        return MAPPER.readTree(response.body());
    }

    private boolean step(final String name, final String advice, final Action action)
    {
        final long startNs = System.nanoTime();
        String detail;
        boolean passed = false;
        try
        {
            detail = action.run();
            passed = true;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            detail = "interrupted";
        }
        catch (final IOException | RuntimeException ex)
        {
            detail = ex.getClass().getSimpleName() + (null == ex.getMessage() ? "" : ": " + ex.getMessage());
        }
        allPassed &= passed;
        onStep.accept(new CheckStep(
            name, passed, (System.nanoTime() - startNs) / 1e6, detail, passed ? null : advice));
        return passed;
    }

    /** Completes with the first whole text message. */
    private static final class FirstText implements WebSocket.Listener
    {
        private final CompletableFuture<String> first;
        private final StringBuilder text = new StringBuilder();

        private FirstText(final CompletableFuture<String> first)
        {
            this.first = first;
        }

        @Override
        public CompletionStage<?> onText(final WebSocket socket, final CharSequence part, final boolean last)
        {
            text.append(part);
            if (last)
            {
                first.complete(text.toString());
            }
            socket.request(1);
            return null;
        }

        @Override
        public void onError(final WebSocket socket, final Throwable error)
        {
            first.completeExceptionally(error);
        }

        @Override
        public CompletionStage<?> onClose(final WebSocket socket, final int status, final String reason)
        {
            first.completeExceptionally(new IOException("closed with " + status + " " + reason));
            return null;
        }
    }
}
