/**
 * Binance's REST interface as far as market data needs it. Everything runs on the feed's event loop.
 */
package org.lockstep.gateway.venue.binance.rest;
