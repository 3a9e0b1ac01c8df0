/**
 * The trading interfaces of the simulated exchange as they are on the wire: signatures, limits, methods, replies and
 * user data events, over the WebSocket API and REST. The simulator's event loop runs all of it.
 */
package org.lockstep.tools.simulator.binance.api;
