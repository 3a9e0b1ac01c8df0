package org.lockstep.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the scripts refuse; on copies without the script that builds, so that none of them can begin. */
class RunScriptTest
{
    @TempDir
    private Path directory;
    private Path earlier;

    @BeforeEach
    void copy() throws IOException
    {
        for (final String name : List.of("run.sh", "epsilon.sh", "programs.conf"))
        {
            Files.copy(Path.of(name), directory.resolve(name));
        }
        earlier = directory.resolve("target/results/summary.txt");
        Files.createDirectories(earlier.getParent());
        Files.writeString(earlier, "of an earlier run");
    }

    @Test
    void shouldRefuseAProgramWhenTheModeLeavesItOut() throws Exception
    {
        assertRefused(Map.of(), "ci has no kill-switch; it has: micro tick-to-bot", "run.sh", "ci", "kill-switch");
    }

    @Test
    void shouldRefuseABaselineWhenNotAllPrograms() throws Exception
    {
        final Map<String, String> baseline = Map.of("NEW_BASELINE", "base.json");

        assertRefused(baseline, "NEW_BASELINE=base.json needs a whole run", "run.sh", "quick", "kill-switch");
        assertRefused(baseline, "NEW_BASELINE=base.json needs a whole run", "run.sh", "ci");
    }

    @Test
    void shouldRefuseAScratchWhenItCannotBeWritten() throws Exception
    {
        assertRefused(Map.of("SCRATCH", earlier.toString()), "SCRATCH=" + earlier + " cannot be written", "run.sh");
    }

    @Test
    void shouldPrintItsHeadWhenAskedForHelp() throws Exception
    {
        final String[] run = run(Map.of(), "run.sh", "--help");
        final String[] epsilon = run(Map.of(), "epsilon.sh", "--help");

        assertEquals("0", run[0], run[1]);
        assertTrue(run[1].contains("programs: micro ") && run[1].contains(" start-up"), run[1]);
        assertEquals("0", epsilon[0], epsilon[1]);
        assertTrue(epsilon[1].contains("usage: benchmarks/epsilon.sh"), epsilon[1]);
    }

    private void assertRefused(final Map<String, String> environment, final String reason, final String... command)
        throws Exception
    {
        final String[] result = run(environment, command);

        assertEquals("2", result[0], result[1]);
        assertTrue(result[1].startsWith("run.sh: " + reason), result[1]);
        assertTrue(Files.exists(earlier), "results of the earlier run");
    }

    /** Its exit code and all it said. */
    private String[] run(final Map<String, String> environment, final String... command) throws Exception
    {
        final String[] words = new String[command.length + 1];
        System.arraycopy(command, 0, words, 1, command.length);
        words[0] = "bash";
        words[1] = directory.resolve(command[0]).toString();
        final ProcessBuilder builder =
            new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("NEW_BASELINE", "SCRATCH"));
        builder.environment().putAll(environment);
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new String[]{String.valueOf(process.waitFor()), said};
    }
}
