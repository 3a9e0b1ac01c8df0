/**
 * What can be traded: venues, instruments with dense ids, and exact arithmetic on scaled longs.
 * Run by the engine thread; immutable types and static arithmetic are used by every thread.
 */
package org.lockstep.engine.instrument;
