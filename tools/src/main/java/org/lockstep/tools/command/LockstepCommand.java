package org.lockstep.tools.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lockstep.tools.config.ConfigException;
import org.lockstep.tools.config.Nearest;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole. */
@Command(
    name = "lockstep",
    description = "A low-latency trading engine: live and replay move in lockstep.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "First steps:", "  lockstep demo --for 30s", "  lockstep config init lockstep.yaml"})
public final class LockstepCommand
{
    /** By name, in the order in which they are listed. */
    static final Map<String, Class<?>> COMMANDS = commands();

    /**
     * Parses and runs.
     *
     * @param args as typed.
     * @return the exit code.
     */
    public static int execute(final String... args)
    {
        return commandLine(args).execute(args);
    }

    /** Only the command that is meant is read, since picocli takes its time over each. */
    static CommandLine commandLine(final String... args)
    {
        final CommandLine commandLine = new CommandLine(new LockstepCommand());
        final boolean isMeant = args.length > 0 && COMMANDS.containsKey(args[0]);
        COMMANDS.forEach((name, command) ->
        {
            if (!isMeant || name.equals(args[0]))
            {
                commandLine.addSubcommand(name, command);
            }
        });
        commandLine.setExpandAtFiles(false);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((ex, command, parsed) -> report(ex, command.getErr()));
        final CommandLine.IParameterExceptionHandler usual = commandLine.getParameterExceptionHandler();
        commandLine.setParameterExceptionHandler((ex, typed) ->
            isUnknownCommand(ex) ? nameCommands(ex) : usual.handleParseException(ex, typed));
        if (!"1".equals(System.getenv("LOCKSTEP_TTY")) || null != System.getenv("NO_COLOR"))
        {
            commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        return commandLine;
    }

    private static Map<String, Class<?>> commands()
    {
        final Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand.class);
        commands.put("run", RunCommand.class);
        commands.put("config", ConfigCommand.class);
        commands.put("simulate", SimulateCommand.class);
        commands.put("backtest", BacktestCommand.class);
        commands.put("replay", ReplayCommand.class);
        commands.put("dump", DumpCommand.class);
        commands.put("check", CheckCommand.class);
        commands.put("token", TokenCommand.class);
        commands.put("keys", KeysCommand.class);
        commands.put("rehearse", RehearseCommand.class);
        commands.put("doctor", DoctorCommand.class);
        return commands;
    }

    private static boolean isUnknownCommand(final CommandLine.ParameterException ex)
    {
        return ex instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.isUnknownOption() &&
            !ex.getCommandLine().getSubcommands().isEmpty();
    }

    private static int nameCommands(final CommandLine.ParameterException ex)
    {
        final CommandLine of = ex.getCommandLine();
        final String found = ((CommandLine.UnmatchedArgumentException)ex).getUnmatched().get(0);
        final String nearest = Nearest.of(found, of.getSubcommands().keySet());
        of.getErr().println("lockstep: there is no command '" + found + "' of " +
            of.getCommandSpec().qualifiedName() + (null == nearest ? "." : "; did you mean '" + nearest + "'?") +
            " There are: " + String.join(", ", of.getSubcommands().keySet()) + " (--help explains them)");
        return ExitCode.USAGE;
    }

    /** The exceptions of file access say only a path; their class says why. */
    private static String reason(final Exception ex)
    {
        final Throwable cause = ex instanceof UncheckedIOException && null != ex.getCause() ? ex.getCause() : ex;
        if (cause instanceof AccessDeniedException)
        {
            return "no permission to use " + cause.getMessage();
        }
        if (cause instanceof NoSuchFileException)
        {
            return "there is no " + cause.getMessage();
        }
        if (cause instanceof FileAlreadyExistsException)
        {
            return cause.getMessage() + " is a file, not a directory";
        }
        return String.valueOf(cause.getMessage());
    }

    private static int report(final Exception ex, final PrintWriter err)
    {
        if (ex instanceof CommandFailure failure)
        {
            err.println("lockstep: " + failure.getMessage());
            return failure.exitCode();
        }
        if (ex instanceof ConfigException)
        {
            err.println(ex.getMessage());
            return ExitCode.USAGE;
        }
        if (ex instanceof IOException || ex instanceof UncheckedIOException)
        {
            err.println("lockstep: " + reason(ex));
            return ExitCode.FAILED;
        }
        err.println("lockstep: " + ex.getClass().getSimpleName() + ": " + ex.getMessage() +
            " (a fault of lockstep itself; LOCKSTEP_TRACE=1 shows where)");
        if (null != System.getenv("LOCKSTEP_TRACE"))
        {
            ex.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }
}
