/**
 * The frame: one header and one SBE message, encoded once by its producer and carried as bytes from there on.
 * Nothing here has a thread of its own.
 */
package org.lockstep.engine.event;
