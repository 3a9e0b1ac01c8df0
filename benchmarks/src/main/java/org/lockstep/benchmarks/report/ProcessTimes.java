package org.lockstep.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the processors of this machine did since it was started, and this process and its children of it: a reading of
 * {@code /proc}, which counts in hundredths of a second. All 0 where there is no {@code /proc}.
 */
record ProcessTimes(double busySeconds, double stealSeconds, double ownSeconds)
{
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 1;
    private static final int NICE = 2;
    private static final int SYSTEM = 3;
    private static final int STEAL = 8;
    private static final int OWN_FIRST = 11;
    private static final int OWN_FIELDS = 4;

    /** Reads. Time in interrupts is nobody's, so it is left out. */
    static ProcessTimes read()
    {
        try
        {
            final String[] machine = Files.readString(Path.of("/proc/stat")).split("\n", 2)[0].split(" +");
            final String self = Files.readString(Path.of("/proc/self/stat"));
            final String[] own = self.substring(self.lastIndexOf(')') + 2).split(" ");
            double ownSeconds = 0;
            for (int i = OWN_FIRST; i < OWN_FIRST + OWN_FIELDS; i++)
            {
                ownSeconds += Long.parseLong(own[i]) / TICKS_PER_SECOND;
            }
            ownSeconds += ProcessHandle.current().descendants()
                .mapToDouble(child -> child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
                .sum();
            return new ProcessTimes(ticks(machine, USER) + ticks(machine, NICE) + ticks(machine, SYSTEM),
                machine.length > STEAL ? ticks(machine, STEAL) : 0, ownSeconds);
        }
        catch (final IOException ex)
        {
            return new ProcessTimes(0, 0, 0);
        }
    }

    private static double ticks(final String[] fields, final int index)
    {
        return Long.parseLong(fields[index]) / TICKS_PER_SECOND;
    }
}
