package org.lockstep.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs a program that prints one line a lane, {@code lane perSecond perCpuSecond}, in a process of its own with the
 * options of this JVM: what ran before has then taught the compiler nothing.
 */
final class LaneProcess
{
    private static final int FIELDS = 3;

    private LaneProcess()
    {
    }

    static Map<String, Rates> run(final String classPath, final Class<?> program, final Object... args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            // What else this JVM was told (a debugger, a report of coverage) is about this JVM.
            if (option.startsWith("-X") || option.startsWith("--add") || option.startsWith("--enable-native"))
            {
                command.add(option);
            }
        }
        command.add("-cp");
        command.add(classPath);
        command.add(program.getName());
        for (final Object arg : args)
        {
            command.add(arg.toString());
        }
        return parse(program.getSimpleName(), output(program.getSimpleName(), command));
    }

    private static String output(final String program, final List<String> command)
    {
        try
        {
            final Path errors = Files.createTempFile(program, ".log");
            final Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try
            {
                final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (0 != process.waitFor())
                {
                    throw new IllegalStateException(program + " ended with " + process.exitValue() + ": " +
                        Files.readString(errors));
                }
                return text;
            }
            finally
            {
                process.destroyForcibly();
                Files.delete(errors);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", ex);
        }
    }

    private static Map<String, Rates> parse(final String program, final String text)
    {
        final Map<String, Rates> rates = new TreeMap<>();
        for (final String line : text.split("\n"))
        {
            final String[] fields = line.split(" ");
            if (FIELDS == fields.length)
            {
                rates.put(fields[0], new Rates(Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
            }
        }
        if (rates.isEmpty())
        {
            throw new IllegalStateException(program + " printed no rates: " + text);
        }
        return rates;
    }
}
