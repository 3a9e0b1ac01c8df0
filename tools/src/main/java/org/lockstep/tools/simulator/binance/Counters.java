package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.SimulatorStats;

import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that is counted. Written and read by the event loop only. */
final class Counters
{
    private static final StreamName.Kind[] KINDS = StreamName.Kind.values();

    final long[] served = new long[KINDS.length];
    long controlReplies;
    long pings;
    long injected;
    long restRequests;
    long depthSnapshots;
    long marketEvents;
    long unclaimed;
    long withheld;
    int connections;
    long connectionsTotal;
    long slowDisconnects;
    long bytesSent;
    long skippedUs;

    SimulatorStats snapshot()
    {
        final SortedMap<String, Long> byKind = new TreeMap<>();
        for (final StreamName.Kind kind : KINDS)
        {
            if (served[kind.ordinal()] > 0)
            {
                byKind.put(kind.label(), served[kind.ordinal()]);
            }
        }
        return new SimulatorStats(byKind, controlReplies, pings, injected, restRequests, depthSnapshots, marketEvents,
            unclaimed, withheld, connections, connectionsTotal, slowDisconnects, bytesSent, skippedUs);
    }
}
