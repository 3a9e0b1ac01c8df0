/**
 * What writing, reading and replaying share: configuration, the layout of a batch, the files of a journal, its
 * exceptions. Immutable or stateless types, used by every thread.
 */
package org.lockstep.journal;
