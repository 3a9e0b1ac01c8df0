package org.lockstep.gateway.venue;

import java.util.concurrent.CompletableFuture;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.instrument.Venue;

/**
 * The private session of one account: takes what the engine asks for to the venue, and brings what the venue says back
 * as input frames. The engine is the truth about orders and decides everything; a session only translates, and keeps
 * nothing but what it needs to match answers to requests. Its three promises: a request is never sent twice; what was
 * certainly not sent is reported as OrderRejected; what may have been sent and will not be answered is reported as
 * OutcomeUnknown.
 * <p>
 * After {@link #start()} it keeps itself alive, and only {@link #close()} ends it.
 */
public interface OrderSession extends AutoCloseable
{
    /** @return the venue. */
    Venue venue();

    /** @return dense id of the account. */
    int accountId();

    /** @return what the venue offers. */
    OrderCapabilities capabilities();

    /**
     * Checks the key, connects, authenticates, subscribes to the account's events and reconciles. Any thread.
     *
     * @return completes when the account is live for the first time; fails if the venue or a check refuses the key.
     *     Unreachable is no failure: it goes on trying.
     */
    CompletableFuture<Void> start();

    /**
     * Takes a request of the engine: OrderRequested, CancelRequested, ReplaceRequested, OrderListRequested or
     * QueryRequested of this account; anything else is ignored. Never blocks, allocates nothing. One thread, the one
     * that runs the engine.
     *
     * @param buffer holds the frame; copied.
     * @param offset of the frame.
     * @param length of the frame, bytes.
     */
    void onRequest(DirectBuffer buffer, int offset, int length);

    /** The engine has handed on all it had: what waits is sent now, if this is the session's own thread. */
    void flush();

    /**
     * Compares with the venue's books: open orders, executions, balances. Any thread; one that runs already, or cannot
     * run yet, makes this one superfluous.
     *
     * @param cause why.
     */
    void reconcile(ReconcileCause cause);

    /** @return where it stands. */
    AccountState state();

    /** @return figures about it. */
    OrderSessionCounters counters();

    /** Ends it: what is in flight becomes OutcomeUnknown. Open orders stay open; bots cancel before. Any thread. */
    @Override
    void close();
}
