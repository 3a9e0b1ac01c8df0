/**
 * What can be bought and sold now: level-2 order books built from snapshots and deltas, and the best bid and ask.
 * Run by the engine thread.
 */
package org.lockstep.engine.book;
