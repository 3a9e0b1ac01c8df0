package org.lockstep.tools.doctor;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.lockstep.tools.host.Cgroup;
import org.lockstep.tools.host.CoreList;
import org.lockstep.tools.host.Cores;
import org.lockstep.tools.host.HostFiles;
import org.lockstep.tools.host.PinningPlan;

/** Cores: how many, whose, how fast they are allowed to be, and what else runs on them. */
final class CpuExam
{
    private static final String AREA = "cpu";
    private static final String CPU = "sys/devices/system/cpu/";
    private static final int CORES_WANTED = 4;
    private static final int DEEP_IDLE_US = 10;

    private final HostFiles files;

    CpuExam(final HostFiles files)
    {
        this.files = files;
    }

    void run(final Consumer<Finding> sink)
    {
        final Cores cores = Cores.read(files);
        sink.accept(count(cores));
        sink.accept(quota());
        sink.accept(isolation(cores));
        sink.accept(tickless(cores));
        sink.accept(siblings(cores));
        sink.accept(governor(cores));
        sink.accept(turbo());
        sink.accept(idleStates());
        sink.accept(hypervisor());
        sink.accept(numa());
        sink.accept(load(cores));
    }

    private Finding count(final Cores cores)
    {
        final int usable = cores.usable().cardinality();
        final String model = files.field("proc/cpuinfo", "model name");
        final String found = usable + (1 == usable ? " core" : " cores") + " (" + CoreList.format(cores.usable()) +
            ")" + (null == model ? "" : ", " + model) + (usable < cores.online().cardinality() ?
            "; the machine has " + cores.online().cardinality() + ", the cpuset gives fewer" : "");
        final Object[] values = {"cores", usable, "online", cores.online().cardinality(), "model", model};
        return usable >= CORES_WANTED ? Finding.ok(AREA, "cores", found, values) : Finding.warn(AREA, "cores", found,
            "engine and feed share a thread, and its core with gateway, JIT and GC: each wake-up costs the " +
            "scheduler, and others take time slices (see hiccups)",
            "4 cores or more: one each for engine and feed, the rest for gateway, JIT and GC", values);
    }

    private Finding quota()
    {
        final Cgroup group = new Cgroup(files);
        final Double quota = group.quotaCores();
        if (null == quota)
        {
            return Finding.ok(AREA, "quota", "no CPU quota");
        }
        final Long throttled = group.throttledCount();
        return Finding.warn(AREA, "quota", "%.2f cores' time".formatted(quota) +
            (null == throttled ? "" : ", stopped " + throttled + " times so far"),
            "once the quota of a period is used up, every thread stands still for its rest: tens of milliseconds",
            "give the container whole cores (a cpuset) and no quota: docker --cpuset-cpus without --cpus; in " +
            "Kubernetes the static CPU manager with integer requests equal to limits",
            "quotaCores", quota, "throttled", throttled);
    }

    private Finding isolation(final Cores cores)
    {
        final BitSet isolated = CoreList.common(cores.isolated(), cores.usable());
        if (!isolated.isEmpty())
        {
            return Finding.ok(AREA, "isolation", "isolated: " + CoreList.format(isolated) +
                " (threads come there only when pinned: engine.pinning)", "isolated", CoreList.format(isolated));
        }
        final String found = cores.isolated().isEmpty() ? "no core is isolated" :
            "isolated cores " + CoreList.format(cores.isolated()) + " are outside this process's cpuset";
        return cores.usable().cardinality() < CORES_WANTED ?
            Finding.note(AREA, "isolation", found, "others may run on the engine's core",
            "with so few cores there is none to isolate", "isolated", "none") :
            Finding.warn(AREA, "isolation", found, "any process may take the engine's core for a time slice, " +
            "some milliseconds", "kernel command line: " + PinningPlan.isolation("LIST") + ", " +
            "then engine.pinning in the configuration", "isolated", "none");
    }

    private Finding tickless(final Cores cores)
    {
        final BitSet tickless = CoreList.common(cores.tickless(), cores.usable());
        if (!tickless.isEmpty())
        {
            return Finding.ok(AREA, "nohz-full", "no timer tick on " + CoreList.format(tickless), "nohzFull",
                CoreList.format(tickless));
        }
        return Finding.note(AREA, "nohz-full", "every core has its timer tick",
            "a few microseconds, 100 to 1000 times a second, on a spinning core",
            "kernel command line: nohz_full=LIST for the isolated cores (needs CONFIG_NO_HZ_FULL)",
            "nohzFull", "none");
    }

    private Finding siblings(final Cores cores)
    {
        int shared = 0;
        for (int core = cores.usable().nextSetBit(0); core >= 0; core = cores.usable().nextSetBit(core + 1))
        {
            shared += Cores.siblings(files, core).cardinality() > 1 ? 1 : 0;
        }
        if (0 == shared)
        {
            return Finding.ok(AREA, "hardware-threads", "one hardware thread a core", "shared", 0);
        }
        return Finding.note(AREA, "hardware-threads", shared + " of " + cores.usable().cardinality() +
            " share a physical core with another", "work on the sibling takes up to half of a core's speed and its " +
            "caches", "leave the siblings of engine and feed empty: echo 0 > /sys/devices/system/cpu/cpuN/online, or " +
            "switch SMT off (nosmt)", "shared", shared);
    }

    private Finding governor(final Cores cores)
    {
        final Map<String, Integer> governors = new TreeMap<>();
        for (int core = cores.usable().nextSetBit(0); core >= 0; core = cores.usable().nextSetBit(core + 1))
        {
            final String governor = files.text(CPU + "cpu" + core + "/cpufreq/scaling_governor");
            if (null != governor)
            {
                governors.merge(governor, 1, Integer::sum);
            }
        }
        if (governors.isEmpty())
        {
            return Finding.note(AREA, "governor", "not visible here", "the host below decides the clock rate",
                "on the host itself: cpupower frequency-set -g performance");
        }
        final String found = String.join(", ", governors.keySet());
        return governors.keySet().equals(Set.of("performance")) ?
            Finding.ok(AREA, "governor", found, "governor", found) :
            Finding.warn(AREA, "governor", found, "after a quiet moment the clock rate is low and takes " +
            "milliseconds to rise: the first ticks of a burst are the slowest",
            "cpupower frequency-set -g performance", "governor", found);
    }

    private Finding turbo()
    {
        final Long noTurbo = files.number(CPU + "intel_pstate/no_turbo");
        final Long boost = files.number(CPU + "cpufreq/boost");
        if (null == noTurbo && null == boost)
        {
            return Finding.note(AREA, "turbo", "not visible here", null, null);
        }
        final boolean on = null == noTurbo ? 1 == boost : 0 == noTurbo;
        return Finding.note(AREA, "turbo", on ? "on" : "off", on ?
            "faster, but the rate depends on what the other cores do: for steady figures switch it off, for the " +
            "lowest median leave it on" : "slower than the processor could be, but steady", null, "turbo", on);
    }

    private Finding idleStates()
    {
        final List<String> states = files.names(CPU + "cpu0/cpuidle", "state");
        final TreeSet<Long> exits = new TreeSet<>();
        String deepest = null;
        for (final String state : states)
        {
            final String base = CPU + "cpu0/cpuidle/" + state + "/";
            final Long latency = files.number(base + "latency");
            final Long disabled = files.number(base + "disable");
            if (null != latency && (null == disabled || 0 == disabled) && exits.add(latency) && latency == exits.last())
            {
                deepest = files.text(base + "name");
            }
        }
        if (exits.isEmpty())
        {
            return Finding.note(AREA, "idle-states", "not visible here",
                "a core that sleeps needs time to wake; the host below decides",
                "on the host: idle=poll or intel_idle.max_cstate=1 processor.max_cstate=1");
        }
        final String found = "deepest " + deepest + ", " + exits.last() + " us to wake";
        if (isVirtual() && exits.last() > 0 && exits.last() <= DEEP_IDLE_US)
        {
            return Finding.note(AREA, "idle-states", found + ", as this guest sees it", "a halted core wakes by " +
                "way of the host, which takes tens of microseconds that no guest shows: see loopback",
                "hold /dev/cpu_dma_latency open at 0 (tuned-adm profile latency-performance): a core without work " +
                "then polls and takes all of its processor time", "exitUs", exits.last());
        }
        return exits.last() <= DEEP_IDLE_US ? Finding.ok(AREA, "idle-states", found, "exitUs", exits.last()) :
            Finding.warn(AREA, "idle-states", found, "a core that has been idle adds up to " + exits.last() +
            " us to the next tick; a spinning engine's core never sleeps, the feed's does",
            "hold /dev/cpu_dma_latency open at 0 (tuned-adm profile latency-performance), or max_cstate=1",
            "exitUs", exits.last());
    }

    private Finding load(final Cores cores)
    {
        final String text = files.text("proc/loadavg");
        if (null == text || !text.matches("\\d+\\.\\d+ .*"))
        {
            return Finding.note(AREA, "load", "not visible here", null, null);
        }
        final double load = Double.parseDouble(text.substring(0, text.indexOf(' ')));
        final String found = "%.2f over the last minute".formatted(load);
        return load <= cores.usable().cardinality() / 2.0 ? Finding.ok(AREA, "load", found, "load1m", load) :
            Finding.warn(AREA, "load", found, "others want the cores too: what is measured below is worth little",
            "end what else runs here, then look again", "load1m", load);
    }

    private Finding hypervisor()
    {
        return isVirtual() ? Finding.note(AREA, "virtual", "a virtual machine",
            "the host may take a core away unseen (steal time): see hiccups", "a dedicated or bare-metal instance",
            "virtual", true) : Finding.ok(AREA, "virtual", "no hypervisor seen", "virtual", false);
    }

    private boolean isVirtual()
    {
        final String flags = files.field("proc/cpuinfo", "flags");
        return null != flags && List.of(flags.split(" ")).contains("hypervisor");
    }

    private Finding numa()
    {
        final int nodes = files.names("sys/devices/system/node", "node").stream()
            .filter(name -> name.matches("node\\d+")).toList().size();
        if (nodes <= 1)
        {
            return Finding.ok(AREA, "numa", "one memory node", "nodes", Math.max(1, nodes));
        }
        return Finding.note(AREA, "numa", nodes + " memory nodes", "memory of the other node costs about twice the " +
            "time, and so does the network card's when it hangs there",
            "numactl --cpunodebind=N --membind=N with the network card's node " +
            "(/sys/class/net/NAME/device/numa_node); pin engine and feed to cores of that node", "nodes", nodes);
    }
}
