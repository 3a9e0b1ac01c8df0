package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.tools.host.CoreList;
import org.lockstep.tools.host.Cores;
import org.lockstep.tools.host.HostFiles;

/** Pinned threads, as the kernel sees them. */
class ThreadPinningTest
{
    private static final String NAMES = "lockstep-engin|lockstep-feed.*|lockstep-gatew.*|lockst.*";

    @TempDir
    private Path directory;

    @Test
    void shouldRunEachThreadOnItsCores() throws Exception
    {
        final Cores cores = Cores.read(HostFiles.ofThisHost());
        final int first = cores.usable().nextSetBit(0);
        final int last = cores.usable().length() - 1;
        final String all = CoreList.format(cores.usable());

        try (ChildProcess run = ChildProcess.start("run", "--json", "--for", "10m",
            config("{engine: %d, feed: %d, gateway: \"%s\"}".formatted(last, first, all)).toString()))
        {
            final JsonNode ready = run.json();
            assertEquals("ready", ready.path("event").asText());
            assertFalse(ready.path("threads").path("plan").asText().isEmpty(), ready::toString);
            assertFalse(ready.path("threads").path("reason").asText().isEmpty(), ready::toString);
            assertEquals(Integer.toString(last), ready.path("threads").path("pinned").path("engine").asText());

            final Map<String, String> allowed = allowed(run.pid());
            assertEquals(Integer.toString(last), find(allowed, "lockstep-engin"), allowed::toString);
            assertEquals(Integer.toString(first), find(allowed, "lockstep-feed"), allowed::toString);
            assertTrue(run.errors().contains("pinned: engine on " + last + ", feed on " + first), run::toString);
            assertEquals(cores.isolated().get(last), !run.errors().contains("not isolated"), run.errors());
        }
    }

    @Test
    void shouldWarnAndRunOnWhenTheNativeLibraryIsMissing() throws Exception
    {
        final int last = Cores.read(HostFiles.ofThisHost()).usable().length() - 1;

        try (ChildProcess run = ChildProcess.startWith(List.of("-Djna.noclasspath=true", "-Djna.nosys=true",
            "-Djna.boot.library.path=" + directory), "run", "--json", "--for", "10m",
            config("{engine: %d}".formatted(last)).toString()))
        {
            assertEquals("ready", run.json().path("event").asText());

            assertTrue(run.errors().contains("lockstep-engine could not be pinned to core " + last), run.errors());
        }
    }

    @Test
    void shouldRefuseACoreThatIsNotThereBeforeItTouchesTheJournal() throws Exception
    {
        try (ChildProcess run = ChildProcess.start("run", "--json", config("{feed: 4000}").toString()))
        {
            assertEquals(2, run.exitCode());
            assertTrue(run.errors().contains(
                "lockstep.yaml:2: engine.pinning.feed: found core 4000, which is not there"), run.errors());
            assertTrue(Files.notExists(directory.resolve("data")));
        }
    }

    @Test
    void shouldRefuseInACheckWhatARunRefuses() throws Exception
    {
        try (ChildProcess check = ChildProcess.start("config", "check", "--json",
            config("{feed: 4000}").toString()))
        {
            final JsonNode finding = check.json();

            assertEquals(2, check.exitCode());
            assertEquals(2, finding.path("line").asInt());
            assertEquals("engine.pinning.feed", finding.path("key").asText());
            assertEquals("core 4000, which is not there", finding.path("found").asText());
            assertEquals("cores of this host: " + CoreList.format(Cores.read(HostFiles.ofThisHost()).usable()),
                finding.path("allowed").asText());
        }
    }

    private static String find(final Map<String, String> allowed, final String name)
    {
        return allowed.entrySet().stream().filter(entry -> entry.getKey().startsWith(name)).findFirst()
            .map(Map.Entry::getValue).orElse("no such thread");
    }

    /** Cores that the kernel lets the process's own threads run on, by name of the thread. */
    private static Map<String, String> allowed(final long pid) throws IOException
    {
        final Map<String, String> allowed = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task")))
        {
            for (final Path task : tasks.toList())
            {
                try
                {
                    final String name = Files.readString(task.resolve("comm")).strip();
                    if (name.matches(NAMES))
                    {
                        allowed.put(name, new HostFiles(task).field("status", "Cpus_allowed_list"));
                    }
                }
                catch (final NoSuchFileException ex)
                {
                    // A thread that has ended meanwhile.
                    continue;
                }
            }
        }
        return allowed;
    }

    private Path config(final String pinning) throws IOException
    {
        final Path file = directory.resolve("lockstep.yaml");
        Files.writeString(file, """
            journal: {directory: %s, preTouch: false}
            engine: {pinning: %s}
            venues: {binance: {symbols: [BTCUSDT], streams: [quote]}}
            accounts: [{name: main, mode: simulator}]
            gateway: {port: 0}
            """.formatted(directory.resolve("data"), pinning));
        return file;
    }
}
