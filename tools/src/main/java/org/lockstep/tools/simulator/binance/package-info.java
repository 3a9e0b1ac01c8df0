/**
 * A simulator of Binance Spot: market streams and REST as they are on the wire, over a synthetic market or a recording.
 * One event loop runs market, connections and REST, so what they say about each other is always consistent.
 */
package org.lockstep.tools.simulator.binance;
