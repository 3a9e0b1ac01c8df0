package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.auth.Role;
import org.slf4j.LoggerFactory;

/** Whatever is done with a token, and however much is logged, no log shows it: neither the text nor the JSON. */
class TokenLogTest
{
    private static final String CRLF = "\r\n";

    private final LoggerContext context = (LoggerContext)LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final List<OutputStreamAppender<ILoggingEvent>> appenders = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<String> tokens = new ArrayList<>();
    private GatewayFixture fixture;

    @BeforeEach
    void listen()
    {
        final PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setPattern("%d %level %thread %logger %mdc %kvp %msg %ex{full}%n");
        final JsonEncoder json = new JsonEncoder();
        for (final Encoder<ILoggingEvent> encoder : List.of(text, json))
        {
            encoder.setContext(context);
            encoder.start();
            final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
            appender.setContext(context);
            appender.setEncoder(encoder);
            appender.setOutputStream(log);
            appender.start();
            root.addAppender(appender);
            appenders.add(appender);
        }
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening()
    {
        root.setLevel(level);
        appenders.forEach(root::detachAppender);
        appenders.forEach(OutputStreamAppender::stop);
        if (null != fixture)
        {
            fixture.close();
        }
    }

    @Test
    void shouldNotLogATokenOfAQueryWhateverBecomesOfTheRequest() throws Exception
    {
        fixture = GatewayFixture.start();
        final String good = token("ann", 3_600_000);
        final String expired = token("ann", -60_000);
        final String forged = token("ann", 3_600_000) + "x";

        fixture.connect("/ws?token=" + good, builder -> builder.subprotocols("lockstep.v1"))
            .send("{'type':'subscribe','channel':'nonsense'}").await("error");
        for (final String token : List.of(good, expired, forged))
        {
            for (final String path : List.of("/ws", "/api/bots", "/api/stream?channels=trades", "/api/orders?bot=x",
                "/none", "/metrics", "/../etc/passwd", "/api/market/snapshot?symbols=NOPE", "/index.html"))
            {
                say("GET " + path + (path.contains("?") ? "&" : "?") + "token=" + token + " HTTP/1.1");
            }
            say("POST /api/bot/start?token=" + token + " HTTP/1.1", "Content-Length: 0");
            say("GET /ws?token=" + token + " HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Version: 12", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            say("GET /ws?token=" + token + " HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Origin: https://elsewhere.example");
            say("GET /api/bots?token=" + token + "%zz HTTP/1.1");
            say("GET /api/bots?token=" + token + " HTTP/9.9");
            say("GET  /api/bots?token=" + token);
            say("GET /api/bots?token=" + token + "y".repeat(20_000) + " HTTP/1.1");
        }

        assertHidden();
    }

    @Test
    void shouldNotLogATokenThatComesInAHeaderOrAMessage() throws Exception
    {
        fixture = GatewayFixture.start();
        final String good = token("ann", 3_600_000);
        final String expired = token("ann", -60_000);

        for (final String token : List.of(good, expired, good + "x"))
        {
            say("GET /api/bots HTTP/1.1", "Authorization: Bearer " + token);
            say("GET /api/bots HTTP/1.1", "Authorization: Basic " + token);
            say("GET /ws HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: bearer." + token);
            say("GET /ws HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: other, bearer." + token);
            fixture.connect(builder -> builder)
                .send("{'type':'auth','id':'1','data':{'token':'" + token + "'}}").awaitOrClose("connection");
            fixture.connect(builder -> builder)
                .send("{'type':'auth','id':'2','data':{'token':['" + token + "']}}").awaitOrClose("error");
        }

        assertHidden();
    }

    @Test
    void shouldNotLogATokenOfAQueryThatIsTurnedOff() throws Exception
    {
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), config -> config.withQueryToken(false));

        say("GET /api/bots?token=" + token("ann", 3_600_000) + " HTTP/1.1");

        assertHidden();
    }

    private String token(final String user, final long ms)
    {
        final String token = GatewayFixture.MINTER.mint(user, Role.OPERATOR, Duration.ofMillis(ms), null, null);
        tokens.add(token);
        return token;
    }

    /** Sends a request and reads until something has come back or the connection is closed. */
    private void say(final String line, final String... headers) throws Exception
    {
        try (Socket socket = new Socket("127.0.0.1", fixture.gateway.port()))
        {
            socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
            socket.getOutputStream().write((line + CRLF + "Host: 127.0.0.1" + CRLF +
                String.join(CRLF, headers) + (0 == headers.length ? "" : CRLF) + CRLF)
                .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read(new byte[4_096]);
        }
        catch (final SocketException ex)
        {
            assertTrue(ex.getMessage().contains("reset") || ex.getMessage().contains("Broken pipe"), ex.getMessage());
        }
    }

    private void assertHidden()
    {
        fixture.close();
        final String logged = log.toString(StandardCharsets.UTF_8);
        assertTrue(logged.contains("io.netty"), "what the sockets log must be seen here");
        for (final String token : tokens)
        {
            final String[] parts = token.split("\\.");
            assertFalse(logged.contains(parts[1]), () -> lineWith(logged, parts[1]));
            assertFalse(logged.contains(parts[2]), () -> lineWith(logged, parts[2]));
        }
    }

    private static String lineWith(final String logged, final String what)
    {
        return logged.lines().filter(line -> line.contains(what)).findFirst().orElse("");
    }
}
