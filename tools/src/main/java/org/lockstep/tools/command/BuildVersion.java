package org.lockstep.tools.command;

import picocli.CommandLine;

/** The version of this build. */
public final class BuildVersion implements CommandLine.IVersionProvider
{
    /** @return the version from the jar's manifest, {@code dev} outside a jar. */
    public static String text()
    {
        final String version = BuildVersion.class.getPackage().getImplementationVersion();
        return null == version ? "dev" : version;
    }

    @Override
    public String[] getVersion()
    {
        return new String[]{"lockstep " + text() + " (Java " + System.getProperty("java.version") + ")"};
    }
}
