/** Commands of clients on their way into the journal and back. Owned by the client event loop. */
package org.lockstep.gateway.client.command;
