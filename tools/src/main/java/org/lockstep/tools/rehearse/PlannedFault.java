package org.lockstep.tools.rehearse;

/**
 * A fault in a scenario.
 *
 * @param name such as {@code ack-lost}.
 * @param json what the simulator is sent: with the request at which it begins.
 */
record PlannedFault(String name, String json)
{
}
