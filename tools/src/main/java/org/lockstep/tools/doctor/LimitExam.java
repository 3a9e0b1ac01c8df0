package org.lockstep.tools.doctor;

import java.util.function.Consumer;

import org.lockstep.tools.host.HostFiles;

/** What the process may have: files, locked memory, mappings, priority. */
final class LimitExam
{
    private static final String AREA = "limits";
    private static final String LIMITS = "proc/self/limits";
    private static final long FILES_NEEDED = 1_024;
    private static final long FILES_WANTED = 16_384;
    private static final long MAPS_WANTED = 65_530;

    private final HostFiles files;

    LimitExam(final HostFiles files)
    {
        this.files = files;
    }

    void run(final Consumer<Finding> sink)
    {
        sink.accept(openFiles());
        sink.accept(lockedMemory());
        sink.accept(mappings());
    }

    private Finding openFiles()
    {
        final Long soft = soft("Max open files");
        if (null == soft)
        {
            return Finding.note(AREA, "open-files", "not visible here", null, null);
        }
        final String found = Long.MAX_VALUE == soft ? "unlimited" : soft.toString();
        if (soft < FILES_NEEDED)
        {
            return Finding.fail(AREA, "open-files", found, "journal, venues and clients take a file each: " +
                "connections " +
                "are refused, and the journal cannot roll", "ulimit -n 65536 (systemd: LimitNOFILE=65536)", "soft",
                soft);
        }
        return soft >= FILES_WANTED ? Finding.ok(AREA, "open-files", found, "soft", soft) :
            Finding.warn(AREA, "open-files", found, "the gateway takes 10,000 clients unless configured otherwise, " +
            "each " +
            "with a file", "ulimit -n 65536 (systemd: LimitNOFILE=65536)", "soft", soft);
    }

    private Finding lockedMemory()
    {
        final Long soft = soft("Max locked memory");
        if (null == soft)
        {
            return Finding.note(AREA, "locked-memory", "not visible here", null, null);
        }
        final String found = Long.MAX_VALUE == soft ? "unlimited" : "%,d KiB".formatted(soft >> 10);
        return Finding.note(AREA, "locked-memory", found, Long.MAX_VALUE == soft ? null :
            "matters only with -XX:+UseLargePages, which locks the heap", Long.MAX_VALUE == soft ? null :
            "ulimit -l unlimited (systemd: LimitMEMLOCK=infinity)", "softBytes", soft);
    }

    private Finding mappings()
    {
        final Long most = files.number("proc/sys/vm/max_map_count");
        if (null == most)
        {
            return Finding.note(AREA, "mappings", "not visible here", null, null);
        }
        return most >= MAPS_WANTED ? Finding.ok(AREA, "mappings", most.toString(), "most", most) :
            Finding.warn(AREA, "mappings", most.toString(), "the journal maps its files in blocks; a reader of many " +
            "files may run out", "sysctl vm.max_map_count=262144", "most", most);
    }

    private Long soft(final String name)
    {
        for (final String line : files.lines(LIMITS))
        {
            if (line.startsWith(name))
            {
                final String[] columns = line.substring(name.length()).strip().split("\\s+");
                return "unlimited".equals(columns[0]) ? Long.valueOf(Long.MAX_VALUE) :
                    columns[0].matches("\\d{1,18}") ? Long.valueOf(columns[0]) : null;
            }
        }
        return null;
    }
}
