/**
 * Frames made readable, as text, JSON or YAML. Cold path: allocates freely, an instance belongs to one thread.
 */
package org.lockstep.journal.inspect;
