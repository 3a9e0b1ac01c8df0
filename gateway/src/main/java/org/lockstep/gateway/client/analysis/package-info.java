/** Figures over the market and over bots, as pure arithmetic: no frames, no clocks, no threads. */
package org.lockstep.gateway.client.analysis;
