/** Alerts on their way out to webhooks. One thread of its own posts them; the client event loop hands them over. */
package org.lockstep.gateway.client.notify;
