package org.lockstep.benchmarks.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.lockstep.benchmarks.Scratch;

/** Node's {@code ws}, installed into a scratch directory, broadcasting what it reads from its standard input. */
final class NodeLane implements FanOutLane
{
    private static final String SCRIPT = """
        const { WebSocketServer } = require('ws');
        const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 1024 });
        server.on('listening', () => console.log(server.address().port));
        require('readline').createInterface({ input: process.stdin }).on('line', line => {
          for (const client of server.clients) client.send(line);
        }).on('close', () => process.exit(0));
        """;

    private final Scratch scratch = new Scratch();
    private final MessageText messages;
    private final Process process;
    private final OutputStream input;
    private final int port;

    private NodeLane(final MessageText messages) throws IOException, InterruptedException
    {
        this.messages = messages;
        final Path directory = scratch.path();
        run(directory, "npm", "install", "--no-audit", "--no-fund", "ws@8");
        final Path script = Files.writeString(directory.resolve("broadcast.js"), SCRIPT);
        process = new ProcessBuilder("node", script.toString()).directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        input = process.getOutputStream();
        port = Integer.parseInt(new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    /** Null, and a line why, when there is no Node here or its package cannot be had. */
    static NodeLane open(final MessageText messages, final java.io.PrintStream out)
    {
        try
        {
            return new NodeLane(messages);
        }
        catch (final IOException | InterruptedException | NumberFormatException ex)
        {
            out.println("Node ws is left out: " + ex.getMessage());
            return null;
        }
    }

    private static void run(final Path directory, final String... command) throws IOException, InterruptedException
    {
        final Process npm = new ProcessBuilder(command).directory(directory.toFile())
            .redirectErrorStream(true).redirectOutput(directory.resolve("npm.log").toFile()).start();
        if (!npm.waitFor(120, TimeUnit.SECONDS) || 0 != npm.exitValue())
        {
            npm.destroy();
            throw new IOException("npm install ws failed");
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
        scratch.close();
    }
}
