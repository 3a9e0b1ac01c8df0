package org.lockstep.tools.config;

import java.util.List;

/** Durations as people write them on a command line: {@code 30s}, {@code 5m}, {@code 24h}. */
public final class Durations
{
    private Durations()
    {
    }

    /**
     * Parses one.
     *
     * @param name  of the option, for the message.
     * @param text  number and unit.
     * @param minNs smallest allowed.
     * @param maxNs largest allowed.
     * @return nanoseconds.
     * @throws ConfigException naming what was found and what is allowed.
     */
    public static long parseNs(final String name, final String text, final long minNs, final long maxNs)
    {
        final List<Finding> findings = new java.util.ArrayList<>();
        final ConfigSection section = new ConfigSection(ConfigNode.single(name, text), "", findings);
        final long durationNs = section.durationNs(name, -1, minNs, maxNs);
        if (!findings.isEmpty())
        {
            throw new ConfigException("command line", findings.stream().map(finding -> new Finding(
                0, finding.key(), finding.found(), finding.allowed(), finding.nearest())).toList());
        }
        return durationNs;
    }
}
