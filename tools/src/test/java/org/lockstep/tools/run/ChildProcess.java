package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The {@code lockstep} command as a process of its own, with the test's class path and the one options file. */
public final class ChildProcess implements AutoCloseable
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path OWN_HOME = Path.of(System.getProperty("java.home"));
    private static final int KNOWS_UNSAFE_SWITCH = 24;
    private static final long SIGINT_BIT = 1L << 1;
    private static final long TIMEOUT_S = 180;
    private static final String END = "\u0000end";

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(final Process process, final Path errors)
    {
        this.process = process;
        this.errors = errors;
        final Thread reader = new Thread(this::readLines, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command on the JVM that runs the tests. */
    public static ChildProcess start(final String... args) throws IOException
    {
        return startOn(OWN_HOME, args);
    }

    /** Starts a command on the JVM of a home directory. */
    public static ChildProcess startOn(final Path javaHome, final String... args) throws IOException
    {
        return start(javaHome, List.of(), args);
    }

    /** Starts a command on the JVM that runs the tests, with further options. */
    public static ChildProcess startWith(final List<String> options, final String... args) throws IOException
    {
        return start(OWN_HOME, options, args);
    }

    private static ChildProcess start(final Path javaHome, final List<String> options, final String... args)
        throws IOException
    {
        final List<String> command = new ArrayList<>();
        if (isInterruptIgnored())
        {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
            javaHome.resolve("bin/java").toString(),
            "@" + Path.of(System.getProperty("lockstep.root"), "tools/jvm.options")));
        if (Runtime.version().feature() >= KNOWS_UNSAFE_SWITCH && javaHome.equals(OWN_HOME))
        {
            // As the launcher does: such a Java says what it thinks of its libraries on standard error, otherwise.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.addAll(List.of(
            "-ea", "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "org.lockstep.tools.Lockstep"));
        command.addAll(Arrays.asList(args));
        final Path errors = Files.createTempFile("lockstep-child", ".err");
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().remove("LOCKSTEP_TTY");
        return new ChildProcess(builder.start(), errors);
    }

    /** The next line of standard output, parsed; fails the test when there is none. */
    public JsonNode json() throws IOException, InterruptedException
    {
        final String line = line();
        if (null == line)
        {
            fail("the process ended without the line expected; it said: " + errors());
        }
        return MAPPER.readTree(line);
    }

    /** The next line of standard output, null at its end. */
    public String line() throws InterruptedException
    {
        final String line = lines.poll(TIMEOUT_S, TimeUnit.SECONDS);
        if (null == line)
        {
            fail("nothing printed for " + TIMEOUT_S + " s");
        }
        if (END.equals(line))
        {
            lines.add(END);
            return null;
        }
        return line;
    }

    /** Waits a given time for the process to end by itself. */
    public boolean endsWithin(final long millis) throws InterruptedException
    {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException
    {
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
        {
            fail("still running after " + TIMEOUT_S + " s");
        }
        return process.exitValue();
    }

    /** What it said, but for what the JVM says of options that this host gives to every one. */
    public String errors() throws IOException
    {
        return Files.readString(errors).replaceAll("(?m)^(NOTE: )?Picked up \\w+: .*\\R", "");
    }

    public long pid()
    {
        return process.pid();
    }

    /** A build started in the background by a script ignores Ctrl-C, and so would every process it starts. */
    private static boolean isInterruptIgnored() throws IOException
    {
        final Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status))
        {
            return false;
        }
        try (Stream<String> fields = Files.lines(status))
        {
            return fields.filter(line -> line.startsWith("SigIgn:")).anyMatch(line ->
                0 != (Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16) & SIGINT_BIT));
        }
    }

    /** What Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException
    {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).redirectErrorStream(true)
            .redirectOutput(new File("/dev/null")).start().waitFor();
    }

    /** What {@code kill -9} does. */
    public void kill() throws InterruptedException
    {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException
    {
        try
        {
            kill();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
    }

    private void readLines()
    {
        try (BufferedReader in = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            String line = in.readLine();
            while (null != line)
            {
                lines.add(line);
                line = in.readLine();
            }
        }
        catch (final IOException ex)
        {
            lines.add("unreadable: " + ex.getMessage());
        }
        finally
        {
            lines.add(END);
        }
    }
}
