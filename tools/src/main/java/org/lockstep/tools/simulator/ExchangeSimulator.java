package org.lockstep.tools.simulator;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A running simulator of one exchange. All methods may be called by any thread.
 */
public interface ExchangeSimulator extends AutoCloseable
{
    /** @return where to connect, in place of the venue's own addresses. */
    SimulatorAddresses addresses();

    /** @return upper-case symbols it lists, in the order of its exchangeInfo. */
    List<String> symbols();

    /** @return counters since start; blocks for one turn of the simulator's event loop. */
    SimulatorStats stats();

    /**
     * The end of a recorded source. Never completes for a synthetic market.
     *
     * @return completes once the last recorded message has been handed to the sockets of all its subscribers.
     */
    CompletionStage<Void> sourceEnded();

    /**
     * Waits for requests that change orders. What depends on the returned stage runs on the simulator's event loop, as
     * the last of them arrives and before it is done.
     *
     * @param more how many, from 1.
     * @return completes as the last of them arrives; never when faults are cleared before.
     */
    CompletionStage<Void> afterOrderRequests(int more);

    /** Closes all connections and the event loop; idempotent. */
    @Override
    void close();
}
