/**
 * What stands between a decision and an order: limits, checks, stable reject codes, kill switches.
 * Run by the engine thread.
 */
package org.lockstep.engine.risk;
