package org.lockstep.benchmarks.report;

import java.io.PrintStream;

/** The figures that have targets, as text. */
final class SummaryTable
{
    /** What a quiet machine moves a ratio by from run to run. */
    static final double TOLERANCE_PERCENT = 10;

    private static final String LINE = "%-74s %9s %9s  %-15s %9s  %s%n";

    private SummaryTable()
    {
    }

    static void print(final Run run, final PrintStream out)
    {
        out.printf(LINE, "measure", "value", "target", "", "baseline", "drift");
        for (final Ratio ratio : run.ratios())
        {
            out.printf(LINE, ratio.name(), number(ratio.value()),
                (Better.LOWER == ratio.better() ? "<= " : ">= ") + number(ratio.target()), ratio.verdict(),
                Double.isFinite(ratio.baseline()) ? number(ratio.baseline()) : "", ratio.drift(TOLERANCE_PERCENT));
        }
        out.printf("%d of %d targets met%n", run.ratios().stream().filter(Ratio::isMet).count(), run.ratios().size());
        if (!run.noise().isEmpty())
        {
            out.println("THE MACHINE WAS TOO NOISY TO TRUST THESE FIGURES:");
            run.noise().forEach(line -> out.println("  " + line));
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
