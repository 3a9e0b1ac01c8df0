package org.lockstep.journal.write;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of the same class path and options, whose output is read line by line. */
final class ChildProcess implements AutoCloseable
{
    private final Process process;
    private final BufferedReader out;

    ChildProcess(final Class<?> main, final String... args)
    {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("lockstep.root"), "tools", "jvm.options"),
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(args));
        try
        {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    long pid()
    {
        return process.pid();
    }

    /** @return next line, or null at the end. */
    String line()
    {
        try
        {
            return out.readLine();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Kills it the hard way and waits until it is gone. */
    void kill()
    {
        // Not Process.destroyForcibly, which throws away what the process said before it died.
        process.toHandle().destroyForcibly();
        try
        {
            if (!process.waitFor(120, TimeUnit.SECONDS))
            {
                throw new AssertionError("process " + pid() + " survives its killing");
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close()
    {
        kill();
    }
}
