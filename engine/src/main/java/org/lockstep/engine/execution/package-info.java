/**
 * Orders out, reports in: the desk that takes an intent through risk to an order, applies what venues report, keeps
 * positions, and encodes every output. Run by the engine thread.
 */
package org.lockstep.engine.execution;
