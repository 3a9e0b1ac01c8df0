/**
 * How the engine's state is described once and both hashed (to prove that two runs agree) and shown (to people).
 * Run by whichever thread owns the state that is described.
 */
package org.lockstep.engine.state;
