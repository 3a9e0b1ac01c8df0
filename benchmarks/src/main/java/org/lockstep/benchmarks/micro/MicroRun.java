package org.lockstep.benchmarks.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.lockstep.benchmarks.report.ResultFile;
import org.openjdk.jmh.Main;

/** Runs JMH and keeps, beside its own results, how noisy the machine was meanwhile. */
public final class MicroRun
{
    private static final String JSON = "json=";

    private MicroRun()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code json=} file for the noise; all others are JMH's.
     * @throws IOException if JMH fails.
     */
    public static void main(final String... args) throws IOException
    {
        final List<String> jmh = new ArrayList<>();
        String json = "";
        for (final String arg : args)
        {
            if (arg.startsWith(JSON))
            {
                json = arg.substring(JSON.length());
            }
            else
            {
                jmh.add(arg);
            }
        }
        final ResultFile noise = ResultFile.begin("micro, noise", json);
        noise.setting("arguments", String.join(" ", jmh));
        Main.main(jmh.toArray(new String[0]));
        noise.write();
    }
}
