package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.journal.read.BatchCursor;

/** The commands as scripts see them: exit codes, standard output, JSON lines. Real processes, real sockets. */
class CommandProcessTest
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void shouldRunDemoUntilCtrlCAndReplayDumpAndRefuseAsScriptsRelyOn() throws Exception
    {
        try (ChildProcess demo = ChildProcess.start(
            "demo", "--dir", directory.toString(), "--port", "0", "--json"))
        {
            final JsonNode ready = demo.json();
            assertEquals("ready", ready.path("event").asText());
            assertEquals(demo.pid(), ready.path("pid").asLong());
            for (final String key : List.of("rest", "stream", "api", "control"))
            {
                assertTrue(ready.path("simulators").path("binance").path(key).asText().contains("127.0.0.1"), key);
            }
            assertTrue(ready.path("token").asText().length() > 20, ready::toString);
            assertTrue(ready.path("startMs").path("total").asLong() >= ready.path("startMs").path("java").asLong(-1) &&
                ready.path("startMs").has("connect"), ready::toString);
            shouldServeBotsToMintedToken(ready.path("url").asText());
            shouldRefuseSecondProcess(demo.pid());

            assertFalse(demo.endsWithin(2_000), "the demo ended by itself");
            demo.interrupt();
            final JsonNode summary = demo.json();
            assertEquals(130, demo.exitCode(), demo::toString);
            assertNull(demo.line(), "more than ready and summary was printed");
            assertSummary(summary);
            assertReplaysTo(summary);
        }
        shouldDumpEveryFormat();
        shouldRefuseRecordingOnSyntheticMarket();
        shouldReportDamageWithExitCodeThree();
    }

    @Test
    void shouldRunConfigurationAgainstSimulator() throws Exception
    {
        try (ChildProcess simulator = ChildProcess.start("simulate", "--venue", "binance", "--symbols", "2", "--json"))
        {
            final JsonNode addresses = simulator.json().path("simulators").path("binance");
            final Path config = directory.resolve("lockstep.yaml");
            Files.writeString(config, """
                journal: {directory: %s}
                venues:
                  binance:
                    symbols: [BTCUSDT]
                    rest: %s
                    stream: %s
                    api: %s
                accounts: [{name: main, mode: live, keys: sim}]
                gateway: {enabled: false}
                keystore: {file: %s, passphraseFile: %s}
                """.formatted(directory.resolve("data"), addresses.path("rest").asText(),
                addresses.path("stream").asText(), addresses.path("api").asText(), directory.resolve("keys.p12"),
                passphraseFile()));
            final JsonNode key = addresses.path("accounts").path(0);
            try (ChildProcess add = ChildProcess.start("keys", "add", "sim", "--config", config.toString(),
                "--api-key", key.path("key").asText(), "--secret-file",
                ownersFile("secret", key.path("secret").asText()).toString()))
            {
                assertEquals(0, add.exitCode(), add::toString);
            }

            try (ChildProcess check = ChildProcess.start("check", "binance", "--config", config.toString(), "--json"))
            {
                JsonNode step = check.json();
                while (!"user data".equals(step.path("step").asText()))
                {
                    // The clock of a simulator that is starved of processor time stands still: not what is tested here.
                    assertTrue(step.path("passed").asBoolean() || "clock".equals(step.path("step").asText()),
                        step::toString);
                    step = check.json();
                }
                assertTrue(step.path("passed").asBoolean(), step::toString);
                assertEquals("main", step.path("account").asText());
                assertNull(check.line());
                check.exitCode();
            }
            try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
            {
                final JsonNode ready = run.json();
                assertFalse(ready.has("url"));
                assertFalse(run.endsWithin(1_000), run::toString);
                run.interrupt();
                assertTrue(run.json().path("inputs").asLong() > 10);
                assertEquals(130, run.exitCode());
            }
        }
    }

    @Test
    void shouldKeepTokenToItselfAndNamePortWhenItIsTaken() throws Exception
    {
        try (ChildProcess simulator = ChildProcess.start("simulate", "--venue", "binance", "--symbols", "1", "--json");
            ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final JsonNode addresses = simulator.json().path("simulators").path("binance");
            final Path config = directory.resolve("lockstep.yaml");
            final String text = """
                journal: {directory: %s}
                venues: {binance: {symbols: [BTCUSDT], rest: "%s", stream: "%s"}}
                gateway: {port: %d}
                log: {format: json}
                """.formatted(directory.resolve("data"), addresses.path("rest").asText(),
                addresses.path("stream").asText(), taken.getLocalPort());
            Files.writeString(config, text);

            try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
            {
                assertEquals(1, run.exitCode(), run::toString);
                assertNull(run.line());
                assertTrue(run.errors().contains("port " + taken.getLocalPort() + " of 127.0.0.1 is taken"),
                    run::toString);
                assertTrue(run.errors().contains("gateway.port"), run::toString);
            }
            Files.writeString(config, text.replaceAll("port: \\d+", "port: 0"));
            try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
            {
                final JsonNode ready = run.json();
                assertTrue(ready.has("url"), ready::toString);
                assertFalse(ready.has("token"), ready::toString);
                run.interrupt();
                assertEquals("summary", run.json().path("event").asText());
                assertEquals(130, run.exitCode());
                assertTrue(run.errors().contains("started"), run::toString);
                assertTrue(run.errors().contains("stopped"), run::toString);
                for (final String line : run.errors().lines().toList())
                {
                    assertTrue(MAPPER.readTree(line).has("formattedMessage"), line);
                }
            }
            try (ChildProcess run =
                ChildProcess.start("run", config.toString(), "--for", "4s", "--json", "--show-token"))
            {
                // A machine that is too busy to be live in that time fails, as it should.
                final JsonNode first = run.json();
                final boolean wasLive = "ready".equals(first.path("event").asText());
                assertTrue(!wasLive || first.path("token").asText().length() > 20, first::toString);
                final JsonNode summary = wasLive ? run.json() : first;
                assertTrue(summary.path("seconds").asDouble() >= 4, summary::toString);
                assertEquals(wasLive ? 0 : 1, run.exitCode(), run::toString);
            }
        }
    }

    @Test
    void shouldTradeAtTheSimulatorWhenOneWordSaysSo() throws Exception
    {
        final Path config = directory.resolve("lockstep.yaml");
        Files.writeString(config, """
            journal: {directory: %s}
            venues: {binance: {symbols: [BTCUSDT, ETHUSDT]}}
            accounts: [{name: main, mode: simulator}]
            bots:
              - {name: maker, strategy: market-maker, account: main, symbols: [BTCUSDT]}
              - name: grid
                strategy: grid
                account: main
                symbols: [ETHUSDT]
                parameters: {levels: 4, stepBps: 1, notional: 500}
            gateway: {enabled: false}
            """.formatted(directory.resolve("data")));

        try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
        {
            final JsonNode simulator = run.json().path("simulators").path("binance");
            assertTrue(simulator.path("api").asText().endsWith("/ws-api/v3"), simulator::toString);
            final String key = simulator.path("accounts").path(0).path("key").asText();
            final JsonNode books = book(simulator.path("control").asText() + "/account?key=" + key, run);
            assertTrue(books.path("orders").size() > 4, books::toString);
            run.interrupt();
            final JsonNode orders = run.json().path("orders");
            assertEquals(130, run.exitCode(), run::toString);
            assertTrue(orders.path("requested").asLong() > 4, orders::toString);
            assertEquals(orders.path("requested").asLong(), orders.path("filled").asLong() +
                orders.path("canceled").asLong() + orders.path("rejected").asLong() + orders.path("open").asLong(),
                orders::toString);
            assertEquals(0, orders.path("open").asLong(), orders::toString);
        }
        try (ChildProcess replay = ChildProcess.start("replay", directory.resolve("data").toString(), "--verify"))
        {
            assertEquals(0, replay.exitCode(), replay::toString);
        }
    }

    @Test
    void shouldEndInTimeAndFailWhenTheVenueNeverAnswers() throws Exception
    {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress()))
        {
            final Path config = directory.resolve("lockstep.yaml");
            Files.writeString(config, """
                journal: {directory: %1$s}
                venues: {binance: {symbols: [BTCUSDT], rest: "http://127.0.0.1:%2$d", stream: "ws://127.0.0.1:%2$d"}}
                gateway: {enabled: false}
                """.formatted(directory.resolve("data"), silent.getLocalPort()));

            try (ChildProcess run = ChildProcess.start("run", config.toString(), "--for", "1s", "--json"))
            {
                assertEquals("summary", run.json().path("event").asText());
                assertNull(run.line());
                assertEquals(1, run.exitCode(), run::toString);
                assertTrue(run.errors().contains("not live yet: binance is"), run::toString);
                assertTrue(run.errors().contains("lockstep check binance --config " + config), run::toString);
            }
        }
    }

    @Test
    void shouldEndAndNameTheSymbolWhenTheVenueDoesNotListIt() throws Exception
    {
        try (ChildProcess simulator = ChildProcess.start("simulate", "--venue", "binance", "--symbols", "1", "--json"))
        {
            final JsonNode addresses = simulator.json().path("simulators").path("binance");
            final Path config = directory.resolve("lockstep.yaml");
            Files.writeString(config, """
                journal: {directory: %s}
                venues: {binance: {symbols: [BTCUSDT, NOSUCHUSDT], rest: "%s", stream: "%s"}}
                gateway: {enabled: false}
                """.formatted(directory.resolve("data"), addresses.path("rest").asText(),
                addresses.path("stream").asText()));

            try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
            {
                assertEquals(1, run.exitCode(), run::toString);
                assertTrue(run.errors().contains("NOSUCHUSDT"), run::toString);
                assertFalse(run.errors().contains("BTCUSDT:"), run::toString);
                assertTrue(run.errors().contains("mend the configuration"), run::toString);
            }
        }
    }

    /** The simulator's books, once there are some orders in them. */
    private static JsonNode book(final String uri, final ChildProcess run) throws Exception
    {
        final HttpClient client = HttpClient.newHttpClient();
        JsonNode books = MAPPER.createObjectNode();
        while (books.path("orders").size() <= 4 && !run.endsWithin(50))
        {
            books = MAPPER.readTree(client.send(HttpRequest.newBuilder(URI.create(uri)).build(),
                HttpResponse.BodyHandlers.ofString()).body());
        }
        return books;
    }

    private Path passphraseFile() throws Exception
    {
        return ownersFile("passphrase", "only-for-a-simulator");
    }

    private Path ownersFile(final String name, final String text) throws Exception
    {
        final Path file = Files.createFile(directory.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private void shouldRefuseRecordingOnSyntheticMarket() throws Exception
    {
        Files.writeString(directory.resolve("day.jsonl"), "{\"recv_ns\":7,\"src\":\"ws\",\"raw\":" +
            "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":5,\"s\":\"BTCUSDT\",\"t\":1," +
            "\"p\":\"1.0\",\"q\":\"2\",\"T\":5,\"m\":true,\"M\":true}}}\n");
        try (ChildProcess demo = ChildProcess.start("demo", "--dir", directory.toString(), "--port", "0",
            "--source", directory.resolve("day.jsonl").toString()))
        {
            assertEquals(2, demo.exitCode(), demo::toString);
            assertTrue(demo.errors().contains("the recording day.jsonl"), demo::toString);
        }
    }

    private void shouldServeBotsToMintedToken(final String url) throws Exception
    {
        final String token;
        try (ChildProcess mint = ChildProcess.start(
            "token", "--user", "ana", "--role", "admin", "--dir", directory.toString()))
        {
            token = mint.line();
            assertNull(mint.line());
            assertEquals(0, mint.exitCode());
        }
        final HttpResponse<String> response = HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create(url + "/api/bots")).header("Authorization", "Bearer " + token).build(),
            HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response::body);
        assertTrue(response.body().contains("market-maker"), response::body);
    }

    private void shouldRefuseSecondProcess(final long holder) throws Exception
    {
        try (ChildProcess second = ChildProcess.start("demo", "--dir", directory.toString(), "--port", "0"))
        {
            assertEquals(1, second.exitCode());
            assertTrue(second.errors().contains(Long.toString(holder)), second::toString);
        }
    }

    private static void assertSummary(final JsonNode summary)
    {
        assertEquals("summary", summary.path("event").asText());
        final JsonNode feed = summary.path("feeds").path("binance");
        assertTrue(feed.path("received").asLong() > 0);
        assertEquals(feed.path("received").asLong(), feed.path("decoded").asLong() + feed.path("control").asLong() +
            feed.path("rejected").asLong());
        assertEquals(3, summary.path("bots").size());
        assertTrue(summary.path("latencyNs").path("socketToBot").path("p999").asLong() > 0);
        final JsonNode orders = summary.path("orders");
        assertEquals(orders.path("requested").asLong(), orders.path("filled").asLong() +
            orders.path("canceled").asLong() + orders.path("rejected").asLong(), orders::toString);
        assertEquals(summary.path("lastSequence").asLong() + 1,
            summary.path("inputs").asLong() + summary.path("outputs").asLong());
    }

    private void assertReplaysTo(final JsonNode summary) throws Exception
    {
        try (ChildProcess replay = ChildProcess.start("replay", directory.toString(), "--verify", "--json"))
        {
            final JsonNode result = replay.json();
            assertEquals(0, replay.exitCode());
            assertTrue(result.path("verified").asBoolean());
            assertTrue(result.path("divergence").isNull());
            assertEquals(summary.path("stateHash").asText(), result.path("stateHash").asText());
            assertEquals(summary.path("inputs").asLong(), result.path("inputs").asLong());
        }
    }

    private void shouldDumpEveryFormat() throws Exception
    {
        for (final String format : List.of("text", "json", "yaml"))
        {
            try (ChildProcess dump = ChildProcess.start(
                "dump", directory.toString(), "--type", "OrderRequested", "--format", format))
            {
                final String first = dump.line();
                assertTrue("yaml".equals(format) ? first.startsWith("---") : first.contains("OrderRequested"), first);
                if ("json".equals(format))
                {
                    final JsonNode order = MAPPER.readTree(first);
                    assertTrue(order.path("price").isTextual() && order.path("orderId").isTextual(), first);
                }
                assertEquals(0, dump.exitCode());
            }
        }
    }

    private void shouldReportDamageWithExitCodeThree() throws Exception
    {
        final Path file;
        final long position;
        try (BatchCursor cursor = new BatchCursor(directory))
        {
            for (int i = 0; i < 10; i++)
            {
                assertEquals(BatchCursor.BATCH, cursor.next(), "batch " + i);
            }
            file = cursor.file();
            position = cursor.position() + BatchCursor.DOCUMENT_HEADER + cursor.batchLength() / 2;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw"))
        {
            bytes.seek(position);
            final int old = bytes.read();
            bytes.seek(position);
            bytes.write(old ^ 0xFF);
        }
        try (ChildProcess replay = ChildProcess.start("replay", directory.toString(), "--verify"))
        {
            assertEquals(3, replay.exitCode(), replay::toString);
            assertTrue(replay.errors().contains(file.getFileName().toString()), replay::toString);
        }
    }
}
