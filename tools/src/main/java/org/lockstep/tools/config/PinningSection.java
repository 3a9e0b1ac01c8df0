package org.lockstep.tools.config;

import java.util.BitSet;

import org.lockstep.tools.host.CoreList;
import org.lockstep.tools.host.Cores;
import org.lockstep.tools.host.PinnedRole;
import org.lockstep.tools.host.PinningPlan;

/** Reads {@code engine.pinning}: cores of threads, against the thread plan and, where it is to run, the host. */
final class PinningSection
{
    private static final String ALLOWED = "none, auto, or cores such as 3 or 0-1,4";

    private final ConfigSection section;
    private final String threads;
    private final Cores host;

    private PinningSection(final ConfigSection section, final String threads, final Cores host)
    {
        this.section = section;
        this.threads = threads;
        this.host = host;
    }

    /**
     * Reads it.
     *
     * @param section of the cores.
     * @param threads plan that is asked for.
     * @param host    its cores, or null where the configuration is not to run here.
     * @return the cores.
     */
    static LockstepConfig.Pinning read(final ConfigSection section, final String threads, final Cores host)
    {
        final PinningSection reader = new PinningSection(section, threads, host);
        final LockstepConfig.Pinning pinning = new LockstepConfig.Pinning(
            reader.cores(PinnedRole.ENGINE), reader.cores(PinnedRole.FEED), reader.cores(PinnedRole.GATEWAY));
        section.finish();
        return pinning;
    }

    private String cores(final PinnedRole role)
    {
        final String key = role.configName();
        final String text = section.text(key, section.has(key) ? "" : PinningPlan.NONE);
        if (PinningPlan.NONE.equals(text) || PinningPlan.AUTO.equals(text))
        {
            return text;
        }
        if (text.isBlank())
        {
            section.report(key, "nothing", ALLOWED, null);
            return PinningPlan.NONE;
        }
        try
        {
            check(role, text, CoreList.parse(text));
            return text;
        }
        catch (final IllegalArgumentException ex)
        {
            section.report(key, "'" + text + "'", ALLOWED, null);
            return PinningPlan.NONE;
        }
    }

    private void check(final PinnedRole role, final String text, final BitSet cores)
    {
        final String key = role.configName();
        final BitSet repeated = CoreList.repeated(text);
        if (!repeated.isEmpty())
        {
            section.report(key, "'" + text + "' with core " + CoreList.format(repeated) + " more than once",
                "each core once", null);
        }
        if (PinnedRole.ENGINE == role && PinningPlan.FEED_LOOP.equals(threads))
        {
            section.report(key, "cores '" + text + "'", PinningPlan.NO_ENGINE_CORES, null);
        }
        final String missing = null == host ? null : PinningPlan.missing(cores, host);
        if (null != missing)
        {
            section.report(key, missing, "cores of this host: " + CoreList.format(host.usable()), null);
        }
    }
}
