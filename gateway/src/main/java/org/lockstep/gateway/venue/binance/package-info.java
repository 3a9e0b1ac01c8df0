/**
 * Binance Spot: the market-data feed. One event loop runs everything of one feed.
 */
package org.lockstep.gateway.venue.binance;
