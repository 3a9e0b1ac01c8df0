/** Runs of the whole path: latency at a fixed rate, throughput of replay, and a long run without a collector. */
package org.lockstep.benchmarks.latency;
