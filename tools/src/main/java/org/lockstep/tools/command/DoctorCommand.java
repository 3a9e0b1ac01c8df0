package org.lockstep.tools.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.doctor.Doctor;
import org.lockstep.tools.doctor.Finding;
import org.lockstep.tools.host.HostFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: is this host fit to run it. */
@Command(
    name = "doctor",
    description = "Says whether this host is fit to run Lockstep: reads its settings, measures its idle loop, " +
    "timers, " +
        "loopback and disk, and names what each costs, how to mend it, and the thread plan it would choose.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Takes some seconds; a quiet machine gives better figures. Exit code 1: it cannot run here.", "",
        "Example:", "  lockstep doctor --dir lockstep-data"})
public final class DoctorCommand implements Callable<Integer>
{
    private static final int WRAP = 90;
    private static final String INDENT = " ".repeat(38);

    @Spec
    private CommandSpec spec;

    @Option(names = "--dir", paramLabel = "DIR", defaultValue = "lockstep-data",
        description = "journal directory whose disk is measured (default lockstep-data)")
    private Path directory;

    @Option(names = "--json", description = "one JSON object a finding")
    private boolean json;

    @Override
    public Integer call()
    {
        if (directory.toString().isBlank())
        {
            throw new CommandFailure(ExitCode.USAGE, "--dir: found nothing, allowed: a directory, '.' for this one");
        }
        final Console console = Console.standard(json);
        final long startNs = System.nanoTime();
        final String[] unfit = new String[1];
        final Doctor doctor = new Doctor(HostFiles.ofThisHost(), directory, finding ->
        {
            print(console, finding);
            if (Finding.Level.FAIL == finding.level() && null == unfit[0])
            {
                unfit[0] = finding.area() + " " + finding.check() + ": " + finding.found() + "; try: " + finding.fix();
            }
        });
        final boolean fit = doctor.run();
        final double seconds = Math.round((System.nanoTime() - startNs) / 1e8) / 10.0;
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fit", fit);
        fields.put("warnings", doctor.warnings());
        fields.put("failures", doctor.failures());
        fields.put("seconds", seconds);
        console.event("summary", fields);
        console.line("");
        console.line(String.format(Locale.ROOT, "%s, %d to mend, looked for %.1f s",
            fit ? console.green("fit to run") : console.red("not fit to run"),
            doctor.warnings() + doctor.failures(), seconds));
        if (!fit)
        {
            spec.commandLine().getErr().println("lockstep: this host cannot run it: " + unfit[0]);
        }
        return fit ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(final Console console, final Finding finding)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("area", finding.area());
        fields.put("check", finding.check());
        fields.put("level", finding.level().word());
        fields.put("found", finding.found());
        fields.put("cost", finding.cost());
        fields.put("fix", finding.fix());
        fields.put("values", finding.values());
        console.event("finding", fields);
        final String word = String.format(Locale.ROOT, "%-4s", finding.level().word());
        final String level = switch (finding.level())
        {
            case OK -> console.green(word);
            case NOTE -> console.dim(word);
            case WARN, FAIL -> console.red(word);
        };
        console.line(level + String.format(Locale.ROOT, "  %-7s  %-22s ", finding.area(), finding.check()) +
            wrapped(finding.found()));
        if (null != finding.cost())
        {
            console.line(INDENT + console.dim("costs: ") + wrapped(finding.cost()));
        }
        if (null != finding.fix())
        {
            console.line(INDENT + console.dim("mend:  ") + wrapped(finding.fix()));
        }
    }

    private static String wrapped(final String text)
    {
        final StringBuilder result = new StringBuilder();
        int column = 0;
        for (final String word : text.split(" "))
        {
            if (column > 0 && column + word.length() >= WRAP)
            {
                result.append(System.lineSeparator()).append(INDENT).append("  ");
                column = 2;
            }
            else if (column > 0)
            {
                result.append(' ');
            }
            result.append(word);
            column += word.length() + 1;
        }
        return result.toString();
    }
}
