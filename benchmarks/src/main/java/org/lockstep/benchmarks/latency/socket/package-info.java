/** The sender's side of benchmarks over sockets: a connection without a framework, texts filled in place, a pace. */
package org.lockstep.benchmarks.latency.socket;
