package org.lockstep.tools.rehearse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A {@link ChildMain} in a JVM of its own, with this one's options and class path. Threading: one thread at a time. */
final class ChildProcess implements AutoCloseable
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String END = "it ended";

    private final Process process;
    private final OutputStream in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** Starts; it loads classes and then waits. */
    ChildProcess(final Path config, final Path log) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent") &&
                !argument.contains("StartFlightRecording"))
            .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ChildMain.class.getName()));
        if (null != config)
        {
            command.add(config.toAbsolutePath().toString());
        }
        final File errors = log.toFile();
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors)).start();
        in = process.getOutputStream();
        final Thread reader = new Thread(this::readLines, "rehearsal-child");
        reader.setDaemon(true);
        reader.start();
    }

    /** Lets it trade. */
    void begin(final ScenarioSite site) throws IOException
    {
        in.write((MAPPER.writeValueAsString(site) + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Waits for its sessions; null when they are live, else what it said. */
    String awaitLive(final long timeoutNs) throws InterruptedException
    {
        final String said = lines.poll(timeoutNs, TimeUnit.NANOSECONDS);
        return ChildMain.LIVE.equals(said) ? null : "the process to be killed is not live: " + said;
    }

    /** What {@code kill -9} does; false when it had ended before. */
    boolean kill() throws InterruptedException
    {
        final boolean wasAlive = process.isAlive();
        process.destroyForcibly().waitFor();
        return wasAlive;
    }

    /** What it said, as far as nobody has asked. */
    String said()
    {
        return String.join("; ", lines);
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
    }

    private void readLines()
    {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8))
        {
            String line = out.readLine();
            while (null != line)
            {
                lines.add(line);
                line = out.readLine();
            }
        }
        catch (final IOException ex)
        {
            lines.add(ex.toString());
        }
        lines.add(END);
    }
}
