/**
 * What a strategy is: its callbacks, the context it acts through, its parameters and how it is found. One sub-package
 * per strategy that ships. Strategies are called by the engine thread.
 */
package org.lockstep.engine.strategy;
