/**
 * Grid trading: buys below, sells above, one line apart.
 */
package org.lockstep.engine.strategy.grid;
