/**
 * Fan-out: sessions, subscriptions, conflation, event history, recovery from the journal, and the message protocol.
 * Owned by the client event loop.
 */
package org.lockstep.gateway.client.stream;
