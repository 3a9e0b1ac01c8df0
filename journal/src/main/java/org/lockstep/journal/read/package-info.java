/**
 * Reading a journal by sequence and by time, from this process or another one while a writer is appending. An instance
 * belongs to one thread, which need not be the engine's.
 */
package org.lockstep.journal.read;
