/**
 * Rehearsals: scenarios of random orders, faults and crashes against a venue's simulator, after which engine and venue
 * must agree on every order, position and balance. Used by the main thread, but for the strategy, which the engine
 * thread runs.
 */
package org.lockstep.tools.rehearse;
