package org.lockstep.tools.host;

import java.util.BitSet;

/**
 * The cores of a machine and what this process may do with them. The sets are not to be changed.
 *
 * @param online    that the kernel runs.
 * @param usable    that threads may be pinned to: online and in the process's cpuset. Isolated cores belong to it
 *                  though nothing is put there unasked.
 * @param scheduled that the scheduler may put this process's threads on by itself.
 * @param isolated  kept free by {@code isolcpus} or an isolated cpuset partition.
 * @param tickless  without a timer interrupt while one thread runs ({@code nohz_full}).
 */
public record Cores(BitSet online, BitSet usable, BitSet scheduled, BitSet isolated, BitSet tickless)
{
    private static final String SYSTEM = "sys/devices/system/cpu/";

    /**
     * Reads them.
     *
     * @param files of the machine.
     * @return its cores.
     */
    public static Cores read(final HostFiles files)
    {
        BitSet online = CoreList.orEmpty(files.text(SYSTEM + "online"));
        final BitSet scheduled = CoreList.orEmpty(files.field("proc/self/status", "Cpus_allowed_list"));
        if (online.isEmpty())
        {
            online = scheduled;
        }
        final BitSet cpuset = cpuset(files);
        final BitSet usable = cpuset.isEmpty() ? online : CoreList.common(online, cpuset);
        final BitSet isolated = CoreList.common(online, CoreList.union(
            CoreList.orEmpty(files.text(SYSTEM + "isolated")),
            CoreList.orEmpty(files.text("sys/fs/cgroup/cpuset.cpus.isolated"))));
        final BitSet tickless = CoreList.common(online, CoreList.orEmpty(files.text(SYSTEM + "nohz_full")));
        return new Cores(online, usable, scheduled.isEmpty() ? usable : scheduled, isolated, tickless);
    }

    /**
     * The hardware threads that share a core's execution units.
     *
     * @param files of the machine.
     * @param core  one of them.
     * @return all of them, itself included.
     */
    public static BitSet siblings(final HostFiles files, final int core)
    {
        final BitSet siblings = CoreList.orEmpty(
            files.text(SYSTEM + "cpu" + core + "/topology/thread_siblings_list"));
        siblings.set(core);
        return siblings;
    }

    /** A task's own mask may be narrower than its cpuset and may be widened again; the cpuset may not. */
    private static BitSet cpuset(final HostFiles files)
    {
        for (final String line : files.lines("proc/self/cgroup"))
        {
            final String[] parts = line.split(":", 3);
            final boolean unified = 3 == parts.length && parts[1].isEmpty();
            final boolean first = 3 == parts.length && parts[1].contains("cpuset");
            if (unified || first)
            {
                final String base = "sys/fs/cgroup/" + (first ? "cpuset" : "") + parts[2] + "/";
                for (final String name : new String[]{"cpuset.cpus.effective", "cpuset.effective_cpus", "cpuset.cpus"})
                {
                    final BitSet cores = CoreList.orEmpty(files.text(base + name));
                    if (!cores.isEmpty())
                    {
                        return cores;
                    }
                }
            }
        }
        return CoreList.orEmpty(files.text("sys/fs/cgroup/cpuset.cpus.effective"));
    }
}
