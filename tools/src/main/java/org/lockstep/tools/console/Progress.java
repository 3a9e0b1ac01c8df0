package org.lockstep.tools.console;

import java.io.PrintStream;

/**
 * A progress bar on one line, redrawn at most ten times a second. Safe to call from one thread at a time.
 */
public final class Progress implements AutoCloseable
{
    private static final int WIDTH = 30;
    private static final long REDRAW_NS = 100_000_000L;
    private static final long SHOW_AFTER_NS = 500_000_000L;

    private final PrintStream out;
    private final String label;
    private final long startNs = System.nanoTime();
    private long lastNs;
    private boolean drawn;

    Progress(final PrintStream out, final String label)
    {
        this.out = out;
        this.label = label;
    }

    /**
     * Shows how far things are.
     *
     * @param done  so far.
     * @param total in all; 0 when not known.
     * @param note  to stand behind the bar.
     */
    public void update(final long done, final long total, final String note)
    {
        final long nowNs = System.nanoTime();
        if (null != out && nowNs - lastNs >= REDRAW_NS && nowNs - startNs >= SHOW_AFTER_NS &&
            (done > 0 || total > 0))
        {
            lastNs = nowNs;
            drawn = true;
            final int filled = total <= 0 ? 0 : (int)Math.min(WIDTH, WIDTH * done / total);
            final String percent = total <= 0 ? "" : String.format(" %3d %%", Math.min(100, 100 * done / total));
            final String bar = total <= 0 ? "" : " [" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "]";
            out.print("\r\u001b[K" + label + bar + percent + " " + note);
            out.flush();
        }
    }

    @Override
    public void close()
    {
        if (drawn)
        {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
