package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.tools.host.HostFiles;

/** What is told of how a start went. */
class StartPhasesTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldTellAgeOfProcessWhateverItsName() throws IOException
    {
        write("proc/uptime", "35880.25 23566.26\n");
        write("proc/self/stat", "22232 (a (b) c) R 22183 22183 9977 0 -1 4194304 97 0 0 0 0 0 0 0 20 0 1 0 3588020 " +
            "3133440 414 18446744073709551615 94475657240576\n");

        assertEquals(50, StartPhases.ageMs(new HostFiles(directory), null));
    }

    @Test
    void shouldTellNoAgeWhereSystemDoesNot() throws IOException
    {
        assertEquals(0, StartPhases.ageMs(new HostFiles(directory), null));

        write("proc/uptime", "no number\n");
        write("proc/self/stat", "1 (java) R 1\n");

        assertEquals(0, StartPhases.ageMs(new HostFiles(directory), null));
    }

    @Test
    void shouldNotCountWhatTheLauncherBuiltBefore() throws IOException
    {
        write("proc/uptime", "41.25 30.00\n");
        write("proc/self/stat", "1 (java) R 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 1 1 1\n");

        assertEquals(250, StartPhases.ageMs(new HostFiles(directory), "41.00"));
        assertEquals(40_250, StartPhases.ageMs(new HostFiles(directory), "0.50"));
        assertEquals(40_250, StartPhases.ageMs(new HostFiles(directory), null));
    }

    @Test
    void shouldKeepPhasesInOrderWithTheirSum()
    {
        final StartPhases phases = new StartPhases();

        phases.end("journal");
        phases.end("connect");

        final Map<String, Long> told = phases.milliseconds();
        final List<String> names = List.copyOf(told.keySet());
        assertEquals(List.of("journal", "connect", "total"), names.subList(names.size() - 3, names.size()));
        assertEquals(told.get("total"), told.entrySet().stream().filter(phase -> !"total".equals(phase.getKey()))
            .mapToLong(Map.Entry::getValue).sum());
        assertTrue(phases.toString().startsWith(told.get("total") + " ms: "), phases::toString);
    }

    private void write(final String name, final String text) throws IOException
    {
        final Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
