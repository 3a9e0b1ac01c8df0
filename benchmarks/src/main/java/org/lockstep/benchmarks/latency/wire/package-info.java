/** From a tick on one socket to the order on another, over loopback, beside a bare echo. */
package org.lockstep.benchmarks.latency.wire;
