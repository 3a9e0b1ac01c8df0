package org.lockstep.tools.run;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.openhft.affinity.Affinity;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.host.CoreList;
import org.lockstep.tools.host.Cores;
import org.lockstep.tools.host.HostFiles;
import org.lockstep.tools.host.PinnedRole;
import org.lockstep.tools.host.PinningPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the plan of pinned threads. Each thread pins itself and then looks whether the kernel agrees; where it
 * does not, or there is no native library, a warning says so and the thread runs where the scheduler puts it.
 * Threading: {@link #pin} by the thread that is meant; the rest by any.
 */
final class ThreadPinning
{
    private static final Logger LOG = LoggerFactory.getLogger(ThreadPinning.class);

    private final PinningPlan plan;

    private ThreadPinning(final PinningPlan plan)
    {
        this.plan = plan;
    }

    /**
     * Chooses for this host.
     *
     * @param config what is wanted.
     * @return the plan.
     * @throws CommandFailure when a core is not there.
     */
    static ThreadPinning of(final LockstepConfig.Engine config)
    {
        final Map<PinnedRole, String> wishes = new EnumMap<>(PinnedRole.class);
        wishes.put(PinnedRole.ENGINE, config.pinning().engine());
        wishes.put(PinnedRole.FEED, config.pinning().feed());
        wishes.put(PinnedRole.GATEWAY, config.pinning().gateway());
        final HostFiles files = HostFiles.ofThisHost();
        try
        {
            return new ThreadPinning(PinningPlan.choose(wishes, config.threads(),
                Runtime.getRuntime().availableProcessors(), Cores.read(files), core -> Cores.siblings(files, core)));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandFailure(ExitCode.USAGE, ex.getMessage());
        }
    }

    ThreadPlan plan()
    {
        return plan.plan();
    }

    /** The plan by names: its word, the reason, cores of pinned roles. */
    Map<String, Object> json()
    {
        final Map<String, Object> pinned = new LinkedHashMap<>();
        plan.cores().forEach((role, set) -> pinned.put(role.configName(), CoreList.format(set)));
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("plan", plan.plan().mode().configName());
        fields.put("reason", plan.plan().reason());
        fields.put("pinned", pinned);
        return fields;
    }

    List<String> warnings()
    {
        return plan.warnings();
    }

    /** Pins the calling thread to what the plan gives its role, if anything. Never throws. */
    void pin(final PinnedRole role)
    {
        final BitSet cores = plan.cores().get(role);
        if (null != cores)
        {
            String problem = null;
            try
            {
                Affinity.setAffinity(cores);
            }
            catch (final LinkageError | RuntimeException ex)
            {
                problem = ex.toString();
            }
            final String allowed =
                HostFiles.ofThisHost().field("proc/thread-self/status", "Cpus_allowed_list");
            if (cores.equals(CoreList.orEmpty(allowed)))
            {
                LOG.info("{} is pinned to core {}", role.threadName(), CoreList.format(cores));
            }
            else
            {
                LOG.warn("{} could not be pinned to core {} and runs on {}: {}; engine.pinning.{}: none silences this",
                    role.threadName(), CoreList.format(cores), allowed, null == problem ?
                    "the native library (JNA) is missing or cannot be loaded, see java.io.tmpdir" : problem,
                    role.configName());
            }
        }
    }

    @Override
    public String toString()
    {
        return plan.cores().isEmpty() && null == plan.reason() ? plan.plan().toString() :
            plan.plan() + ", " + plan.describe();
    }
}
