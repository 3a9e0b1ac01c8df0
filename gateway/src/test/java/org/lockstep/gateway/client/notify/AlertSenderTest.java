package org.lockstep.gateway.client.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AlertSenderTest
{
    private static final String SECRET = "a-secret-between-us";

    private static final Logger LOGGER = (Logger)LoggerFactory.getLogger(AlertSender.class);

    private final List<Received> received = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private HttpServer server;
    private AlertSender sender;

    private record Received(String path, String id, String signature, byte[] body)
    {
        String text()
        {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void start() throws Exception
    {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    @AfterEach
    void stop()
    {
        sender.close();
        server.stop(0);
        LOGGER.detachAndStopAllAppenders();
    }

    @Test
    void shouldSignWhatItSends() throws Exception
    {
        send(json("warning"));

        sender.offer(notice(7, "critical", "kill switch on"));

        await("it has arrived", () -> 1 == received().size());
        final Received one = received().get(0);
        assertEquals("/hook", one.path());
        assertEquals("1-abc/7", one.id());
        assertEquals("t=1700000000,v1=" + AlertSender.sign(SECRET, 1_700_000_000, one.body()), one.signature());
        final var body = new ObjectMapper().readTree(one.body());
        assertEquals("alert", body.get("type").textValue());
        assertEquals(7, body.get("offset").longValue());
        assertEquals("kill switch on", body.get("text").textValue());
        await("it is counted", () -> 1 == sender.sent());
    }

    @Test
    void shouldSignAsTheStandardSays()
    {
        send(json("info"));

        // HMAC-SHA256 of "1.what do ya want for nothing?" under "Jefe", by another implementation.
        assertEquals("a9049465ce89cfb8e9aac62333abda66f80e3403f51f57f6bae3c3a4485eca38",
            AlertSender.sign("Jefe", 1, "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldTryAgainInOrderUntilTheTargetTakesIt()
    {
        answers.addAll(List.of(500, 503, 429, 200, 200));
        send(json("info"));

        sender.offer(notice(1, "info", "first"));
        sender.offer(notice(2, "info", "second"));

        await("both are taken", () -> 2 == sender.sent());
        assertEquals(List.of("1-abc/1", "1-abc/1", "1-abc/1", "1-abc/1", "1-abc/2"),
            received().stream().map(Received::id).toList());
        assertEquals(0, sender.failed());
    }

    @Test
    void shouldGiveUpOnWhatTheTargetCallsWrongAndOnWhatNeverWorks()
    {
        answers.addAll(List.of(400, 500, 500, 500, 500, 500, 500, 500, 500, 200));
        send(json("info"));

        for (int i = 1; i <= 3; i++)
        {
            sender.offer(notice(i, "info", "text"));
        }

        await("the third is taken", () -> 1 == sender.sent());
        assertEquals(2, sender.failed());
        assertEquals(10, received().size());
    }

    @Test
    void shouldSayOnceAndWithoutSecretsThatTheTargetCannotBeReachedAndThatItCanAgain()
    {
        final List<ILoggingEvent> logged = logged();
        answers.addAll(List.of(500, 503, 500, 503, 200));
        send(json("info"));

        sender.offer(notice(1, "info", "first"));
        sender.offer(notice(2, "info", "second"));

        await("both are taken", () -> 2 == sender.sent());
        assertEquals(4, sender.attemptsFailed());
        assertEquals(0, sender.undelivered());
        final List<String> texts = logged.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertEquals(2, texts.size(), texts::toString);
        assertTrue(texts.get(0).startsWith("alerts do not reach ops: it answered 500; "), texts::toString);
        assertEquals("alerts reach ops again, after 4 failed attempts", texts.get(1));
        assertFalse(texts.toString().contains(SECRET) || texts.toString().contains("hook"), texts::toString);
    }

    @Test
    void shouldSayAtTheEndHowManyDidNotReachATargetThatDoesNotListen()
    {
        final List<ILoggingEvent> logged = logged();
        server.stop(0);
        sender = new AlertSender(json("info"), () -> 0, 60_000);
        sender.start();
        sender.offer(notice(1, "critical", "first"));
        sender.offer(notice(2, "critical", "second"));
        await("it was tried", () -> 1 == sender.attemptsFailed());

        sender.close();

        assertEquals(2, sender.undelivered());
        final List<String> texts = logged.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertTrue(texts.get(0).startsWith("alerts do not reach ops: ConnectException; "), texts::toString);
        assertEquals("2 alert(s) did not reach ops", texts.get(texts.size() - 1));
    }

    @Test
    void shouldLeaveOutWhatIsLessSevere()
    {
        send(json("critical"));

        sender.offer(notice(1, "info", "i"));
        sender.offer(notice(2, "warning", "w"));
        sender.offer(notice(3, "critical", "c"));

        await("one is taken", () -> 1 == sender.sent());
        assertEquals("1-abc/3", received().get(0).id());
    }

    @Test
    void shouldBoundWhatWaits()
    {
        sender = new AlertSender(json("info"), () -> 1_700_000_000_123L, 1);
        for (int i = 0; i < 300; i++)
        {
            sender.offer(notice(i, "info", "text"));
        }
        sender.start();

        await("the newest are taken", () -> 256 == sender.sent());
        assertEquals(44, sender.dropped());
        assertEquals("1-abc/44", received().get(0).id());
    }

    @Test
    void shouldWriteToTelegram() throws Exception
    {
        send(new AlertTarget("tg", URI.create(address()), AlertTarget.Format.TELEGRAM, "123:token", "-42", "info"));

        sender.offer(notice(1, "warning", "feed is \"stale\""));

        await("it has arrived", () -> 1 == sender.sent());
        final Received one = received().get(0);
        assertEquals("/bot123:token/sendMessage", one.path());
        assertNull(one.signature());
        assertEquals("-42", new ObjectMapper().readTree(one.body()).get("chat_id").textValue());
        assertEquals("WARNING: feed is \"stale\"", new ObjectMapper().readTree(one.body()).get("text").textValue());
    }

    @Test
    void shouldCloseWhileItWaitsToTryAgain()
    {
        answers.add(500);
        sender = new AlertSender(json("info"), () -> 0, 60_000);
        sender.start();
        sender.offer(notice(1, "info", "text"));
        await("it was tried", () -> 1 == received().size());

        sender.close();

        assertEquals(0, sender.sent());
    }

    @Test
    void shouldShowNoSecretAndRefuseHalfATarget()
    {
        send(json("info"));
        assertFalse(json("info").toString().contains(SECRET));
        assertThrows(IllegalArgumentException.class, () ->
            new AlertTarget("tg", URI.create(address()), AlertTarget.Format.TELEGRAM, null, "1", "info"));
        assertThrows(IllegalArgumentException.class, () ->
            new AlertTarget("x", URI.create(address()), AlertTarget.Format.JSON, null, null, "loud"));
    }

    private static List<ILoggingEvent> logged()
    {
        final ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.list = Collections.synchronizedList(appender.list);
        appender.start();
        LOGGER.addAppender(appender);
        return appender.list;
    }

    private void send(final AlertTarget target)
    {
        sender = new AlertSender(target, () -> 1_700_000_000_123L, 1);
        sender.start();
    }

    private AlertTarget json(final String severity)
    {
        return new AlertTarget(
            "ops", URI.create(address() + "/hook"), AlertTarget.Format.JSON, SECRET, null, severity);
    }

    private String address()
    {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static AlertNotice notice(final long sequence, final String severity, final String text)
    {
        return new AlertNotice("1-abc", sequence, severity, text,
            ("\"severity\":\"" + severity + "\",\"text\":\"" + text.replace("\"", "'") + "\"")
                .getBytes(StandardCharsets.UTF_8));
    }

    private synchronized List<Received> received()
    {
        return List.copyOf(received);
    }

    private void take(final HttpExchange exchange) throws IOException
    {
        final int status;
        synchronized (this)
        {
            received.add(new Received(exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("X-Lockstep-Id"),
                exchange.getRequestHeaders().getFirst("X-Lockstep-Signature"),
                exchange.getRequestBody().readAllBytes()));
            status = answers.isEmpty() ? 200 : answers.poll();
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "in vain waited until " + what);
            Thread.yield();
        }
    }
}
