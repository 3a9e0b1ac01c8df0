package org.lockstep.tools.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import org.lockstep.engine.pipeline.ThreadPlan;

/**
 * Which thread runs on which cores, from what was asked for and what the machine has. Immutable.
 *
 * @param cores    of each pinned role; a role that is not there is left to the scheduler. Not to be changed.
 * @param plan     how the engine waits, with the pinning taken into account.
 * @param reason   of what {@code auto} chose, or null when nothing was left to it.
 * @param warnings what will hurt; none when all is well.
 */
public record PinningPlan(
    Map<PinnedRole, BitSet> cores, ThreadPlan plan, String reason, List<String> warnings)
{
    /** Leaves a thread to the scheduler. */
    public static final String NONE = "none";
    /** Lets the plan choose. */
    public static final String AUTO = "auto";

    /** The thread plan under which the engine has no thread of its own. */
    public static final String FEED_LOOP = ThreadPlan.Mode.FEED_LOOP.configName();
    /** What may stand in place of the engine's cores under {@link #FEED_LOOP}. */
    public static final String NO_ENGINE_CORES =
        "none with engine.threads: feed-loop, where the engine has no thread of its own (pin the feed)";

    private static final int CORES_FOR_AUTO = 4;

    /**
     * Chooses.
     *
     * @param wishes    of each role {@link #NONE}, {@link #AUTO} or a list of cores; what is missing is {@link #NONE}.
     * @param threads   the plan asked for: {@code auto}, {@code spin}, {@code backoff} or {@code feed-loop}.
     * @param available cores that the process is scheduled on.
     * @param host      its cores.
     * @param siblings  of a core: all hardware threads that share it.
     * @return what is to be done.
     * @throws IllegalArgumentException naming the key, what was found and what is allowed.
     */
    public static PinningPlan choose(
        final Map<PinnedRole, String> wishes,
        final String threads,
        final int available,
        final Cores host,
        final IntFunction<BitSet> siblings)
    {
        final Map<PinnedRole, BitSet> chosen = new EnumMap<>(PinnedRole.class);
        boolean anyAuto = false;
        for (final PinnedRole role : PinnedRole.values())
        {
            final String wish = wishes.getOrDefault(role, NONE);
            anyAuto |= AUTO.equals(wish);
            if (!AUTO.equals(wish) && !NONE.equals(wish))
            {
                chosen.put(role, listed(role, wish, host));
            }
        }
        final String reason = anyAuto ? fill(wishes, chosen, host, siblings) : null;
        final ThreadPlan plan = plan(threads, available, chosen, host);
        if (ThreadPlan.Mode.FEED_LOOP == plan.mode() && chosen.containsKey(PinnedRole.ENGINE) &&
            !AUTO.equals(wishes.get(PinnedRole.ENGINE)))
        {
            throw new IllegalArgumentException("engine.pinning.engine: found cores '" +
                wishes.get(PinnedRole.ENGINE) + "', allowed: " + NO_ENGINE_CORES);
        }
        if (ThreadPlan.Mode.FEED_LOOP == plan.mode())
        {
            chosen.remove(PinnedRole.ENGINE);
        }
        final List<String> warnings = warnings(chosen, plan, host, siblings);
        if (ThreadPlan.Mode.DEDICATED_SPIN == plan.mode() && !isAlone(chosen, host) &&
            ThreadPlan.Mode.DEDICATED_SPIN != ThreadPlan.choose(available, AUTO).mode())
        {
            warnings.add("the engine spins where only " + available + (1 == available ? " core is" : " cores are") +
                ": it starves the feed, which it waits for, of its core for time slices of milliseconds " +
                "(engine.threads: auto, or 4 cores or more)");
        }
        return new PinningPlan(chosen, plan, reason, List.copyOf(warnings));
    }

    /**
     * Words of the kernel's command line that keep others from cores.
     *
     * @param cores such as {@code 2-3}.
     * @return the words.
     */
    public static String isolation(final String cores)
    {
        return "isolcpus=managed_irq,domain," + cores + " nohz_full=" + cores + " rcu_nocbs=" + cores;
    }

    /**
     * Looks for cores that a thread cannot be pinned to here.
     *
     * @param cores asked for.
     * @param host  its cores.
     * @return which and why, or null when all are there.
     */
    public static String missing(final BitSet cores, final Cores host)
    {
        final BitSet missing = CoreList.minus(cores, host.usable());
        return missing.isEmpty() ? null : "core " + CoreList.format(missing) +
            (CoreList.common(missing, host.online()).isEmpty() ? ", which is not there" :
            ", which this process's cpuset does not have");
    }

    /** @return such as {@code engine on 3, feed on 2}; {@code nothing pinned} when so. */
    public String describe()
    {
        final List<String> parts = new ArrayList<>();
        cores.forEach((role, set) -> parts.add(role.configName() + " on " + CoreList.format(set)));
        return (parts.isEmpty() ? "nothing pinned" : "pinned: " + String.join(", ", parts)) +
            (null == reason ? "" : " (" + reason + ")");
    }

    private static BitSet listed(final PinnedRole role, final String wish, final Cores host)
    {
        final String key = "engine.pinning." + role.configName();
        final BitSet set;
        try
        {
            set = CoreList.parse(wish);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new IllegalArgumentException(key + ": found '" + wish +
                "', allowed: none, auto or cores such as 3 or 0-1,4", ex);
        }
        final String missing = missing(set, host);
        if (null != missing)
        {
            throw new IllegalArgumentException(
                key + ": found " + missing + "; allowed on this host: " + CoreList.format(host.usable()));
        }
        return set;
    }

    /** Chooses for the roles that leave it to us; says why. */
    private static String fill(
        final Map<PinnedRole, String> wishes,
        final Map<PinnedRole, BitSet> chosen,
        final Cores host,
        final IntFunction<BitSet> siblings)
    {
        BitSet taken = new BitSet();
        for (final BitSet set : chosen.values())
        {
            taken = CoreList.union(taken, set);
        }
        final BitSet isolated = CoreList.minus(CoreList.common(host.isolated(), host.usable()), taken);
        final BitSet common = CoreList.minus(CoreList.minus(host.usable(), host.isolated()), taken);
        if (isolated.isEmpty() && common.cardinality() < CORES_FOR_AUTO)
        {
            return "auto pins nothing: " + common.cardinality() + " cores, none isolated, are too few; a pinned " +
                "thread would wait for its core while another is idle";
        }
        final String reason = isolated.isEmpty() ? "auto: no core is isolated, so the last ones, far from core 0 " +
            "with its interrupts" : "auto: isolated cores, engine first";
        for (final PinnedRole role : new PinnedRole[]{PinnedRole.ENGINE, PinnedRole.FEED})
        {
            if (AUTO.equals(wishes.get(role)))
            {
                final int core = isolated.isEmpty() ?
                    common.cardinality() > 2 ? common.length() - 1 : -1 : isolated.nextSetBit(0);
                if (core >= 0)
                {
                    final BitSet own = new BitSet();
                    own.set(core);
                    chosen.put(role, own);
                    isolated.andNot(siblings.apply(core));
                    common.andNot(siblings.apply(core));
                }
            }
        }
        if (AUTO.equals(wishes.get(PinnedRole.GATEWAY)) && !common.isEmpty())
        {
            chosen.put(PinnedRole.GATEWAY, common);
        }
        return reason;
    }

    private static ThreadPlan plan(
        final String threads, final int available, final Map<PinnedRole, BitSet> chosen, final Cores host)
    {
        final BitSet engine = chosen.get(PinnedRole.ENGINE);
        if ("auto".equals(threads) && isAlone(chosen, host))
        {
            return new ThreadPlan(ThreadPlan.Mode.DEDICATED_SPIN, available,
                "core " + CoreList.format(engine) + " is isolated and the engine's alone");
        }
        final ThreadPlan plan = ThreadPlan.choose(available, threads);
        return "auto".equals(threads) && null != engine && ThreadPlan.Mode.FEED_LOOP == plan.mode() ?
            new ThreadPlan(ThreadPlan.Mode.DEDICATED_BACKOFF, available,
                "the engine is pinned, so it has a thread, and " + available + " cores are too few to spin on") : plan;
    }

    /** Whether the engine has isolated cores that no other thread is pinned to. */
    private static boolean isAlone(final Map<PinnedRole, BitSet> chosen, final Cores host)
    {
        final BitSet engine = chosen.get(PinnedRole.ENGINE);
        return null != engine && CoreList.minus(engine, host.isolated()).isEmpty() &&
            chosen.entrySet().stream().noneMatch(other ->
                PinnedRole.ENGINE != other.getKey() && other.getValue().intersects(engine));
    }

    private static List<String> warnings(
        final Map<PinnedRole, BitSet> chosen,
        final ThreadPlan plan,
        final Cores host,
        final IntFunction<BitSet> siblings)
    {
        final List<String> warnings = new ArrayList<>();
        BitSet all = new BitSet();
        for (final Map.Entry<PinnedRole, BitSet> entry : chosen.entrySet())
        {
            final BitSet shared = CoreList.minus(entry.getValue(), host.isolated());
            if (!shared.isEmpty() && PinnedRole.GATEWAY != entry.getKey())
            {
                warnings.add(entry.getKey().configName() + " is pinned to core " + CoreList.format(shared) +
                    ", which is not isolated: others run there too, and it cannot step aside " +
                    "(" + isolation(CoreList.format(shared)) + " on the kernel's command line)");
            }
            all = CoreList.union(all, entry.getValue());
        }
        if (chosen.size() > all.cardinality())
        {
            warnings.add(chosen.size() + " threads are pinned to " + all.cardinality() +
                (1 == all.cardinality() ? " core: " : " cores: ") + "they wait for each other");
        }
        final BitSet engine = chosen.get(PinnedRole.ENGINE);
        final BitSet feed = chosen.get(PinnedRole.FEED);
        if (null != engine && null != feed)
        {
            final int core = engine.nextSetBit(0);
            if (1 == engine.cardinality() && engine.equals(feed) && ThreadPlan.Mode.DEDICATED_SPIN == plan.mode())
            {
                warnings.add("the engine spins on core " + core + ", the only one the feed may use: it starves " +
                    "what it waits for (engine.threads: backoff, or another core)");
            }
            final BitSet neighbours = siblings.apply(core);
            neighbours.clear(core);
            if (1 == engine.cardinality() && neighbours.intersects(feed))
            {
                warnings.add("engine and feed share one physical core as hardware threads " + core + " and " +
                    CoreList.format(CoreList.common(neighbours, feed)) + ": each slows the other");
            }
        }
        return warnings;
    }
}
