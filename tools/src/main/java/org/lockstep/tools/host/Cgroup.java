package org.lockstep.tools.host;

import java.util.List;

/** The control group of this process: what a container may use. */
public final class Cgroup
{
    private static final String BASE = "sys/fs/cgroup/";
    private static final long UNLIMITED_BYTES = 1L << 60;

    private final HostFiles files;

    /**
     * The group of this process.
     *
     * @param files of the machine.
     */
    public Cgroup(final HostFiles files)
    {
        this.files = files;
    }

    /** @return how many cores' time the process may use, or null when there is no quota. */
    public Double quotaCores()
    {
        final String max = text("cpu", "cpu.max");
        if (null != max)
        {
            final String[] parts = max.split("\\s+");
            return 2 == parts.length && parts[0].matches("\\d+") && parts[1].matches("[1-9]\\d*") ?
                Double.valueOf(Double.parseDouble(parts[0]) / Double.parseDouble(parts[1])) : null;
        }
        final Long quota = number("cpu", "cpu.cfs_quota_us");
        final Long period = number("cpu", "cpu.cfs_period_us");
        return null == quota || quota <= 0 || null == period || period <= 0 ?
            null : Double.valueOf((double)quota / period);
    }

    /** @return how often the quota has stopped the process, or null when that is not counted. */
    public Long throttledCount()
    {
        final String stat = text("cpu", "cpu.stat");
        if (null != stat)
        {
            for (final String line : stat.lines().toList())
            {
                if (line.startsWith("nr_throttled ") && line.substring(13).strip().matches("\\d+"))
                {
                    return Long.valueOf(line.substring(13).strip());
                }
            }
        }
        return null;
    }

    /** @return bytes of memory it may use, page cache included, or null when there is no limit. */
    public Long memoryBytes()
    {
        final Long limit = null == number("memory", "memory.max") ?
            number("memory", "memory.limit_in_bytes") : number("memory", "memory.max");
        return null == limit || limit >= UNLIMITED_BYTES ? null : limit;
    }

    private Long number(final String controller, final String name)
    {
        final String text = text(controller, name);
        return null != text && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private String text(final String controller, final String name)
    {
        for (final String line : files.lines("proc/self/cgroup"))
        {
            final String[] parts = line.split(":", 3);
            if (3 == parts.length)
            {
                String found = null;
                if (parts[1].isEmpty())
                {
                    found = files.text(BASE + parts[2] + "/" + name);
                }
                else if (List.of(parts[1].split(",")).contains(controller))
                {
                    found = files.text(BASE + controller + parts[2] + "/" + name);
                }
                if (null != found)
                {
                    return found;
                }
            }
        }
        final String unified = files.text(BASE + name);
        return null == unified ? files.text(BASE + controller + "/" + name) : unified;
    }
}
