package org.lockstep.tools.simulator;

import java.util.SortedMap;

/**
 * Counters of a simulator since its start.
 *
 * @param servedByKind     market messages handed to connections, by stream kind ({@code trade}, {@code depth}, ...);
 *                         a message that goes to two connections counts twice.
 * @param controlReplies   replies to control messages, and announcements such as {@code serverShutdown}.
 * @param pings            PING frames sent.
 * @param injected         messages sent by faults on request: garbage and duplicates.
 * @param restRequests     REST requests answered, whatever the status.
 * @param depthSnapshots   REST order-book snapshots served.
 * @param marketEvents     order-book actions of a synthetic market, or recorded messages played.
 * @param unclaimed        recorded messages that nobody had subscribed to when their time came.
 * @param withheld         messages held back by faults on request.
 * @param connections      stream connections open now.
 * @param connectionsTotal stream connections ever opened.
 * @param slowDisconnects  connections closed because they did not read fast enough.
 * @param bytesSent        bytes handed to stream connections.
 * @param skippedUs        market time given up because the machine could not carry the rate, microseconds.
 */
public record SimulatorStats(
    SortedMap<String, Long> servedByKind,
    long controlReplies,
    long pings,
    long injected,
    long restRequests,
    long depthSnapshots,
    long marketEvents,
    long unclaimed,
    long withheld,
    int connections,
    long connectionsTotal,
    long slowDisconnects,
    long bytesSent,
    long skippedUs)
{
    /** @return market messages served, all kinds together. */
    public long served()
    {
        return servedByKind.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Market messages served of one kind.
     *
     * @param kind such as {@code trade}.
     * @return how many, 0 for a kind never served.
     */
    public long served(final String kind)
    {
        return servedByKind.getOrDefault(kind, 0L);
    }
}
