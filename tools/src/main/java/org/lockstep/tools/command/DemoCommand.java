package org.lockstep.tools.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.lockstep.tools.config.Durations;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.DemoConfig;
import org.lockstep.tools.run.ProcessRun;
import org.lockstep.tools.run.StartAhead;
import org.lockstep.tools.simulator.ExchangeSimulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the whole thing on the embedded simulator. */
@Command(
    name = "demo",
    description = "Runs a simulated exchange, the engine with three paper bots, the journal, the gateway and its " +
        "page. Started again on the same directory, it replays and goes on where it was.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep demo --for 30s"})
public final class DemoCommand implements Callable<Integer>
{
    @Option(names = "--for", paramLabel = "T",
        description = "end after a time, such as 30s, counted from when the journal is replayed (default: at Ctrl-C)")
    private String duration;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080",
        description = "port of the page, 0 takes a free one (default 8080)")
    private int port;

    @Option(names = "--dir", paramLabel = "DIR", defaultValue = "demo-data",
        description = "journal directory (default demo-data)")
    private Path directory;

    @Mixin
    private SimulatorOptions simulator;

    @Option(names = "--json", description = "one JSON object a line: ready, summary")
    private boolean json;

    @Override
    public Integer call() throws Exception
    {
        if (port < 0 || port > 65_535)
        {
            throw new CommandFailure(ExitCode.USAGE, "--port: found " + port + ", allowed: 0 to 65535");
        }
        final long limitNs = null == duration ? ProcessRun.NO_LIMIT :
            Durations.parseNs("--for", duration, 1_000_000, ProcessRun.NO_LIMIT);
        StartAhead.await();
        try (ExchangeSimulator exchange = simulator.start(simulator.config()))
        {
            final LockstepConfig config =
                DemoConfig.of(directory, port, simulator.seed(), exchange.addresses(), exchange.symbols(),
                    simulator.market());
            return new ProcessRun(Console.standard(json), BuildVersion.text(), config)
                .withSimulator(simulator.venue(), exchange)
                .withLimitNs(limitNs)
                .endingWithSource(simulator.hasSource())
                .showingToken()
                .run();
        }
    }
}
