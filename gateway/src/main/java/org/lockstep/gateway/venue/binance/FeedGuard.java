package org.lockstep.gateway.venue.binance;

/** Runs a piece of cold work on the feed's loop and deals with what it throws. */
@FunctionalInterface
interface FeedGuard
{
    /** Runs it; a halted pipeline stops the feed, any other fault is logged. */
    void run(Runnable work);
}
