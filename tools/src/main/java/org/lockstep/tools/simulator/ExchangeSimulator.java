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

    /** Closes all connections and the event loop; idempotent. */
    @Override
    void close();
}
