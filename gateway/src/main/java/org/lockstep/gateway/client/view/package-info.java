/**
 * The world as clients see it, built from journaled frames and from nothing else, and its rendering as JSON. Owned by
 * the client event loop.
 */
package org.lockstep.gateway.client.view;
