package org.lockstep.benchmarks.latency.feed;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One client in a process of its own, asked over its standard input and output. One thread. */
final class ClientProcess implements AutoCloseable
{
    private static final String OPTIONS_FILE_END = "jvm.options";
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;
    private boolean isAsked;

    ClientProcess(final List<String> command, final Path directory, final Path log)
    {
        try
        {
            process = new ProcessBuilder(command).directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.to(log.toFile())).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** A Java client with this process's class path, by this process's options or by the machine's defaults. */
    static List<String> java(final Class<?> main, final boolean hasOwnOptions, final String... args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (hasOwnOptions)
        {
            java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.endsWith(OPTIONS_FILE_END)).forEach(command::add);
        }
        command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** The client's answer to the last question, or null while there is none; asks when it was not asked. */
    long[] seen()
    {
        try
        {
            if (!process.isAlive())
            {
                throw new IllegalStateException("the client ended with exit " + process.exitValue());
            }
            if (!isAsked)
            {
                questions.write("seen\n");
                questions.flush();
                isAsked = true;
            }
            if (!answers.ready())
            {
                return null;
            }
            isAsked = false;
            final String[] parts = answers.readLine().split(" ");
            return new long[]{
                Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])};
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Processor time that it has used so far, user and system. */
    long cpuNs()
    {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElseThrow();
    }

    /** Lets it write its file and end. */
    void stop() throws InterruptedException
    {
        try
        {
            questions.write("stop\n");
            questions.flush();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS))
        {
            throw new IllegalStateException("the client does not stop");
        }
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
    }

    private static String absolute(final String classPath)
    {
        final List<String> entries = new ArrayList<>();
        for (final String entry : classPath.split(File.pathSeparator))
        {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
