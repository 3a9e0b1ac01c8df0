/**
 * The connection test: can this host reach a venue, how fast, and what to try when it cannot. Uses the JDK's own
 * clients, so that it does not depend on what it diagnoses. Main thread only.
 */
package org.lockstep.tools.check;
