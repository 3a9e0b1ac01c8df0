package org.lockstep.tools.check;

/**
 * One step of a connection test.
 *
 * @param name   such as {@code tcp stream}.
 * @param passed whether it worked.
 * @param millis it took.
 * @param detail what was found.
 * @param advice what to try when it failed, else null.
 */
public record CheckStep(String name, boolean passed, double millis, String detail, String advice)
{
}
