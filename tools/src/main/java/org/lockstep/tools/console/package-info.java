/**
 * What a person or a script sees: tables, progress bars and JSON lines on standard output. Main thread only, but for
 * the progress bar, which whoever makes progress calls.
 */
package org.lockstep.tools.console;
