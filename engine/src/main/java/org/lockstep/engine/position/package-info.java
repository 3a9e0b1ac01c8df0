/**
 * Positions with exact cost, profit and loss, and the ledgers that add them up per bot and per account.
 * Run by the engine thread.
 */
package org.lockstep.engine.position;
