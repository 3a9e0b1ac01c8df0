package org.lockstep.tools.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.pipeline.ThreadPlan;

class PinningPlanTest
{
    private static final Map<PinnedRole, String> ALL_AUTO = wishes("auto", "auto", "auto");

    @TempDir
    private Path root;

    @Test
    void shouldGiveEngineAndFeedTheIsolatedCoresAndLetTheEngineSpin() throws IOException
    {
        final PinningPlan plan = choose(HostFixture.aTunedHost(), ALL_AUTO, "auto", 2);

        assertEquals("pinned: engine on 6, feed on 7, gateway on 0-5 (auto: isolated cores, engine first)",
            plan.describe());
        assertEquals(ThreadPlan.Mode.DEDICATED_SPIN, plan.plan().mode());
        assertTrue(plan.warnings().isEmpty(), () -> plan.warnings().toString());
    }

    @Test
    void shouldTakeTheLastCoresWithoutTheirSiblingsWhenNoneIsIsolated() throws IOException
    {
        final HostFixture host = HostFixture.aTunedHost().with("sys/devices/system/cpu/isolated", "\n");
        for (int core = 0; core < 8; core++)
        {
            host.with("sys/devices/system/cpu/cpu" + core + "/topology/thread_siblings_list",
                core % 4 + "," + (core % 4 + 4) + "\n");
        }

        final PinningPlan plan = choose(host, ALL_AUTO, "auto", 8);

        assertEquals("7", CoreList.format(plan.cores().get(PinnedRole.ENGINE)));
        assertEquals("6", CoreList.format(plan.cores().get(PinnedRole.FEED)));
        assertEquals("0-1,4-5", CoreList.format(plan.cores().get(PinnedRole.GATEWAY)));
        assertEquals(2, plan.warnings().size());
        assertTrue(plan.warnings().get(0).contains("isolcpus=managed_irq,domain,7 nohz_full=7"),
            () -> plan.warnings().toString());
    }

    @Test
    void shouldPinNothingByItselfWhenThereAreTooFewCores() throws IOException
    {
        final PinningPlan plan = choose(twoCores(), ALL_AUTO, "auto", 2);

        assertTrue(plan.cores().isEmpty(), plan::describe);
        assertTrue(plan.describe().contains("too few"), plan::describe);
        assertEquals(ThreadPlan.Mode.FEED_LOOP, plan.plan().mode());
    }

    @Test
    void shouldKeepAThreadForAnEngineThatIsPinnedWhereCoresAreFew() throws IOException
    {
        final PinningPlan plan = choose(twoCores(), wishes("1", "none", "none"), "auto", 2);

        assertEquals("1", CoreList.format(plan.cores().get(PinnedRole.ENGINE)));
        assertEquals(ThreadPlan.Mode.DEDICATED_BACKOFF, plan.plan().mode());
    }

    @Test
    void shouldNameKeyFoundAndAllowedWhenACoreIsNotThere() throws IOException
    {
        final IllegalArgumentException missing = assertThrows(IllegalArgumentException.class,
            () -> choose(twoCores(), wishes("7", "none", "none"), "auto", 2));
        final IllegalArgumentException foreign = assertThrows(IllegalArgumentException.class,
            () -> choose(HostFixture.aTunedHost().with("sys/fs/cgroup/cpuset.cpus.effective", "0-1\n"),
            wishes("none", "3", "none"), "auto", 2));

        assertEquals("engine.pinning.engine: found core 7, which is not there; allowed on this host: 0-1",
            missing.getMessage());
        assertEquals("engine.pinning.feed: found core 3, which this process's cpuset does not have; " +
            "allowed on this host: 0-1", foreign.getMessage());
    }

    @Test
    void shouldWarnWhenThreadsShareACoreOrStarveEachOther() throws IOException
    {
        final PinningPlan plan = choose(twoCores(), wishes("1", "1", "1"), "spin", 2);

        assertTrue(plan.warnings().stream().anyMatch(text -> text.contains("3 threads are pinned to 1 core")),
            () -> plan.warnings().toString());
        assertTrue(plan.warnings().stream().anyMatch(text -> text.contains("starves")),
            () -> plan.warnings().toString());
        assertTrue(plan.warnings().stream().anyMatch(text -> text.contains("not isolated")),
            () -> plan.warnings().toString());
    }

    @Test
    void shouldWarnOfASpinningEngineWhereCoresAreFew() throws IOException
    {
        final PinningPlan few = choose(twoCores(), wishes("none", "none", "none"), "spin", 2);
        final PinningPlan enough = choose(HostFixture.aTunedHost(), wishes("none", "none", "none"), "spin", 4);
        final PinningPlan alone = choose(HostFixture.aTunedHost(), wishes("6", "7", "none"), "spin", 2);

        assertEquals(1, few.warnings().size(), () -> few.warnings().toString());
        assertTrue(few.warnings().get(0).contains("only 2 cores are: it starves the feed"),
            () -> few.warnings().toString());
        assertTrue(enough.warnings().isEmpty(), () -> enough.warnings().toString());
        assertTrue(alone.warnings().isEmpty(), () -> alone.warnings().toString());
    }

    @Test
    void shouldRefuseCoresForAnEngineThatHasNoThread() throws IOException
    {
        final IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class,
            () -> choose(twoCores(), wishes("1", "none", "none"), "feed-loop", 2));

        assertTrue(refusal.getMessage().contains("engine.pinning.engine"), refusal::getMessage);
    }

    static Map<PinnedRole, String> wishes(final String engine, final String feed, final String gateway)
    {
        final Map<PinnedRole, String> wishes = new EnumMap<>(PinnedRole.class);
        wishes.put(PinnedRole.ENGINE, engine);
        wishes.put(PinnedRole.FEED, feed);
        wishes.put(PinnedRole.GATEWAY, gateway);
        return wishes;
    }

    private static HostFixture twoCores()
    {
        return HostFixture.aTunedHost()
            .with("sys/devices/system/cpu/online", "0-1\n")
            .with("sys/devices/system/cpu/isolated", "\n");
    }

    private PinningPlan choose(
        final HostFixture host, final Map<PinnedRole, String> wishes, final String threads, final int available)
        throws IOException
    {
        final HostFiles files = host.in(root);
        return PinningPlan.choose(
            wishes, threads, available, Cores.read(files), core -> Cores.siblings(files, core));
    }
}
