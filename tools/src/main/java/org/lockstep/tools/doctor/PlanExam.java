package org.lockstep.tools.doctor;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.tools.host.CoreList;
import org.lockstep.tools.host.Cores;
import org.lockstep.tools.host.HostFiles;
import org.lockstep.tools.host.PinnedRole;
import org.lockstep.tools.host.PinningPlan;

/** The thread plan that a run would choose here, and the cores that it would pin to with {@code auto}. */
final class PlanExam
{
    private final HostFiles files;
    private final int available;

    PlanExam(final HostFiles files, final int available)
    {
        this.files = files;
        this.available = available;
    }

    void run(final Consumer<Finding> sink)
    {
        final Map<PinnedRole, String> wishes = new EnumMap<>(PinnedRole.class);
        for (final PinnedRole role : PinnedRole.values())
        {
            wishes.put(role, PinningPlan.AUTO);
        }
        final PinningPlan pinned = PinningPlan.choose(
            wishes, "auto", available, Cores.read(files), core -> Cores.siblings(files, core));
        final ThreadPlan plain = ThreadPlan.choose(available, "auto");
        sink.accept(Finding.ok("plan", "threads", "engine.threads: auto chooses " + plain, "mode",
            plain.mode().configName(), "cores", plain.cores(), "reason", plain.reason()));
        final Map<String, String> cores = new LinkedHashMap<>();
        pinned.cores().forEach((role, set) -> cores.put(role.configName(), CoreList.format(set)));
        final String found = "engine.pinning with auto everywhere: " + pinned.describe() +
            (pinned.plan().mode() == plain.mode() ? "" : ", threads " + pinned.plan());
        sink.accept(pinned.warnings().isEmpty() ?
            Finding.ok("plan", "pinning", found, "cores", cores, "mode", pinned.plan().mode().configName()) :
            Finding.note("plan", "pinning", found, String.join("; ", pinned.warnings()), null, "cores", cores, "mode",
            pinned.plan().mode().configName()));
    }
}
