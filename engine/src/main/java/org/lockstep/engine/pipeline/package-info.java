/**
 * Ring, two-pass processor and thread plan: how frames get from producers through the journal to the state machine and
 * out again, and the ports that journal and gateway implement. Run by the engine thread unless a class says otherwise.
 */
package org.lockstep.engine.pipeline;
