/**
 * Sessions over the network that every venue shares: WebSocket and REST clients, back-off, rate limits, heartbeats.
 * A session belongs to one event loop, whose thread runs everything here unless a class says otherwise.
 */
package org.lockstep.gateway.net;
