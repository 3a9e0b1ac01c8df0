package org.lockstep.tools.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.console.LogFile;
import org.lockstep.tools.console.Progress;
import org.lockstep.tools.rehearse.Rehearsal;
import org.lockstep.tools.rehearse.RehearsalDirectory;
import org.lockstep.tools.rehearse.RehearsalOptions;
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
    footer = {"", "Examples:", "  lockstep rehearse --scenarios 1000 --seed 1",
        "  lockstep rehearse my-bots.yaml          all its accounts and bots, at the simulator, whatever their mode",
        "  lockstep rehearse --scenarios 1 --seed 4711 --repeat 50"})
public final class RehearseCommand implements Callable<Integer>
{
    private static final List<String> VENUES = List.of("binance");
    private static final int DIFFERENCES_SHOWN = 10;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CONFIG",
        description = "whose accounts and bots to run; default: random orders")
    private Path file;

    @Option(names = "--venue", paramLabel = "V", defaultValue = "binance", description = "binance (the default)")
    private String venue;

    @Option(names = "--scenarios", paramLabel = "N", defaultValue = "100", description = "how many (default 100)")
    private int scenarios;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "of the first scenario, the others count up (default 1)")
    private long seed;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1",
        description = "runs each seed so often: threads take other turns each time (default 1)")
    private int repeat;

    @Option(names = "--kill-one-in", paramLabel = "N", defaultValue = "15",
        description = "in one of so many scenarios a process of its own is killed with kill -9; 0 = none (default 15)")
    private int killOneIn;

    @Option(names = "--side-by-side", paramLabel = "N", defaultValue = "0",
        description = "scenarios at once (default: two for each core)")
    private int sideBySide;

    @Option(names = "--dir", paramLabel = "DIR",
        description = "for the journals, which are deleted unless a scenario fails (default: a new temporary one)")
    private Path parent;

    @Option(names = "--json", description = "one JSON object a scenario, then a summary")
    private boolean json;

    private int done;
    private int idle;

    @Override
    public Integer call() throws Exception
    {
        check();
        final LockstepConfig config = null == file ? null : ConfigReader.read(file, StrategyCheck.onClassPath());
        if (null != config && (config.accounts().isEmpty() || config.bots().isEmpty()))
        {
            throw new CommandFailure(ExitCode.USAGE, file + ": found no bot, allowed: an account and a bot at least");
        }
        final Console console = Console.standard(json);
        final long startNs = System.nanoTime();
        final int failed;
        try (RehearsalDirectory directory = RehearsalDirectory.create(parent);
            Progress progress = console.progress("rehearsing"))
        {
            LogFile.use(directory.path().resolve("rehearsal.log"));
            final RehearsalOptions usual = RehearsalOptions.of(file, config, directory.path());
            failed = new Rehearsal(usual.with(0 == sideBySide ? usual.sideBySide() : sideBySide, killOneIn, repeat))
                .run(seed, scenarios, result ->
                {
                    if (!result.agrees())
                    {
                        directory.keep();
                    }
                    print(console, progress, result);
                });
        }
        final int all = scenarios * repeat;
        final double seconds = Math.round((System.nanoTime() - startNs) / 1e8) / 10.0;
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scenarios", all);
        fields.put("failed", failed);
        fields.put("withoutOrders", idle);
        fields.put("seconds", seconds);
        console.event("summary", fields);
        console.line(String.format(Locale.ROOT, "%s  %d scenarios, %d failed%s, %.1f s",
            0 == failed ? console.green("ok") : console.red("FAILED"), all, failed,
            0 == idle ? "" : ", " + idle + " without an order", seconds));
        if (idle == all)
        {
            System.err.println("lockstep: no scenario had an order, so little was rehearsed: a scenario lasts some " +
                "seconds of the bots' time; give them parameters with which they trade at once");
        }
        return 0 == failed ? ExitCode.OK : ExitCode.FAILED;
    }

    private void check() throws IOException
    {
        if (!VENUES.contains(venue))
        {
            throw new CommandFailure(ExitCode.USAGE,
                "--venue: found '" + venue + "', allowed: " + String.join(", ", VENUES));
        }
        inRange("--scenarios", scenarios, 1, 1_000_000);
        inRange("--repeat", repeat, 1, 1_000_000);
        inRange("--kill-one-in", killOneIn, 0, 1_000_000);
        inRange("--side-by-side", sideBySide, 0, 64);
        if (null != parent && Files.isDirectory(parent))
        {
            try (Stream<Path> files = Files.list(parent))
            {
                if (files.findAny().isPresent())
                {
                    throw new CommandFailure(ExitCode.USAGE, "--dir: found " + parent +
                        ", which is not empty, allowed: a directory that is empty or not there yet");
                }
            }
        }
    }

    private static void inRange(final String option, final int found, final int lowest, final int highest)
    {
        if (found < lowest || found > highest)
        {
            throw new CommandFailure(ExitCode.USAGE,
                option + ": found " + found + ", allowed: " + lowest + " to " + highest);
        }
    }

    private void print(final Console console, final Progress progress, final ScenarioResult result)
    {
        done++;
        // A fill that the simulator makes up is no order of anybody's here.
        final long madeUp = result.faults().stream().filter("foreign-fill"::equals).count();
        idle += result.orders() <= madeUp ? 1 : 0;
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", result.seed());
        fields.put("faults", result.faults());
        fields.put("crashes", result.crashes().size());
        fields.put("crashed", result.crashes());
        fields.put("orders", result.orders());
        fields.put("fills", result.fills());
        fields.put("agrees", result.agrees());
        fields.put("seconds", Math.round(result.seconds() * 1e3) / 1e3);
        if (!result.agrees())
        {
            fields.put("differences", result.differences());
            fields.put("kept", result.kept().toString());
            fields.put("again", again(result));
        }
        progress.close();
        console.event("scenario", fields);
        console.line(String.format(Locale.ROOT, "%s  seed %d: %d orders, %d fills, %.2f s%s%s",
            result.agrees() ? console.green("ok    ") : console.red("FAILED"), result.seed(), result.orders(),
            result.fills(), result.seconds(), list("; crashed ", result.crashes()), list("; ", result.faults())));
        if (!result.agrees())
        {
            result.differences().stream().limit(DIFFERENCES_SHOWN).forEach(text -> console.line("        " + text));
            if (result.differences().size() > DIFFERENCES_SHOWN)
            {
                console.line("        and " + (result.differences().size() - DIFFERENCES_SHOWN) + " more");
            }
            console.line("        kept: " + result.kept() + " (journal, plan, venue's books, faults)");
            console.line("        again: " + again(result));
        }
        progress.update(done, (long)scenarios * repeat, done + " of " + (long)scenarios * repeat);
    }

    private String again(final ScenarioResult result)
    {
        return "lockstep rehearse" + (null == file ? "" : " " + file) + " --scenarios 1 --seed " + result.seed() +
            (RehearsalOptions.KILL_ONE_IN == killOneIn ? "" : " --kill-one-in " + killOneIn) + " --repeat 20";
    }

    private static String list(final String before, final List<String> names)
    {
        return names.isEmpty() ? "" : before + String.join(", ", names);
    }
}
