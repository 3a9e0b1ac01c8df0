package org.lockstep.benchmarks.latency;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where a figure was taken: without this it says nothing. */
public final class Host
{
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Host()
    {
    }

    /** @return cores, processor, system, load and virtual machine, in two lines. */
    public static String describe()
    {
        final List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-X"))
            .collect(Collectors.toList());
        return "host: " + Runtime.getRuntime().availableProcessors() + " cores, " + cpu() + ", " +
            System.getProperty("os.name") + " " + System.getProperty("os.version") + ", load " +
            "%.2f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()) +
            System.lineSeparator() + "jvm:  " + System.getProperty("java.vm.name") + " " +
            System.getProperty("java.vm.version") + ", " + String.join(" ", flags);
    }

    private static String cpu()
    {
        try
        {
            return Files.readAllLines(CPU_INFO).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst().orElse("unknown CPU");
        }
        catch (final IOException ex)
        {
            return System.getProperty("os.arch");
        }
    }
}
