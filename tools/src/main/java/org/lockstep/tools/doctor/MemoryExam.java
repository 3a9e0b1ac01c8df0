package org.lockstep.tools.doctor;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

import org.lockstep.tools.host.Cgroup;
import org.lockstep.tools.host.HostFiles;

/** Memory: pages, swapping, the page cache that holds the journal before the disk does. */
final class MemoryExam
{
    private static final String AREA = "memory";
    private static final String MEMORY = "proc/meminfo";
    private static final long GIB = 1L << 30;
    private static final double LOW_SHARE = 0.1;

    private final HostFiles files;
    private final long heapBytes;

    MemoryExam(final HostFiles files)
    {
        this.files = files;
        this.heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    }

    void run(final Consumer<Finding> sink)
    {
        sink.accept(available());
        sink.accept(limit());
        sink.accept(swap());
        sink.accept(transparentHugePages());
        sink.accept(hugePages());
        sink.accept(writeBack());
    }

    private Finding available()
    {
        final Long total = files.bytes(MEMORY, "MemTotal");
        final Long available = files.bytes(MEMORY, "MemAvailable");
        if (null == total || null == available)
        {
            return Finding.note(AREA, "available", "not visible here", null, null);
        }
        final String found = "%.1f of %.1f GiB available".formatted((double)available / GIB, (double)total / GIB);
        final Object[] values = {"availableBytes", available, "totalBytes", total};
        return available >= GIB && available >= LOW_SHARE * total ? Finding.ok(AREA, "available", found, values) :
            Finding.warn(AREA, "available", found, "the kernel reclaims pages while the journal's writer waits for " +
            "new ones", "end what else uses memory, or add some", values);
    }

    private Finding limit()
    {
        final Long limit = new Cgroup(files).memoryBytes();
        if (null == limit)
        {
            return Finding.ok(AREA, "limit", "no memory limit");
        }
        final String found = "limited to %.1f GiB, the heap may take %.1f GiB".formatted(
            (double)limit / GIB, (double)heapBytes / GIB);
        return limit >= 2 * heapBytes ? Finding.ok(AREA, "limit", found, "limitBytes", limit) :
            Finding.warn(AREA, "limit", found, "the journal's pages count too: near the limit the writer stalls in " +
            "reclaim, beyond it the process is killed", "raise the limit to twice the heap or more, or lower the " +
            "heap (LOCKSTEP_OPTS=-Xmx1g)", "limitBytes", limit);
    }

    private Finding swap()
    {
        final Long swap = files.bytes(MEMORY, "SwapTotal");
        final Long swappiness = files.number("proc/sys/vm/swappiness");
        final Long swapped = files.bytes("proc/self/status", "VmSwap");
        if (null != swap && 0 == swap)
        {
            return Finding.ok(AREA, "swap", "no swap", "swapBytes", 0, "swappiness", swappiness);
        }
        final String found = "swap %s, swappiness %s".formatted(
            null == swap ? "unknown" : "%.1f GiB".formatted((double)swap / GIB), swappiness);
        return null != swappiness && swappiness <= 1 && (null == swapped || 0 == swapped) ?
            Finding.ok(AREA, "swap", found, "swapBytes", swap, "swappiness", swappiness) :
            Finding.warn(AREA, "swap", found, "a page that was swapped out costs milliseconds when it is touched again",
            "swapoff -a, or sysctl vm.swappiness=1", "swapBytes", swap, "swappiness", swappiness);
    }

    private Finding transparentHugePages()
    {
        final String mode = files.chosen("sys/kernel/mm/transparent_hugepage/enabled");
        final String defrag = files.chosen("sys/kernel/mm/transparent_hugepage/defrag");
        if (null == mode)
        {
            return Finding.note(AREA, "transparent-huge-pages", "not visible here", null, null);
        }
        final String found = mode + ", defrag " + defrag;
        if ("always".equals(mode) && "always".equals(defrag))
        {
            return Finding.warn(AREA, "transparent-huge-pages", found, "the kernel may compact memory while a thread " +
                "waits for a page: milliseconds", "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled and " +
                "defrag; the heap then asks for them with -XX:+UseTransparentHugePages", "enabled", mode, "defrag",
                defrag);
        }
        return Finding.ok(AREA, "transparent-huge-pages", found, "enabled", mode, "defrag", defrag);
    }

    private Finding hugePages()
    {
        final String reserved = files.field(MEMORY, "HugePages_Total");
        final boolean none = null == reserved || "0".equals(reserved);
        return none ? Finding.note(AREA, "huge-pages", "none reserved", "the heap uses small pages: more TLB misses " +
            "once it is large", "LOCKSTEP_OPTS='-XX:+UseTransparentHugePages -XX:+AlwaysPreTouch', or reserve: " +
            "sysctl " +
            "vm.nr_hugepages=N and -XX:+UseLargePages", "reserved", 0) :
            Finding.ok(AREA, "huge-pages", reserved + " reserved (used with -XX:+UseLargePages)", "reserved", reserved);
    }

    private Finding writeBack()
    {
        final Long dirty = files.bytes(MEMORY, "Dirty");
        final Long writing = files.bytes(MEMORY, "Writeback");
        final Long background = files.number("proc/sys/vm/dirty_background_ratio");
        final Long ratio = files.number("proc/sys/vm/dirty_ratio");
        final Long expire = files.number("proc/sys/vm/dirty_expire_centisecs");
        if (null == dirty || null == ratio)
        {
            return Finding.note(AREA, "page-cache", "not visible here", null, null);
        }
        final Long total = files.bytes(MEMORY, "MemTotal");
        final long pending = dirty + (null == writing ? 0 : writing);
        final String found = ("%.1f MiB wait for the disk; writers are held up at %d %% of memory, " +
            "write-back begins at %s %%").formatted(pending / 1048576.0, ratio, background);
        final Object[] values = {"dirtyBytes", pending, "dirtyRatio", ratio, "dirtyBackgroundRatio", background,
            "dirtyExpireCentiseconds", expire};
        final boolean pressed = null != total && 0 != ratio && pending > total * ratio / 200;
        return pressed ? Finding.warn(AREA, "page-cache", found, "others write so much that the journal's writer " +
            "will " +
            "be held up", "end them, move them to another disk, or lower vm.dirty_background_ratio", values) :
            Finding.ok(AREA, "page-cache", found, values);
    }
}
