package org.lockstep.tools.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoresTest
{
    @TempDir
    private Path root;

    @Property(tries = 200)
    void shouldReadBackEveryListItWrites(
        @ForAll final List<@IntRange(max = 300) Integer> numbers)
    {
        final BitSet cores = new BitSet();
        for (final int number : numbers)
        {
            cores.set(number);
        }

        final BitSet read = CoreList.parse(cores.isEmpty() ? "" : CoreList.format(cores));

        assertEquals(cores, read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-", "-1", "3-1", "1,,2", "1;2", "9999", "1 2", "99999999999"})
    void shouldRefuseWhatIsNoList(final String text)
    {
        final IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> CoreList.parse(text));

        assertTrue(refusal.getMessage().contains("'" + text + "'"), refusal::getMessage);
    }

    @Test
    void shouldCountIsolatedCoresAsUsableThoughNothingIsScheduledThere() throws IOException
    {
        final Cores cores = Cores.read(HostFixture.aTunedHost().in(root));

        assertEquals("0-7", CoreList.format(cores.online()));
        assertEquals("0-7", CoreList.format(cores.usable()));
        assertEquals("0-5", CoreList.format(cores.scheduled()));
        assertEquals("6-7", CoreList.format(cores.isolated()));
        assertEquals("6-7", CoreList.format(cores.tickless()));
    }

    @Test
    void shouldUseNoMoreThanTheCpusetOfAContainer() throws IOException
    {
        final Cores unified = Cores.read(HostFixture.aTunedHost()
            .with("sys/fs/cgroup/cpuset.cpus.effective", "2-3,6\n").in(root));
        final Cores first = Cores.read(HostFixture.aTunedHost()
            .with("proc/self/cgroup", "3:cpuset:/box\n1:cpu,cpuacct:/\n0::/\n")
            .with("sys/fs/cgroup/cpuset/box/cpuset.cpus", "1\n").in(root));

        assertEquals("2-3,6", CoreList.format(unified.usable()));
        assertEquals("1", CoreList.format(first.usable()));
    }

    @Test
    void shouldReadQuotaAndMemoryOfBothKindsOfControlGroups() throws IOException
    {
        final Cgroup none = new Cgroup(HostFixture.aTunedHost().in(root.resolve("none")));
        final Cgroup unified = new Cgroup(HostFixture.aTunedHost()
            .with("sys/fs/cgroup/cpu.max", "150000 100000\n")
            .with("sys/fs/cgroup/cpu.stat", "usage_usec 1\nnr_periods 9\nnr_throttled 7\n")
            .with("sys/fs/cgroup/memory.max", "2147483648\n").in(root.resolve("unified")));
        final Cgroup first = new Cgroup(HostFixture.aTunedHost()
            .with("proc/self/cgroup", "5:cpu,cpuacct:/box\n4:memory:/box\n")
            .with("sys/fs/cgroup/cpu/box/cpu.cfs_quota_us", "50000\n")
            .with("sys/fs/cgroup/cpu/box/cpu.cfs_period_us", "100000\n")
            .with("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1073741824\n").in(root.resolve("first")));

        assertNull(none.quotaCores());
        assertNull(none.memoryBytes());
        assertEquals(1.5, unified.quotaCores());
        assertEquals(7, unified.throttledCount());
        assertEquals(2L << 30, unified.memoryBytes());
        assertEquals(0.5, first.quotaCores());
        assertEquals(1L << 30, first.memoryBytes());
    }

    @Test
    void shouldReadThisMachine()
    {
        final Cores cores = Cores.read(HostFiles.ofThisHost());

        assertTrue(cores.usable().cardinality() >= 1, cores::toString);
        assertTrue(cores.online().cardinality() >= cores.usable().cardinality(), cores::toString);
    }
}
