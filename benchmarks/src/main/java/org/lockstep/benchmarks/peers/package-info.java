/** Whole systems side by side in one process or two: matching, backtests, many bots. */
package org.lockstep.benchmarks.peers;
