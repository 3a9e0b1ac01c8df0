/**
 * The server towards users: HTTP, WebSocket and event streams on one port, as the client protocol says.
 * <p>
 * Threading: everything here runs on one event loop of the group it is given, which polls the engine's broadcast with
 * bounded work; nothing here is ever waited for by the engine.
 */
package org.lockstep.gateway.client;
