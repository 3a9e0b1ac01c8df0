/**
 * The deterministic core as a whole: one state machine that input frames drive. Run by the engine thread.
 */
package org.lockstep.engine;
