/**
 * Moving-average crossover: the plainest trend follower, and the strategy to read first.
 */
package org.lockstep.engine.strategy.crossover;
