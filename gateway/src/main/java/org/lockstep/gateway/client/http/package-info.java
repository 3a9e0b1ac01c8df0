/** HTTP: routes, problem documents, origins, static files, metrics, event streams and the way to a WebSocket. */
package org.lockstep.gateway.client.http;
