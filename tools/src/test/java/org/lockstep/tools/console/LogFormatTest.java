package org.lockstep.tools.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The process's own {@code logback.xml}, with json chosen: what a log collector gets. */
class LogFormatTest
{
    /** As the comment of {@code log.format} in the configuration that {@code config init} writes says. */
    private static final Set<String> FIELDS = Set.of(
        "timestamp", "nanoseconds", "level", "threadName", "loggerName", "mdc", "formattedMessage", "throwable");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void configure() throws Exception
    {
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("lockstep.logFormat", "json");
        final JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormat.class.getResource("/logback.xml"));
        final Iterator<Appender<ILoggingEvent>> appenders =
            context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        final ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>)appenders.next();
        assertEquals("System.err", appender.getTarget());
        appender.setOutputStream(log);
    }

    @AfterEach
    void stop()
    {
        context.stop();
    }

    @Test
    void shouldWriteOneObjectALineWithTheFieldsThatAreDocumented() throws Exception
    {
        final Logger logger = context.getLogger("org.lockstep.gateway.Something");
        final List<String> messages = List.of("plain", "two\nlines\r\nand\ta tab", "\"quoted\" \\ {braces}",
            "accents ção, 漢字, \uD83D\uDE80", "a control \u0001 and a \u2028 separator", "");

        final long beforeMs = System.currentTimeMillis();
        messages.forEach(message -> logger.warn("{}", message));

        final List<JsonNode> lines = lines();
        assertEquals(messages, lines.stream().map(line -> line.get("formattedMessage").textValue()).toList());
        for (final JsonNode line : lines)
        {
            assertEquals(FIELDS, names(line));
            assertTrue(line.get("timestamp").longValue() >= beforeMs);
            assertTrue(line.get("nanoseconds").isIntegralNumber());
            assertEquals("WARN", line.get("level").textValue());
            assertEquals(Thread.currentThread().getName(), line.get("threadName").textValue());
            assertTrue(line.get("throwable").isNull());
            assertEquals("org.lockstep.gateway.Something", line.get("loggerName").textValue());
        }
    }

    @Test
    void shouldKeepAFailureInTheLineOfItsMessage() throws Exception
    {
        context.getLogger("org.lockstep").error("it failed",
            new IllegalStateException("first\nsecond", new IllegalArgumentException("\"cause\"")));

        final List<JsonNode> lines = lines();
        assertEquals(1, lines.size());
        final JsonNode throwable = lines.get(0).get("throwable");
        assertEquals("first\nsecond", throwable.get("message").textValue());
        assertEquals(IllegalStateException.class.getName(), throwable.get("className").textValue());
        assertTrue(throwable.get("stepArray").size() > 3);
        assertEquals("\"cause\"", throwable.get("cause").get("message").textValue());
    }

    @Test
    void shouldLeaveOutWhatIsBelowTheLevelOfItsSource() throws Exception
    {
        context.getLogger("org.lockstep.engine").info("too much");
        context.getLogger("io.netty.channel").info("too much");
        context.getLogger("org.lockstep.tools.run.ProcessRun").info("started");

        assertEquals(List.of("started"),
            lines().stream().map(line -> line.get("formattedMessage").textValue()).toList());
    }

    private List<JsonNode> lines() throws Exception
    {
        final List<JsonNode> lines = new ArrayList<>();
        final String text = log.toString(StandardCharsets.UTF_8);
        assertTrue(text.endsWith("\n"), () -> "found: " + text);
        for (final String line : text.substring(0, text.length() - 1).split("\n", -1))
        {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }

    private static Set<String> names(final JsonNode line)
    {
        final Set<String> names = new TreeSet<>();
        line.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
