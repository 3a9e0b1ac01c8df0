/**
 * The live picture of each instrument: book, best bid and ask, last trade, age. Run by the engine thread.
 */
package org.lockstep.engine.market;
