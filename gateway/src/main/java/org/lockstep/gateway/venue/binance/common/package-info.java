/**
 * What both products of Binance share: endpoints, limits, configuration. Immutable: any thread.
 */
package org.lockstep.gateway.venue.binance.common;
