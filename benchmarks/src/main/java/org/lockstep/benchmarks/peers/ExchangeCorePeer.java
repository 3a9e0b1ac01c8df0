package org.lockstep.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.lockstep.benchmarks.peers.flow.ExchangeCoreFlow;

/** Runs exchange-core in a process of its own, with its own libraries and the options of this JVM. */
final class ExchangeCorePeer
{
    private static final String LIBRARIES = "benchmarks/peers/exchange-core/target/lib";
    private static final int FIELDS = 3;

    private ExchangeCorePeer()
    {
    }

    /** Runs it with the arguments of its program; returns its rates by lane. */
    static Map<String, Rates> run(final Object... args)
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
        final Path classes = classes();
        command.add("-cp");
        command.add(classes + System.getProperty("path.separator") + libraries(classes).resolve("*"));
        command.add(ExchangeCoreFlow.class.getName());
        for (final Object arg : args)
        {
            command.add(arg.toString());
        }
        return parse(output(command));
    }

    private static String output(final List<String> command)
    {
        try
        {
            final Path errors = Files.createTempFile("exchange-core", ".log");
            final Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try
            {
                final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (0 != process.waitFor())
                {
                    throw new IllegalStateException("exchange-core ended with " + process.exitValue() + ": " +
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
            throw new IllegalStateException("interrupted while exchange-core ran", ex);
        }
    }

    private static Map<String, Rates> parse(final String text)
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
        return rates;
    }

    private static Path classes()
    {
        try
        {
            return Path.of(ExchangeCoreFlow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        }
        catch (final URISyntaxException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static Path libraries(final Path classes)
    {
        for (Path directory = classes.getParent(); null != directory; directory = directory.getParent())
        {
            if (Files.isDirectory(directory.resolve(LIBRARIES)))
            {
                return directory.resolve(LIBRARIES);
            }
        }
        throw new IllegalStateException("found no " + LIBRARIES + " above " + classes + ": build the benchmarks first");
    }
}
