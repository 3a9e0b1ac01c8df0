/** What decoding a venue's messages costs with JSON libraries, to the same frames. */
package org.lockstep.benchmarks.peer.decode;
