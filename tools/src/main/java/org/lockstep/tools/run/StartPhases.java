package org.lockstep.tools.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.lockstep.tools.host.HostFiles;

/**
 * How long each phase of a start took, from the moment its process came to be (the launcher's, which becomes ours)
 * until it was live; what the launcher builds once does not count. Threading: one thread.
 */
public final class StartPhases
{
    private static final long HUNDREDTH_MS = 10;
    private static final int START_TIME = 20;
    private static final String PREPARED_AT = "LOCKSTEP_PREPARED_AT";

    private static volatile long enteredNs;

    private final Map<String, Long> ms = new LinkedHashMap<>();
    private long sumMs;
    private long lastNs = System.nanoTime();

    /** Phases up to now: launcher and Java until {@link #enter()}, and the command itself, with its configuration. */
    StartPhases()
    {
        // A process that did something else before, such as a test, has no start to tell of.
        if (0 != enteredNs)
        {
            final long commandMs = TimeUnit.NANOSECONDS.toMillis(lastNs - enteredNs);
            add("java", Math.max(0, ageMs(HostFiles.ofThisHost(), System.getenv(PREPARED_AT)) - commandMs));
            add("command", commandMs);
        }
    }

    /** To be called first of all in a process. */
    public static void enter()
    {
        enteredNs = System.nanoTime();
    }

    /** What began with the phase before has ended now. */
    void end(final String phase)
    {
        final long nowNs = System.nanoTime();
        add(phase, TimeUnit.NANOSECONDS.toMillis(nowNs - lastNs));
        lastNs = nowNs;
    }

    /** @return milliseconds by phase, in order, and their sum as {@code total}. */
    Map<String, Long> milliseconds()
    {
        final Map<String, Long> all = new LinkedHashMap<>(ms);
        all.put("total", sumMs);
        return all;
    }

    /** @return the same for people. */
    @Override
    public String toString()
    {
        return sumMs + " ms: " + ms.entrySet().stream().map(phase -> phase.getKey() + ' ' + phase.getValue())
            .collect(Collectors.joining(", "));
    }

    /**
     * Age of this process, to 10 ms. The JDK would tell a start time that is wrong by up to a second, since it adds up
     * what Linux tells in whole seconds.
     *
     * @param host     whose process this is.
     * @param prepared uptime in seconds at which the launcher had built what it builds once; null = it built nothing.
     * @return milliseconds since the process began or was prepared, whichever is later; 0 where Linux does not say.
     */
    static long ageMs(final HostFiles host, final String prepared)
    {
        final String uptime = host.text("proc/uptime");
        final String stat = host.text("proc/self/stat");
        if (null == uptime || null == stat)
        {
            return 0;
        }
        try
        {
            // The second word is the program's name, in parentheses, and may hold anything.
            final String[] words = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            final double upMs = Double.parseDouble(uptime.split(" ")[0]) * TimeUnit.SECONDS.toMillis(1);
            final long ageMs = Math.round(upMs) - Long.parseLong(words[START_TIME - 1]) * HUNDREDTH_MS;
            return null == prepared ? ageMs :
                Math.min(ageMs, Math.round(upMs - Double.parseDouble(prepared) * TimeUnit.SECONDS.toMillis(1)));
        }
        catch (final NumberFormatException | ArrayIndexOutOfBoundsException ex)
        {
            return 0;
        }
    }

    private void add(final String phase, final long tookMs)
    {
        ms.merge(phase, tookMs, Long::sum);
        sumMs += tookMs;
    }
}
