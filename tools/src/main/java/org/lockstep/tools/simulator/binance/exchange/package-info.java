/**
 * The private side of the simulated exchange: accounts and their balances, orders, and the matching of orders against
 * the visible market and one another. Knows nothing of wires. The simulator's event loop runs all of it.
 */
package org.lockstep.tools.simulator.binance.exchange;
