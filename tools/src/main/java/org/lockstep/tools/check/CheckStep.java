package org.lockstep.tools.check;

/**
 * One step of a connection test.
 *
 * @param name    such as {@code tcp stream}.
 * @param account whose key it is about, or null.
 * @param passed  whether it worked.
 * @param millis  it took.
 * @param detail  what was found.
 * @param advice  what to try when it failed, what to mind when it passed all the same, else null.
 */
public record CheckStep(String name, String account, boolean passed, double millis, String detail, String advice)
{
}
