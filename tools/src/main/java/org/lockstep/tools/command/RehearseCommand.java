package org.lockstep.tools.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.rehearse.Rehearsal;
import org.lockstep.tools.rehearse.ScenarioResult;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rehearse}: random orders, faults and crashes against the simulator. */
@Command(
    name = "rehearse",
    description = "Runs random orders, or the bots of a configuration, against the venue's simulator through random " +
        "faults and crashes. At the end of each scenario engine and venue must agree on every order, position and " +
        "balance, and the journal must replay to the same.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep rehearse --scenarios 20"})
public final class RehearseCommand implements Callable<Integer>
{
    private static final List<String> VENUES = List.of("binance");

    @Parameters(index = "0", arity = "0..1", paramLabel = "CONFIG",
        description = "whose bots to run (those of its first account); default: random orders")
    private Path file;

    @Option(names = "--venue", paramLabel = "V", defaultValue = "binance", description = "binance (the default)")
    private String venue;

    @Option(names = "--scenarios", paramLabel = "N", defaultValue = "100", description = "how many (default 100)")
    private int scenarios;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "of the first scenario, the others count up (default 1)")
    private long seed;

    @Option(names = "--json", description = "one JSON object a scenario, then a summary")
    private boolean json;

    @Override
    public Integer call() throws Exception
    {
        if (!VENUES.contains(venue))
        {
            throw new CommandFailure(ExitCode.USAGE,
                "--venue: found '" + venue + "', allowed: " + String.join(", ", VENUES));
        }
        if (scenarios < 1 || scenarios > 1_000_000)
        {
            throw new CommandFailure(ExitCode.USAGE, "--scenarios: found " + scenarios + ", allowed: 1 to 1000000");
        }
        final LockstepConfig config = null == file ? null : ConfigReader.read(file, StrategyCheck.onClassPath());
        if (null != config && (config.accounts().isEmpty() || config.bots().isEmpty()))
        {
            throw new CommandFailure(ExitCode.USAGE, file + ": found no bot, allowed: an account and a bot at least");
        }
        final Console console = Console.standard(json);
        final long startNs = System.nanoTime();
        final int failed = new Rehearsal(config, 4).run(seed, scenarios, result -> print(console, result));
        final double seconds = Math.round((System.nanoTime() - startNs) / 1e8) / 10.0;
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scenarios", scenarios);
        fields.put("failed", failed);
        fields.put("seconds", seconds);
        console.event("summary", fields);
        console.line(String.format(Locale.ROOT, "%s  %d scenarios, %d failed, %.1f s",
            0 == failed ? console.green("ok") : console.red("FAILED"), scenarios, failed, seconds));
        return 0 == failed ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(final Console console, final ScenarioResult result)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", result.seed());
        fields.put("faults", result.faults());
        fields.put("crashes", result.crashes());
        fields.put("orders", result.orders());
        fields.put("fills", result.fills());
        fields.put("agrees", result.agrees());
        if (!result.agrees())
        {
            fields.put("differences", result.differences());
        }
        console.event("scenario", fields);
        console.line(String.format(Locale.ROOT, "%s  seed %d: %d orders, %d fills, %d crashes, %.2f s%s",
            result.agrees() ? console.green("ok    ") : console.red("FAILED"), result.seed(), result.orders(),
            result.fills(), result.crashes(), result.seconds(),
            result.faults().isEmpty() ? "" : ", " + String.join(", ", result.faults())));
        for (final String difference : result.differences())
        {
            console.line("        " + difference);
        }
        if (!result.agrees())
        {
            console.line("        again: lockstep rehearse --scenarios 1 --seed " + result.seed());
        }
    }
}
