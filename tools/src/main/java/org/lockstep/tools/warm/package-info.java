/**
 * The warm-up before a process goes live: a second, throw-away process on a temporary journal, trading with a made-up
 * venue inside this JVM, so that the code that is about to see the first real ticks has been compiled.
 */
package org.lockstep.tools.warm;
