package org.lockstep.tools.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.lockstep.engine.Engine;
import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.replay.Divergence;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.console.Progress;
import org.lockstep.tools.run.JournalBuilds;
import org.lockstep.tools.run.JournalStrategies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: runs a journal through the engine again. */
@Command(
    name = "replay",
    description = "Runs a journal through the engine again. With --verify every output and state hash is compared " +
        "with what was recorded; exit code 3 names the first sequence that differs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep replay demo-data --verify"})
public final class ReplayCommand implements Callable<Integer>
{
    @Parameters(index = "0", paramLabel = "DIR", description = "journal directory")
    private Path directory;

    @Option(names = "--verify", description = "compare outputs and state hashes with the recorded ones")
    private boolean verify;

    @Option(names = "--from", paramLabel = "X", description = "first sequence or ISO-8601 time that counts")
    private String from;

    @Option(names = "--to", paramLabel = "X", description = "last sequence or ISO-8601 time that is run")
    private String to;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call()
    {
        final Console console = Console.standard(json);
        final JournalRange range = JournalRange.of(directory, from, to);
        final ReplayResult result;
        try (Progress progress = console.progress("replaying"))
        {
            final ReplayOptions options = ReplayOptions.all().withRange(range.from(), range.to()).withVerify(verify)
                .withProgress((sequence, last) -> progress.update(sequence, last,
                    String.format(Locale.ROOT, "%,d events", sequence + 1)));
            result = new Replayer(directory, new Engine(), options).run();
        }
        catch (final JournalDamagedException ex)
        {
            final Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("verified", false);
            fields.put("divergence", null);
            fields.put("damage", ex.getMessage());
            console.event("replay", fields);
            throw new CommandFailure(ExitCode.DIVERGED, ex.getMessage() +
                "; restore the file from a copy, or look at what is before it with --to");
        }
        print(console, result);
        return null == result.divergence() ? ExitCode.OK : ExitCode.DIVERGED;
    }

    private void print(final Console console, final ReplayResult result)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", result.from());
        fields.put("to", result.to());
        fields.put("inputs", result.inputs());
        fields.put("outputs", result.outputs());
        fields.put("seconds", Math.round(result.seconds() * 1e6) / 1e6);
        fields.put("eventsPerSecond", result.eventsPerSecond());
        fields.put("stateHash", String.format("%016x", result.stateHash()));
        fields.put("verified", verify && result.verified());
        fields.put("divergence", divergence(result.divergence()));
        fields.put("pendingOutputs", result.pendingOutputs().count());
        console.event("replay", fields);

        console.line(String.format(Locale.ROOT,
            "%,d inputs, %,d outputs, sequences %,d to %,d, in %.2f s (%,d events/s)",
            result.inputs(), result.outputs(), result.from(), result.to(), result.seconds(),
            result.eventsPerSecond()));
        console.line(String.format("state %016x", result.stateHash()));
        if (null != result.divergence())
        {
            final Divergence divergence = result.divergence();
            console.line(console.red("DIFFERS") +
                String.format(Locale.ROOT, " at sequence %,d", divergence.sequence()));
            console.line("  recorded  " + divergence.expected());
            console.line("  replayed  " + divergence.actual());
            console.line("  recorded by build " + JournalBuilds.at(directory, divergence.sequence()) +
                ", replayed by " + BuildVersion.text());
            final List<String> missing = JournalStrategies.missing(directory);
            if (!missing.isEmpty())
            {
                console.line("  its bots run " + String.join(", ", missing) +
                    ", not on this class path: put the jar into LOCKSTEP_CLASSPATH and replay again");
            }
        }
        else if (verify)
        {
            console.line(console.green("verified") + ": every output and state hash is the same" +
                (0 == result.pendingOutputs().count() ? "" : "; the last session was killed before it could write " +
                result.pendingOutputs().count() + " output(s), the next start appends them"));
        }
    }

    private Map<String, Object> divergence(final Divergence divergence)
    {
        if (null == divergence)
        {
            return null;
        }
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sequence", divergence.sequence());
        fields.put("expected", divergence.expected());
        fields.put("actual", divergence.actual());
        fields.put("recordedBy", JournalBuilds.at(directory, divergence.sequence()));
        fields.put("replayedBy", BuildVersion.text());
        fields.put("missingStrategies", JournalStrategies.missing(directory));
        return fields;
    }
}
