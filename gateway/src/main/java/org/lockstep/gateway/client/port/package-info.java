/** What the client server is given by whoever puts the process together. */
package org.lockstep.gateway.client.port;
