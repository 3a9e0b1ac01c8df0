/**
 * Recorded sessions as JSON lines: what they hold, what they say line by line, and the books that follow from them.
 * Everything mutable belongs to the thread that reads.
 */
package org.lockstep.tools.simulator.recording;
