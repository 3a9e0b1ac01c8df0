package org.lockstep.tools.rehearse;

/** Halts an engine because the scenario has it so. */
final class PlannedCrash extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    PlannedCrash(final CrashKind kind)
    {
        super("planned: " + kind.label());
    }
}
