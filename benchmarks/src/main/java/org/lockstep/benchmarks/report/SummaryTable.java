package org.lockstep.benchmarks.report;

import java.io.PrintStream;

/** The figures that have targets, as text. */
final class SummaryTable
{
    /** What a quiet machine moves a ratio by from run to run. */
    static final double TOLERANCE_PERCENT = 10;

    private static final String LINE = "%%-74s %%9s %%9s  %%-%ds %%9s  %%s%%n";
    private static final int LEAST_VERDICT = 15;

    private SummaryTable()
    {
    }

    static void print(final Run run, final PrintStream out)
    {
        final String line = LINE.formatted(run.ratios().stream().mapToInt(ratio -> ratio.verdict().length()).reduce(
            LEAST_VERDICT, Math::max));
        out.printf(line, "measure", "value", "target", "", "baseline", "drift");
        for (final Ratio ratio : run.ratios())
        {
            out.printf(line, ratio.name(), number(ratio.value()),
                (Better.LOWER == ratio.better() ? "<= " : ">= ") + number(ratio.target()), ratio.verdict(),
                Double.isFinite(ratio.baseline()) ? number(ratio.baseline()) : "", run.drift(ratio));
        }
        out.println("targets: " + run.total());
        if (!run.baseline().isEmpty())
        {
            out.println("baseline: " + run.baseline());
        }
        if (!run.noise().isEmpty())
        {
            out.println("THE MACHINE WAS TOO NOISY TO TRUST THE FIGURES OF:");
            run.noise().forEach(program -> out.println("  " + program));
        }
    }

    /** Three significant figures, no exponent. */
    static String number(final double value)
    {
        final double size = Math.abs(value);
        if (0 == size)
        {
            return "0";
        }
        return size >= 1_000_000 ? "%.1f M".formatted(value / 1e6) : size >= 100 ? "%,.0f".formatted(value) :
            size >= 10 ? "%.1f".formatted(value) : size >= 0.1 ? "%.2f".formatted(value) : "%.4f".formatted(value);
    }

    /** A time with its unit. */
    static String time(final double ns)
    {
        return ns >= 1e9 ? "%.3g s".formatted(ns / 1e9) : ns >= 1e6 ? "%.3g ms".formatted(ns / 1e6) :
            ns >= 1e3 ? "%.3g µs".formatted(ns / 1e3) : "%.3g ns".formatted(ns);
    }
}
