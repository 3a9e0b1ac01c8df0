/**
 * Bars (candles) of 1 minute to 1 day, built from trades without look-ahead. Run by the engine thread.
 */
package org.lockstep.engine.bar;
