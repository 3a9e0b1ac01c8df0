/**
 * What goes wrong on request with requests, replies and events of the trading interfaces: rules that fire by count,
 * chance or time, from a seed. The simulator's event loop runs all of it.
 */
package org.lockstep.tools.simulator.binance.fault;
