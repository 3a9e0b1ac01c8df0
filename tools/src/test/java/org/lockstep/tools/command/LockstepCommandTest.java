package org.lockstep.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine;

class LockstepCommandTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {
        "demo", "run", "config", "simulate", "replay", "dump", "check", "token", "keys", "rehearse",
        "doctor", "backtest"})
    void shouldExplainEveryCommandWithAnExample(final String command)
    {
        final int exitCode = execute(command, "--help");

        assertEquals(0, exitCode);
        assertTrue(out.toString().contains("Example"), out::toString);
        assertTrue(out.toString().contains("lockstep " + command), out::toString);
    }

    @Test
    void shouldListEveryCommandUnderTheNameItGivesItself()
    {
        final int exitCode = execute("--help");

        assertEquals(0, exitCode);
        LockstepCommand.COMMANDS.forEach((name, type) ->
        {
            assertEquals(type.getAnnotation(CommandLine.Command.class).name(), name);
            assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("  " + name + " ")), out::toString);
        });
    }

    @Test
    void shouldNameFoundAndAllowedWhenUsageIsWrong()
    {
        for (final String[] args : List.of(
            new String[]{"demo", "--for", "soon"},
            new String[]{"demo", "--venue", "nyse"},
            new String[]{"demo", "--port", "99999"},
            new String[]{"simulate", "--symbols", "0"},
            new String[]{"check", "nyse"},
            new String[]{"token", "--user", "ana", "--role", "god"},
            new String[]{"dump", ".", "--format", "xml"},
            new String[]{"rehearse", "--scenarios", "0"},
            new String[]{"nonsense"}))
        {
            final int exitCode = execute(args);

            assertEquals(2, exitCode, () -> String.join(" ", args) + ": " + err);
            assertTrue(err.toString().contains(args[args.length - 1]), () -> String.join(" ", args) + ": " + err);
        }
    }

    @ParameterizedTest
    @CsvSource({"dmo, demo", "replya, replay", "docter, doctor"})
    void shouldNameTheNearestCommandInOneLineWhenThereIsNone(final String typed, final String meant)
    {
        final int exitCode = execute(typed);

        assertEquals(2, exitCode);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("'" + typed + "'"), err::toString);
        assertTrue(err.toString().contains("did you mean '" + meant + "'?"), err::toString);
    }

    @Test
    void shouldNameTheCommandsThereAreWhenNoneIsNear()
    {
        assertEquals(2, execute("config", "frobnicate"));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("check, init"), err::toString);
        assertFalse(err.toString().contains("did you mean"), err::toString);
    }

    @Test
    void shouldFailInOneLineThatSaysWhatToTryWhenThereIsNoJournal()
    {
        final int exitCode = execute("replay", directory.resolve("nothing").toString());

        assertEquals(1, exitCode);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("lockstep demo"), err::toString);
    }

    @Test
    void shouldCheckItsOwnTemplateAndRefuseToOverwrite() throws Exception
    {
        final Path file = directory.resolve("lockstep.yaml");

        assertEquals(0, execute("config", "init", file.toString()));
        assertEquals(0, execute("config", "check", file.toString()));
        assertEquals(1, execute("config", "init", file.toString()));
    }

    @Test
    void shouldMakeNoKeyOfItsOwnWhenThereIsNoGatewayYet() throws Exception
    {
        final Path config = directory.resolve("lockstep.yaml");
        Files.writeString(config, "journal: {directory: " + directory.resolve("data") +
            "}\nvenues: {binance: {symbols: [BTCUSDT]}}\n");
        Files.createDirectory(directory.resolve("empty"));
        for (final String[] where : List.of(
            new String[]{"--dir", directory.resolve("nothing").toString(), "lockstep demo --dir"},
            new String[]{"--dir", directory.resolve("empty").toString(), "lockstep demo --dir"},
            new String[]{"--config", config.toString(), "lockstep run " + config}))
        {
            final int exitCode = execute("token", "--user", "ana", "--role", "admin", where[0], where[1]);

            assertEquals(1, exitCode, err::toString);
            assertEquals(1, err.toString().lines().count(), err::toString);
            assertTrue(err.toString().contains(where[2]), err::toString);
        }
        try (Stream<Path> left = Files.walk(directory))
        {
            assertEquals(3, left.count(), "token made files");
        }
    }

    @Test
    void shouldShowTheDefaultsInTheTemplate() throws Exception
    {
        final Path template = directory.resolve("template.yaml");
        Files.writeString(template, ConfigCommand.template());
        final Path bare = directory.resolve("bare.yaml");
        Files.writeString(bare, "venues: {binance: {symbols: [BTCUSDT, ETHUSDT]}}\n");

        final LockstepConfig shown = ConfigReader.read(template, StrategyCheck.onClassPath());
        final LockstepConfig defaults = ConfigReader.read(bare, StrategyCheck.onClassPath());

        assertEquals(defaults.journal(), shown.journal());
        assertEquals(defaults.engine(), shown.engine());
        assertEquals(defaults.venues(), shown.venues());
        assertEquals(defaults.gateway(), shown.gateway());
        assertEquals(defaults.keystore(), shown.keystore());
        assertEquals(defaults.ntp(), shown.ntp());
        assertEquals(defaults.log(), shown.log());
    }

    private int execute(final String... args)
    {
        err.getBuffer().setLength(0);
        final CommandLine commandLine = LockstepCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
