/**
 * Binance's market streams: the decoder of payloads, the state of each instrument's streams, book synchronisation and
 * the connections. Everything runs on the feed's event loop.
 */
package org.lockstep.gateway.venue.binance.ws;
