/** A seeded flow of orders, and exchange-core run on it. Knows nothing of the engine. */
package org.lockstep.benchmarks.peers.flow;
