/**
 * Who a client is and what it may do: keys, token verification, roles, and minting of local tokens.
 * Immutable types, used by the client event loop; minting by the command line.
 */
package org.lockstep.gateway.client.auth;
