package org.lockstep.tools.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lockstep.tools.config.ConfigException;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.Finding;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config init} and {@code config check}. */
@Command(
    name = "config",
    description = "Writes a commented configuration to start from, or checks one.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lockstep config init lockstep.yaml && lockstep config check lockstep.yaml"})
public final class ConfigCommand
{
    private static final String TEMPLATE = "/org/lockstep/tools/lockstep.yaml";

    /** @return the commented configuration that {@code config init} writes. */
    public static String template()
    {
        try (InputStream in = ConfigCommand.class.getResourceAsStream(TEMPLATE))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Writes the commented configuration. */
    @Command(name = "init", description = "Writes a commented configuration to FILE, or to standard output.",
        mixinStandardHelpOptions = true, footer = {"", "Example:", "  lockstep config init lockstep.yaml"})
    int init(
        @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "must not exist yet")
        final Path file)
    {
        if (null == file)
        {
            Console.standard(false).raw(template().stripTrailing());
            return ExitCode.OK;
        }
        try
        {
            Files.writeString(file, template(), StandardOpenOption.CREATE_NEW);
        }
        catch (final FileAlreadyExistsException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, file + " exists; name another file or remove it first");
        }
        catch (final NoSuchFileException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, "cannot write " + file + ": its directory does not exist");
        }
        catch (final IOException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, "cannot write " + file + ": " +
                (ex instanceof AccessDeniedException ? "no permission" : ex.getMessage()));
        }
        Console.standard(false).line("wrote " + file + "; next: lockstep config check " + file);
        return ExitCode.OK;
    }

    /** Checks a configuration. */
    @Command(name = "check", description = "Checks a configuration: line, key, what was found, what is allowed.",
        mixinStandardHelpOptions = true, footer = {"", "Example:", "  lockstep config check lockstep.yaml --json"})
    int check(
        @Parameters(index = "0", paramLabel = "FILE", description = "the configuration") final Path file,
        @Option(names = "--json", description = "one JSON object a finding") final boolean json)
    {
        final Console console = Console.standard(json);
        try
        {
            final LockstepConfig config = ConfigReader.readToRun(file, StrategyCheck.onClassPath());
            console.line(console.green("ok") + "  " + file + ": " + config.venues().size() + " venue(s), " +
                config.accounts().size() + " account(s), " + config.bots().size() + " bot(s)");
            console.event("config", Map.of("file", file.toString(), "valid", true));
            return ExitCode.OK;
        }
        catch (final ConfigException ex)
        {
            for (final Finding finding : ex.findings())
            {
                console.line(finding.describe(file.toString()));
                console.event("finding", fields(finding));
            }
            return ExitCode.USAGE;
        }
    }

    private static Map<String, Object> fields(final Finding finding)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", finding.line());
        fields.put("key", finding.key());
        fields.put("found", finding.found());
        fields.put("allowed", finding.allowed());
        fields.put("nearest", finding.nearest());
        return fields;
    }
}
