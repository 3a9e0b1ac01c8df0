/**
 * Order types that no venue is asked for: stop, take-profit, trailing stop, one-cancels-the-other, bracket, iceberg and
 * TWAP, emulated in the engine by ordinary child orders. Their state is engine state: driven by frames and timers only,
 * described, and there again after a restart. Run by the engine thread.
 */
package org.lockstep.engine.algo;
