/**
 * Opening a journal for writing, appending batches, repairing a torn tail, retention. {@code JournalWriter} is run by
 * the engine thread; page touching and periodic fsync have one background thread each, which sleeps between turns.
 */
package org.lockstep.journal.write;
