package org.lockstep.benchmarks.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Node's {@code ws}, broadcasting what it reads from its standard input: all of it before each socket is flushed. */
final class NodeLane implements FanOutLane
{
    private final MessageText messages;
    private final Process process;
    private final OutputStream input;
    private final int port;

    private NodeLane(final MessageText messages, final List<String> command) throws IOException
    {
        this.messages = messages;
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        input = process.getOutputStream();
        port = Integer.parseInt(new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    /** Null, and a line why, when there is no Node here or its package cannot be had. */
    static NodeLane open(final MessageText messages, final java.io.PrintStream out)
    {
        final List<String> command = NodePackage.command("ws@8.18.3", "ws-broadcast.js");
        if (null == command)
        {
            out.println("Node ws is left out: no Node here, or its package cannot be had");
            return null;
        }
        try
        {
            return new NodeLane(messages, command);
        }
        catch (final IOException | NumberFormatException ex)
        {
            out.println("Node ws is left out: " + ex.getMessage());
            return null;
        }
    }

    @Override
    public String name()
    {
        return "Node ws";
    }

    @Override
    public int port()
    {
        return port;
    }

    @Override
    public String token()
    {
        return null;
    }

    @Override
    public String subscribe()
    {
        return null;
    }

    @Override
    public long cpuNs()
    {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void send(final long timeNs)
    {
        try
        {
            input.write(messages.next(timeNs));
            input.write('\n');
            input.flush();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        process.destroy();
    }
}
