/**
 * The entry point of the {@code lockstep} command line.
 */
package org.lockstep.tools;
