package org.lockstep.tools.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.tools.check.CheckStep;
import org.lockstep.tools.check.VenueCheck;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: the connection test. */
@Command(
    name = "check",
    description = "Tests the connection to a venue: DNS, TCP, TLS, clock, metadata, first tick. Each step is timed, " +
        "each failure says what to try.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep check binance --config lockstep.yaml"})
public final class CheckCommand implements Callable<Integer>
{
    private static final List<String> VENUES = List.of("binance");
    private static final String DEFAULT_SYMBOL = "BTCUSDT";

    @Parameters(index = "0", paramLabel = "VENUE", description = "binance")
    private String venue;

    @Option(names = "--config", paramLabel = "FILE", description = "take addresses and symbol from a configuration")
    private Path file;

    @Option(names = "--json", description = "one JSON object a step")
    private boolean json;

    @Override
    public Integer call()
    {
        if (!VENUES.contains(venue))
        {
            throw new CommandFailure(ExitCode.USAGE,
                "VENUE: found '" + venue + "', allowed: " + String.join(", ", VENUES));
        }
        final Console console = Console.standard(json);
        URI rest = BinanceEndpoints.LIVE.rest();
        URI stream = BinanceEndpoints.LIVE.stream();
        String symbol = DEFAULT_SYMBOL;
        if (null != file)
        {
            final LockstepConfig.VenueFeed feed = ConfigReader.read(file, StrategyCheck.onClassPath()).venues().stream()
                .filter(row -> row.venue().equals(venue)).findFirst().orElseThrow(() ->
                    new CommandFailure(ExitCode.USAGE, file + " configures no venue " + venue));
            rest = null == feed.rest() ? rest : URI.create(feed.rest());
            stream = null == feed.stream() ? stream : URI.create(feed.stream());
            symbol = feed.symbols().get(0);
        }
        return new VenueCheck(rest, stream, symbol, step -> print(console, step)).run() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(final Console console, final CheckStep step)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step.name());
        fields.put("passed", step.passed());
        fields.put("ms", Math.round(step.millis() * 10) / 10.0);
        fields.put("detail", step.detail());
        fields.put("try", step.advice());
        console.event("step", fields);
        console.line(String.format(Locale.ROOT, "%s  %-12s %8.1f ms  %s",
            step.passed() ? console.green("ok    ") : console.red("FAILED"), step.name(), step.millis(),
            step.detail()));
        if (null != step.advice())
        {
            console.line("        try: " + step.advice());
        }
    }
}
