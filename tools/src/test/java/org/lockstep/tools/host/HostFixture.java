package org.lockstep.tools.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A machine on paper: files of {@code /proc} and {@code /sys} below a directory. Builder. */
public final class HostFixture
{
    private final Map<String, String> files = new LinkedHashMap<>();

    private HostFixture()
    {
    }

    /** A machine of eight cores, two of them isolated and without ticks, in good order. */
    public static HostFixture aTunedHost()
    {
        final HostFixture host = new HostFixture()
            .with("sys/devices/system/cpu/online", "0-7\n")
            .with("sys/devices/system/cpu/isolated", "6-7\n")
            .with("sys/devices/system/cpu/nohz_full", "6-7\n")
            .with("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-5\nVmSwap:\t       0 kB\n")
            .with("proc/self/cgroup", "0::/\n")
            .with("proc/cpuinfo", "processor\t: 0\nmodel name\t: Tuned 9000\nflags\t\t: fpu tsc nonstop_tsc\n")
            .with("proc/loadavg", "0.10 0.20 0.30 1/100 4711\n")
            .with("proc/meminfo", "MemTotal:       65536000 kB\nMemAvailable:   60000000 kB\nSwapTotal:      0 kB\n" +
                "Dirty:  1024 kB\nWriteback: 0 kB\nHugePages_Total:    512\n")
            .with("proc/sys/vm/swappiness", "60\n")
            .with("proc/sys/vm/dirty_ratio", "20\n")
            .with("proc/sys/vm/dirty_background_ratio", "10\n")
            .with("proc/sys/vm/dirty_expire_centisecs", "3000\n")
            .with("proc/sys/vm/max_map_count", "262144\n")
            .with("proc/self/limits", "Limit                     Soft Limit           Hard Limit           Units\n" +
                "Max open files            65536                65536                files\n" +
                "Max locked memory         unlimited            unlimited            bytes\n")
            .with("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n")
            .with("sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc hpet acpi_pm\n")
            .with("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n")
            .with("sys/kernel/mm/transparent_hugepage/defrag", "always defer [madvise] never\n")
            .with("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n")
            .with("sys/devices/system/cpu/cpu0/cpuidle/state0/latency", "0\n")
            .with("sys/devices/system/cpu/cpu0/cpuidle/state0/name", "POLL\n")
            .with("sys/devices/system/node/node0/cpulist", "0-7\n");
        for (int core = 0; core < 8; core++)
        {
            host.with("sys/devices/system/cpu/cpu" + core + "/cpufreq/scaling_governor", "performance\n")
                .with("sys/devices/system/cpu/cpu" + core + "/topology/thread_siblings_list", core + "\n");
        }
        return host;
    }

    public HostFixture with(final String path, final String text)
    {
        files.put(path, text);
        return this;
    }

    public HostFixture without(final String prefix)
    {
        files.keySet().removeIf(path -> path.startsWith(prefix));
        return this;
    }

    public HostFiles in(final Path root) throws IOException
    {
        for (final Map.Entry<String, String> file : files.entrySet())
        {
            final Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return new HostFiles(root);
    }
}
