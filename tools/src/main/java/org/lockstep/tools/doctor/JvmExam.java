package org.lockstep.tools.doctor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.List;
import java.util.function.Consumer;

/** The virtual machine that would run it: this one, since the launcher starts every command the same way. */
final class JvmExam
{
    private static final String AREA = "jvm";
    private static final long GIB = 1L << 30;

    void run(final Consumer<Finding> sink)
    {
        sink.accept(version());
        sink.accept(collector());
        sink.accept(heap());
        sink.accept(options());
    }

    private static Finding version()
    {
        final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        final int major = Runtime.version().feature();
        final String found = runtime.getVmName() + " " + runtime.getVmVersion();
        return Finding.ok(AREA, "version", found, "feature", major, "name", runtime.getVmName(), "vendor",
            runtime.getVmVendor());
    }

    private static Finding collector()
    {
        final List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans();
        final List<String> names = beans.stream().map(GarbageCollectorMXBean::getName).toList();
        final String found = String.join(", ", names);
        if (names.stream().anyMatch(name -> name.startsWith("Copy") || name.startsWith("MarkSweep")))
        {
            return Finding.note(AREA, "collector", found + " (serial)", "one thread collects: fine while little is " +
                "allocated, long when a full collection comes", "-XX:+UseParallelGC, as tools/jvm.options has it",
                "collectors", names);
        }
        return Finding.ok(AREA, "collector", found + " (the hot path allocates nothing; the gateway does)",
            "collectors", names);
    }

    private static Finding heap()
    {
        final long most = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
        final boolean touched = arguments().contains("-XX:+AlwaysPreTouch");
        final String found = "%.1f GiB at most, %s at start".formatted((double)most / GIB, touched ?
            "touched" : "not touched");
        return touched ? Finding.ok(AREA, "heap", found, "maxBytes", most, "preTouched", true) :
            Finding.note(AREA, "heap", found, "the first use of each page is a page fault",
            "LOCKSTEP_OPTS='-Xms2g -Xmx2g -XX:+AlwaysPreTouch' for a process that lives long", "maxBytes", most,
            "preTouched", false);
    }

    private static Finding options()
    {
        final List<String> arguments = arguments();
        final boolean own = arguments.stream().anyMatch(argument -> argument.contains("GuaranteedSafepointInterval=0"));
        final boolean opened = JvmExam.class.getModule().isNamed() || Object.class.getModule().isOpen(
            "jdk.internal.misc", JvmExam.class.getModule());
        if (!opened)
        {
            return Finding.fail(AREA, "options", "tools/jvm.options is not in use", "ring, journal and sockets need " +
                "the modules it opens", "start it with tools/bin/lockstep, or java @tools/jvm.options", "launcher",
                false);
        }
        return own ? Finding.ok(AREA, "options", "tools/jvm.options", "launcher", true) :
            Finding.warn(AREA, "options", "not those of tools/jvm.options", "safepoints on a timer, another collector",
            "start it with tools/bin/lockstep, or java @tools/jvm.options", "launcher", false);
    }

    private static List<String> arguments()
    {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
