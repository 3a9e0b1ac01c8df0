package org.lockstep.tools.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.tools.host.HostFixture;
import org.lockstep.tools.run.ChildProcess;

class DoctorTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldHaveNothingToMendInTheSettingsOfATunedHost() throws IOException
    {
        final List<Finding> findings = settings(HostFixture.aTunedHost());

        final List<Finding> wrong = findings.stream().filter(finding ->
            Finding.Level.WARN == finding.level() || Finding.Level.FAIL == finding.level())
            .filter(finding -> !"ntp".equals(finding.check())).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void shouldNameCostAndCureOfEachBadSetting() throws IOException
    {
        final List<Finding> findings = settings(HostFixture.aTunedHost()
            .with("sys/devices/system/cpu/isolated", "\n")
            .with("sys/devices/system/cpu/cpu3/cpufreq/scaling_governor", "powersave\n")
            .with("sys/devices/system/cpu/cpu0/cpuidle/state3/latency", "133\n")
            .with("sys/devices/system/cpu/cpu0/cpuidle/state3/name", "C6\n")
            .with("sys/fs/cgroup/cpu.max", "250000 100000\n")
            .with("sys/fs/cgroup/memory.max", "104857600\n")
            .with("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n")
            .with("sys/kernel/mm/transparent_hugepage/defrag", "[always] defer madvise never\n")
            .with("proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 200000 kB\nSwapTotal: 4000000 kB\n" +
                "Dirty: 1500000 kB\nHugePages_Total: 0\n")
            .with("proc/loadavg", "9.50 1 1 1/1 1\n")
            .with("proc/sys/vm/max_map_count", "1000\n")
            .with("proc/self/limits", "Max open files            4096                65536                files\n"));

        final Set<String> warned = checks(findings, Finding.Level.WARN);
        assertTrue(warned.containsAll(Set.of("isolation", "governor", "idle-states", "quota", "limit",
            "transparent-huge-pages", "available", "swap", "page-cache", "load", "mappings", "open-files")),
            warned::toString);
        findings.stream().filter(finding -> Finding.Level.WARN == finding.level()).forEach(finding ->
        {
            assertNotNull(finding.cost(), finding::check);
            assertNotNull(finding.fix(), finding::check);
        });
        assertTrue(found(findings, "governor").contains("powersave"));
        assertTrue(found(findings, "idle-states").contains("C6, 133 us"));
        assertTrue(found(findings, "quota").contains("2.50 cores"));
    }

    @Test
    void shouldNotTakeAGuestsWordOnHowFastItsCoresWake() throws IOException
    {
        final List<Finding> findings = settings(HostFixture.aTunedHost()
            .with("sys/devices/system/cpu/cpu0/cpuidle/state1/latency", "1\n")
            .with("sys/devices/system/cpu/cpu0/cpuidle/state1/name", "haltpoll idle\n")
            .with("proc/cpuinfo", "flags\t\t: fpu hypervisor\n"));

        assertTrue(checks(findings, Finding.Level.NOTE).contains("idle-states"), findings::toString);
        assertTrue(found(findings, "idle-states").contains("as this guest sees it"));
    }

    @Test
    void shouldFailAHostThatCannotOpenEnoughFiles() throws IOException
    {
        final List<Finding> findings = settings(HostFixture.aTunedHost()
            .with("proc/self/limits", "Max open files            256                256                files\n"));

        assertTrue(checks(findings, Finding.Level.FAIL).contains("open-files"), findings::toString);
    }

    @Test
    void shouldSayWhatIsNotVisibleWhereNothingCanBeRead() throws IOException
    {
        final List<Finding> findings = settings(HostFixture.aTunedHost().without(""));

        assertTrue(found(findings, "governor").contains("not visible"));
        assertFalse(findings.stream().anyMatch(finding -> Finding.Level.FAIL == finding.level()), findings::toString);
    }

    @Test
    void shouldMeasureThisHostAndPrintAFindingALine() throws Exception
    {
        final Path journal = directory.resolve("journal");
        final Set<String> checks = new HashSet<>();
        JsonNode summary = null;

        try (ChildProcess command = ChildProcess.start("doctor", "--json", "--dir", journal.toString()))
        {
            while (null == summary)
            {
                final JsonNode line = command.json();
                if ("summary".equals(line.get("event").asText()))
                {
                    summary = line;
                }
                else
                {
                    assertEquals("finding", line.get("event").asText());
                    checks.add(line.get("check").asText());
                    if (Set.of("hiccups", "parking", "loopback", "append", "fsync").contains(
                        line.get("check").asText()))
                    {
                        assertTrue(line.get("values").get("samples").asLong() > 0, line::toString);
                        assertTrue(line.get("values").get("maxNs").asLong() >=
                            line.get("values").get("p50Ns").asLong(), line::toString);
                    }
                }
            }

            assertEquals(summary.get("fit").asBoolean() ? 0 : 1, command.exitCode());
        }
        assertTrue(checks.containsAll(Set.of("cores", "isolation", "governor", "source", "ntp", "huge-pages",
            "open-files", "swap", "numa", "quota", "collector", "hiccups", "parking", "append", "fsync", "room",
            "page-cache", "loopback", "threads", "pinning")), checks::toString);
        try (Stream<Path> left = Files.list(directory))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void shouldSayWhichDirectoryWasMeasuredInPlaceOfOneThatDoesNotExist()
    {
        final List<Finding> absent = new ArrayList<>();
        final List<Finding> present = new ArrayList<>();

        new DiskExam(directory.resolve("not/there"), 1_000_000, 1_000_000).run(absent::add);
        new DiskExam(directory, 1_000_000, 1_000_000).run(present::add);

        assertTrue(checks(absent, Finding.Level.NOTE).contains("directory"), absent::toString);
        assertEquals(directory.resolve("not/there") + " does not exist yet, measured " + directory,
            found(absent, "directory"));
        assertTrue(found(absent, "room").endsWith(" for " + directory), absent::toString);
        assertFalse(checks(present, Finding.Level.NOTE).contains("directory"), present::toString);
    }

    @Test
    void shouldRefuseADirectoryWithoutAName() throws Exception
    {
        try (ChildProcess command = ChildProcess.start("doctor", "--json", "--dir", ""))
        {
            assertEquals(2, command.exitCode());
            assertTrue(command.errors().contains("--dir: found nothing"), command::toString);
        }
    }

    @Test
    void shouldAdviseToSpinOnlyWhereThereAreCoresForIt() throws IOException
    {
        final String few = adviceOnParking(2);

        assertFalse(few.contains("engine.threads: spin"), few);
        assertTrue(few.contains("engine.threads: feed-loop"), few);
        assertTrue(few.contains("four cores"), few);
        assertTrue(adviceOnParking(4).contains("engine.threads: spin"));
    }

    @Test
    void shouldTellOfWhatItCannotDeleteAndThrowNothing()
    {
        final List<Finding> findings = new ArrayList<>();

        DiskExam.delete(Path.of("/proc/self/task"), findings::add);
        DiskExam.delete(null, findings::add);

        assertEquals(1, findings.size(), findings::toString);
        assertEquals(Finding.Level.WARN, findings.get(0).level());
        assertTrue(findings.get(0).found().contains("cannot delete /proc/self/task"), findings::toString);
    }

    @Test
    void shouldExitWithOneLineThatSaysWhatToTryWhereNoJournalCanBeWritten() throws Exception
    {
        final Path file = Files.createFile(directory.resolve("file"));

        try (ChildProcess command = ChildProcess.start("doctor", "--json", "--dir", file.toString()))
        {
            assertEquals(1, command.exitCode());
            assertTrue(command.errors().contains("--dir"), command::toString);
        }
    }

    private String adviceOnParking(final int cores) throws IOException
    {
        final List<Finding> findings = new ArrayList<>();
        new TimerExam(HostFixture.aTunedHost().in(directory.resolve("root")), cores, 1_000_000, 1_000_000)
            .run(findings::add);
        return findings.stream().filter(finding -> "parking".equals(finding.check())).findFirst().orElseThrow().fix();
    }

    private List<Finding> settings(final HostFixture host) throws IOException
    {
        final List<Finding> findings = new ArrayList<>();
        new Doctor(host.in(directory.resolve("root")), directory, findings::add).settings();
        return findings;
    }

    private static Set<String> checks(final List<Finding> findings, final Finding.Level level)
    {
        final Set<String> checks = new HashSet<>();
        findings.stream().filter(finding -> level == finding.level()).forEach(finding -> checks.add(finding.check()));
        return checks;
    }

    private static String found(final List<Finding> findings, final String check)
    {
        return findings.stream().filter(finding -> finding.check().equals(check)).findFirst().orElseThrow().found();
    }
}
