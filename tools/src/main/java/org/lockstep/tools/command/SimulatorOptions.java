package org.lockstep.tools.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;
import picocli.CommandLine.Option;

/** Options that {@code demo} and {@code simulate} share. */
final class SimulatorOptions
{
    private static final List<String> VENUES = List.of("binance");

    @Option(names = "--venue", paramLabel = "V", defaultValue = "binance", description = "binance (the default)")
    private String venue;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "equal seeds give equal synthetic markets (default 1)")
    private long seed;

    @Option(names = "--source", paramLabel = "FILE",
        description = "serve recorded JSON lines (.gz too) instead of a synthetic market")
    private Path source;

    @Option(names = "--speed", paramLabel = "X", defaultValue = "1",
        description = "speed of the recording: 1, 10, any positive number, or max")
    private String speed;

    String venue()
    {
        if (!VENUES.contains(venue))
        {
            throw new CommandFailure(ExitCode.USAGE,
                "--venue: found '" + venue + "', allowed: " + String.join(", ", VENUES));
        }
        return venue;
    }

    boolean hasSource()
    {
        return null != source;
    }

    /** What is served, in words. */
    String market()
    {
        return null == source ? "the synthetic market" : "the recording " + source.getFileName();
    }

    long seed()
    {
        return seed;
    }

    /** Starts a simulator; what is wrong with its source is the user's to mend, not a fault. */
    ExchangeSimulator start(final SimulatorConfig config) throws IOException
    {
        try
        {
            return BinanceSimulator.start(config);
        }
        catch (final UncheckedIOException | IllegalArgumentException ex)
        {
            throw new CommandFailure(ExitCode.USAGE, "--source: " + source + " is not a recording of JSON lines (" +
                firstLine(ex.getMessage()) + ")");
        }
    }

    private static String firstLine(final String message)
    {
        final String text = String.valueOf(message);
        final int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The simulator these options ask for, on free ports. */
    SimulatorConfig config()
    {
        venue();
        final SimulatorConfig config = SimulatorConfig.defaults().withSeed(seed, 0);
        if (null == source)
        {
            return config;
        }
        if (!Files.isReadable(source) || Files.isDirectory(source))
        {
            throw new CommandFailure(ExitCode.USAGE, "--source: cannot read " + source);
        }
        try
        {
            return config.withSource(source, SimulatorConfig.parseSpeed(speed));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandFailure(ExitCode.USAGE, "--speed: " + ex.getMessage());
        }
    }

}
