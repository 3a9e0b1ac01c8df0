/**
 * The commands of {@code lockstep}: thin picocli classes over operator classes that tests can call. Main thread only.
 */
package org.lockstep.tools.command;
