/**
 * What every venue shares: the session towards its market data, counters, the directory of instruments, and the
 * publisher that encodes normalised frames. A session runs on one event loop; the directory is for any thread.
 */
package org.lockstep.gateway.venue;
