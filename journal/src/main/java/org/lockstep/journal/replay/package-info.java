/**
 * Running a journal through a state machine again: verification of every output, and recovery at start. Run by the
 * thread that calls; nothing else may drive the state machine meanwhile.
 */
package org.lockstep.journal.replay;
