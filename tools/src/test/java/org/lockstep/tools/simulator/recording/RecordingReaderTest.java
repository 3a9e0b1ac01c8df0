package org.lockstep.tools.simulator.recording;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RecordingReaderTest
{
    private static final String TRADE = "{\"e\":\"trade\", \"E\":5,\"s\":\"ÄBC\",\"t\":1,\"p\":\"1.0\",\"q\":\"2\"}";

    @TempDir
    private Path directory;

    private RecordingReader reader(final String... lines) throws IOException
    {
        return RecordingReader.open(Files.write(directory.resolve("r.jsonl"), java.util.List.of(lines)));
    }

    private static String raw(final RecordedMessage message)
    {
        return new String(message.line(), message.rawOffset(), message.rawLength(), StandardCharsets.UTF_8);
    }

    private static String payload(final RecordedMessage message)
    {
        return new String(message.line(), message.dataOffset(), message.dataLength(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldKeepEveryByteOfWrappedMessage() throws IOException
    {
        final String text = "{\"stream\":\"äbc@trade\", \"data\": " + TRADE + " }";
        try (RecordingReader reader = reader("{\"recv_ns\":7,\"src\":\"ws\",\"raw\": " + text + "}"))
        {
            final RecordedMessage message = reader.next();

            assertEquals(text, raw(message));
            assertEquals(TRADE, payload(message));
            assertEquals("äbc@trade", message.stream());
            assertEquals("ÄBC", message.symbol());
            assertEquals(7, message.receiveNs());
            assertNull(reader.next());
        }
    }

    @Test
    void shouldUnquoteMessageThatWasRecordedAsText() throws IOException
    {
        final String quoted = TRADE.replace("\"", "\\\"");
        try (RecordingReader reader =
            reader("{\"recv_s\":1633998512.0633569,\"src\":\"ws\",\"raw\":\"" + quoted + "\"}"))
        {
            final RecordedMessage message = reader.next();

            assertEquals(TRADE, raw(message));
            assertEquals(TRADE, payload(message));
            assertFalse(message.wrapped());
            assertEquals("äbc@trade", message.stream());
            assertEquals(1_633_998_512_063_356_900L, message.receiveNs());
        }
    }

    @Test
    void shouldAcceptBareMessagesAndPassOverTheRest() throws IOException
    {
        try (RecordingReader reader = reader(
            "{\"recv_s\":1.0,\"src\":\"ws_connect\",\"url\":\"wss://host\"}",
            "",
            "{\"recv_s\":1.0,\"src\":\"ws\",\"raw\":{\"result\":null,\"id\":1}}",
            "{\"stream\":\"abc@bookTicker\",\"data\":" +
                "{\"u\":1,\"s\":\"ABC\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}}",
            "{\"src\":\"rest\",\"url\":\"https://h/api/v3/depth?symbol=ABC&limit=5\"," +
                "\"raw\":{\"lastUpdateId\":9,\"bids\":[],\"asks\":[]}}"))
        {
            assertEquals("abc@bookTicker", reader.next().stream());
            final RecordedMessage snapshot = reader.next();
            assertTrue(snapshot.isSnapshot());
            assertEquals("ABC", snapshot.symbol());
            assertNull(reader.next());
        }
    }

    @Test
    void shouldNameFileAndLineWhenLineIsBroken() throws IOException
    {
        try (RecordingReader reader = reader("", "{\"raw\":{"))
        {
            final UncheckedIOException failure = assertThrows(UncheckedIOException.class, reader::next);

            assertTrue(failure.getMessage().contains("r.jsonl, line 2"), failure.getMessage());
        }
    }

    @Test
    void shouldRefuseRecordingWithoutMarketMessages() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("empty.jsonl"), "{\"src\":\"ws\",\"raw\":{\"id\":1}}\n");

        assertTrue(assertThrows(IOException.class, () -> Recording.scan(file)).getMessage()
            .contains("holds no market message"));
    }
}
