package org.lockstep.benchmarks.latency;

import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.PooledByteBufAllocator;
import org.HdrHistogram.Histogram;

/**
 * One turn of a lane with new clients: memory of those that only listen, deliveries with a bounded number of messages
 * on their way, latency at a fixed rate from the intended time of sending.
 *
 * @param perSecond        deliveries.
 * @param cpuNs            of the server, a delivery.
 * @param wireBytes        a delivery.
 * @param idleBytes        heap and buffers of this process a client that has got nothing yet.
 * @param busyBytes        the same once all messages were delivered.
 * @param latency          ns.
 */
record FanOutTurn(
    double perSecond, double cpuNs, double wireBytes, double idleBytes, double busyBytes, Histogram latency)
{
    static final int WINDOW = 8;
    private static final int WARM_MESSAGES = 200;
    private static final int LATENCY_SECONDS = 3;
    private static final int LEAST_TIMED = 30;

    /** Runs one. */
    static FanOutTurn run(
        final FanOutLane lane, final SentTimes sent, final int clients, final int messages, final int rate)
    {
        try (Swarm swarm = new Swarm(sent))
        {
            final long before = usedBytes();
            swarm.connect(lane.port(), clients, lane.headers(), lane.subscribe());
            quiet(swarm);
            final double idle = (usedBytes() - before) / (double)clients;
            burst(lane, swarm, clients, Math.min(WARM_MESSAGES, messages));
            final long bytes = swarm.receivedBytes();
            final long cpuNs = lane.cpuNs();
            final long startNs = System.nanoTime();
            burst(lane, swarm, clients, messages);
            final double tookNs = System.nanoTime() - startNs;
            final double deliveries = (double)messages * clients;
            final double cpuNsEach = (lane.cpuNs() - cpuNs) / deliveries;
            final double bytesEach = (swarm.receivedBytes() - bytes) / deliveries;
            final double busy = (usedBytes() - before) / (double)clients;
            swarm.reset();
            paced(lane, rate, Math.max(rate * LATENCY_SECONDS, LEAST_TIMED));
            quiet(swarm);
            return new FanOutTurn(
                deliveries * 1e9 / tookNs, cpuNsEach, bytesEach, idle, busy, swarm.latency());
        }
    }

    /** Waits until nothing more arrives; returns how many have. */
    static long quiet(final Swarm swarm)
    {
        long before = -1;
        while (before != swarm.received())
        {
            before = swarm.received();
            LockSupport.parkNanos(200_000_000L);
        }
        return before;
    }

    /** Waits for a time, whatever wakes this thread. */
    static void awaitTime(final long timeNs)
    {
        while (timeNs - System.nanoTime() > 0)
        {
            LockSupport.parkNanos(Math.max(1, (timeNs - System.nanoTime()) / 2));
        }
    }

    /** Sends as fast as all clients together keep up with. */
    private static void burst(final FanOutLane lane, final Swarm swarm, final int clients, final int messages)
    {
        final long before = quiet(swarm);
        for (int i = 0; i < messages; i++)
        {
            lane.send(System.nanoTime());
            final long least = before + (long)(i + 1 - WINDOW) * clients;
            Swarm.await("message " + i + " has arrived", () -> swarm.received() >= least);
        }
        Swarm.await("all have arrived", () -> swarm.received() >= before + (long)messages * clients);
    }

    private static void paced(final FanOutLane lane, final int rate, final int messages)
    {
        final long intervalNs = 1_000_000_000L / rate;
        long intendedNs = System.nanoTime();
        for (int i = 0; i < messages; i++)
        {
            intendedNs += intervalNs;
            awaitTime(intendedNs);
            lane.send(intendedNs);
        }
    }

    static long usedBytes()
    {
        for (int i = 0; i < 3; i++)
        {
            System.gc();
        }
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() +
            PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
