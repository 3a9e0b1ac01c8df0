/**
 * What the benchmarks have in common: synthetic market data, as venue messages and as frames, one trivial bot, and a
 * pipeline wired as in production. Nothing here is used in production.
 */
package org.lockstep.benchmarks;
