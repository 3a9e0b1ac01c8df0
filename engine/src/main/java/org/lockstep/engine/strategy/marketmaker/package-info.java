/**
 * Market making with inventory skew after Avellaneda and Stoikov.
 */
package org.lockstep.engine.strategy.marketmaker;
