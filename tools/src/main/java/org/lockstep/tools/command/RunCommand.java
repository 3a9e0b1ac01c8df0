package org.lockstep.tools.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.Durations;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.LogFormat;
import org.lockstep.tools.run.ProcessRun;
import org.lockstep.tools.run.StartAhead;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: the production runtime. */
@Command(
    name = "run",
    description = "Runs feeds, bots, accounts and gateway as configured, until Ctrl-C. After a crash it replays its " +
        "journal and goes on where it was.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep run lockstep.yaml"})
public final class RunCommand implements Callable<Integer>
{
    @Parameters(index = "0", paramLabel = "CONFIG", description = "configuration; 'config init' writes one")
    private Path file;

    @Option(names = "--for", paramLabel = "T",
        description = "end after a time, such as 8h, counted from when the journal is replayed; exit 1 if it never " +
            "was live in it (default: at Ctrl-C)")
    private String duration;

    @Option(names = "--show-token", description = "print an admin's token for the gateway when it is up")
    private boolean showToken;

    @Option(names = "--json", description = "one JSON object a line: ready, summary")
    private boolean json;

    @Override
    public Integer call() throws Exception
    {
        final LockstepConfig config = ConfigReader.readToRun(file, StrategyCheck.onClassPath());
        StartAhead.await();
        LogFormat.use(config.log().format());
        final ProcessRun run = new ProcessRun(Console.standard(json), BuildVersion.text(), config)
            .withFile(file)
            .withLimitNs(null == duration ? ProcessRun.NO_LIMIT :
                Durations.parseNs("--for", duration, 1_000_000, ProcessRun.NO_LIMIT));
        return (showToken ? run.showingToken() : run).run();
    }
}
