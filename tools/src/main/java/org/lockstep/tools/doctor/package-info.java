/**
 * {@code lockstep doctor}: looks at the host and measures what it can in a few seconds, and says of each thing what it
 * costs and how to mend it. Threading: the thread that runs it, and one echo thread. Changes nothing; what it writes
 * for
 * measuring is a directory of its own, deleted afterwards.
 */
package org.lockstep.tools.doctor;
