/**
 * A seeded market without a venue: symbols, price-time order books, order flow, trades and candles.
 * Everything mutable is written by the simulator's event loop only.
 */
package org.lockstep.tools.simulator.market;
