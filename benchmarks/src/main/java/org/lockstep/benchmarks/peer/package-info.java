/** What one would use instead. */
package org.lockstep.benchmarks.peer;
