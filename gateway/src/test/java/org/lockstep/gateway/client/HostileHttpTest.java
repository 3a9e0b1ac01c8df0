package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.stream.ClientLimits;
import org.lockstep.gateway.net.Await;

/** Requests that are slow, too big, malformed or meant to get at something: refused, and others are served. */
class HostileHttpTest
{
    private GatewayFixture fixture;

    @AfterEach
    void stop() throws Exception
    {
        // The deadlines of these tests are so short that a busy machine may miss one itself.
        GatewayFixture.awaitTrue("others are served", () ->
        {
            try
            {
                return 200 == fixture.get("/health", null).statusCode();
            }
            catch (final IOException | InterruptedException ex)
            {
                return false;
            }
        });
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "G", "GET /health HTTP/1.1\r\n", "GET /health HTTP/1.1\r\nHost: a\r\nX-A: ",
        "POST /api/bot/stop HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{"})
    void shouldCutARequestThatDripsIn(final String begin) throws Exception
    {
        start(GatewayFixture.requestLimits(100, 300));
        try (Socket socket = open())
        {
            write(socket, begin);
            socket.setSoTimeout(20);
            final InputStream input = socket.getInputStream();
            int answered = -2;
            while (-2 == answered)
            {
                try
                {
                    answered = input.read();
                }
                catch (final SocketTimeoutException ex)
                {
                    answered = drip(socket) ? -2 : -1;
                }
                catch (final SocketException ex)
                {
                    answered = -1;
                }
            }
            socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
            assertTrue(-1 == answered || readAll(socket).startsWith("TTP/1.1 408"));
        }
    }

    /** Never silent, never done; @return whether the connection is still there. */
    private static boolean drip(final Socket socket)
    {
        try
        {
            socket.getOutputStream().write('a');
            return true;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    @Test
    void shouldCutAConnectionThatNeverSpeaks() throws Exception
    {
        start(GatewayFixture.requestLimits(100, 200));
        try (Socket socket = open())
        {
            assertTrue(readAll(socket).startsWith("HTTP/1.1 408"));
        }
    }

    @Test
    void shouldServeManyRequestsOverOneConnectionWithADeadlineForEach() throws Exception
    {
        start(GatewayFixture.requestLimits(100, 2_000));
        try (Socket socket = open())
        {
            for (int i = 0; i < 20; i++)
            {
                write(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
                assertTrue(readResponse(socket).startsWith("HTTP/1.1 200"));
            }
            write(socket, "GET /hea");
            assertTrue(readAll(socket).startsWith("HTTP/1.1 408"));
        }
    }

    @Test
    void shouldKeepAWebSocketBeyondTheDeadlineOfItsRequest() throws Exception
    {
        start(GatewayFixture.requestLimits(100, 2_000));
        final WsClient client = fixture.client("ann", Role.VIEWER);
        try (Socket silent = open())
        {
            assertTrue(readAll(silent).startsWith("HTTP/1.1 408"));     // that deadline has passed
        }
        client.send("{'type':'ping'}").await("pong");
    }

    @Test
    void shouldRefuseConnectionsBeyondTheCapOfAnAddressAndTakeThemAgainLater() throws Exception
    {
        start(GatewayFixture.requestLimits(5, GatewayFixture.TIMEOUT_MS));
        final List<Socket> sockets = new ArrayList<>();
        try
        {
            for (int i = 0; i < 5; i++)
            {
                final Socket socket = open();
                sockets.add(socket);
                write(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
                assertTrue(readResponse(socket).startsWith("HTTP/1.1 200"));
            }
            try (Socket one = open())
            {
                assertEquals("", readAll(one));
            }
        }
        finally
        {
            for (final Socket socket : sockets)
            {
                socket.close();
            }
        }
        GatewayFixture.awaitTrue("places are free again", () ->
        {
            try (Socket socket = open())
            {
                write(socket, "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                return readAll(socket).startsWith("HTTP/1.1 200");
            }
            catch (final IOException ex)
            {
                return false;
            }
        });
    }

    @Test
    void shouldForgetConnectionsThatComeAndGoByTheThousand() throws Exception
    {
        start(GatewayFixture.requestLimits(1_000, GatewayFixture.TIMEOUT_MS));
        for (int i = 0; i < 3_000; i++)
        {
            final Socket socket = open();
            socket.setSoLinger(true, 0);
            if (0 == i % 3)
            {
                write(socket, "GET /heal");
            }
            socket.close();
        }

        GatewayFixture.awaitTrue("nothing is left of them", () -> 0 == fixture.gateway.openRequests());
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'ping'}").await("pong");
    }

    @Test
    void shouldCutAConnectionThatAsksAndAsksButReadsNoAnswer() throws Exception
    {
        start(GatewayFixture.requestLimits(100, GatewayFixture.TIMEOUT_MS));
        try (Socket socket = open())
        {
            final String request = "GET /api/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n";
            Await.until("cut", () ->
            {
                try
                {
                    write(socket, request);
                    return false;
                }
                catch (final IOException ex)
                {
                    return true;
                }
            });
        }
        assertStatus("200", "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    @Test
    void shouldAnswerPipelinedRequestsInTheirOrder() throws Exception
    {
        start(GatewayFixture.requestLimits(100, GatewayFixture.TIMEOUT_MS));
        try (Socket socket = open())
        {
            write(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50));
            for (int i = 0; i < 50; i++)
            {
                assertTrue(readResponse(socket).startsWith("HTTP/1.1 200"));
                assertTrue(readResponse(socket).startsWith("HTTP/1.1 404"));
            }
        }
    }

    @Test
    void shouldRefuseHeaderBombs() throws Exception
    {
        start(ClientLimits.DEFAULT);
        assertStatus("431", "GET /health HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(200) + "\r\n");
        assertStatus("431", "GET /health HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
        assertStatus("414", "GET /" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertStatus("413", "POST /api/bot/stop HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
        assertStatus("400", "GET\u0000 /health HTTP/1.1\r\nHost: a\r\n\r\n");
        assertStatus("400", "GET /health HTTP/1.1\r\nHost : a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fpom.xml",
        "/page/../app.js/..", "//etc/passwd", "/index.html/../../ClientGateway.class",
        "/%00", "/app.js%00.html", "/\\..\\..\\pom.xml"})
    void shouldServeNothingBesideThePage(final String path) throws Exception
    {
        start(ClientLimits.DEFAULT);
        try (Socket socket = open())
        {
            write(socket, "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            final String answer = readAll(socket);
            assertTrue(answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"), answer);
            assertFalse(answer.contains("root:"), answer);
        }
    }

    @Test
    void shouldRefuseSmuggledRequests() throws Exception
    {
        start(ClientLimits.DEFAULT);
        try (Socket socket = open())
        {
            write(socket, "POST /api/bot/stop HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n" +
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n");
            final String answer = readAll(socket);
            assertFalse(answer.contains("alive"), answer);
        }
    }

    private void start(final ClientLimits limits) throws IOException
    {
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), (UnaryOperator<ClientGatewayConfig>)config ->
            config.withLimits(limits));
    }

    private void assertStatus(final String status, final String request) throws IOException
    {
        try (Socket socket = open())
        {
            write(socket, request);
            final String answer = readAll(socket);
            assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        }
    }

    private Socket open() throws IOException
    {
        final Socket socket = new Socket("127.0.0.1", fixture.gateway.port());
        socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
        return socket;
    }

    private static void write(final Socket socket, final String text) throws IOException
    {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readAll(final Socket socket) throws IOException
    {
        final StringBuilder text = new StringBuilder();
        try
        {
            int next = socket.getInputStream().read();
            while (next >= 0)
            {
                text.append((char)next);
                next = socket.getInputStream().read();
            }
        }
        catch (final SocketException ex)
        {
            return text.toString();     // reset, because bytes of ours were still unread
        }
        return text.toString();
    }

    private static String readResponse(final Socket socket) throws IOException
    {
        final StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0)
        {
            text.append((char)socket.getInputStream().read());
        }
        final String lower = text.toString().toLowerCase(java.util.Locale.ROOT);
        final int at = lower.indexOf("content-length: ") + 16;
        final int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
        text.append(new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8));
        return text.toString();
    }
}
