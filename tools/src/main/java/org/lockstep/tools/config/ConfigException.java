package org.lockstep.tools.config;

import java.util.List;

/** A configuration that cannot be used; carries every finding. */
public final class ConfigException extends RuntimeException
{
    private final transient List<Finding> findings;

    /**
     * Names the file and all that is wrong in it.
     *
     * @param file     as given by the user.
     * @param findings at least one.
     */
    public ConfigException(final String file, final List<Finding> findings)
    {
        super(String.join(System.lineSeparator(),
            findings.stream().map(finding -> finding.describe(file)).toList()));
        this.findings = List.copyOf(findings);
    }

    /** @return what is wrong, in order of lines. */
    public List<Finding> findings()
    {
        return findings;
    }
}
