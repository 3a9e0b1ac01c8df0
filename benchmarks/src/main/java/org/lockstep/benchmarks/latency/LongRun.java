package org.lockstep.benchmarks.latency;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import org.lockstep.benchmarks.Pipeline;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.SetupFrames;
import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.benchmarks.VenueMessages;
import org.lockstep.benchmarks.Working;
import org.lockstep.engine.Engine;

/**
 * The whole path (venue's bytes, decoder, ring, journal, engine, bot) at full speed on one thread, for as many events
 * as asked. Meant for a heap that is never collected: what allocates per event does not survive it.
 */
public final class LongRun
{
    private static final long STEP_NS = 50_000;

    private LongRun()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code events=} venue messages, {@code batch=} messages per read of the socket.
     */
    public static void main(final String... args)
    {
        run(System.out, args);
    }

    /**
     * Runs.
     *
     * @param out  takes the report.
     * @param args see {@link #main}.
     * @return bytes allocated by the measuring thread after the first tenth, per event.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final long events = options.number("events", 50_000_000, 10, 10_000_000_000L);
        final int batch = (int)options.number("batch", 8, 1, 256);
        options.finish("events, batch");

        out.println(Host.describe());
        final long[] timeNs = {SampleMarket.START_NS};
        final Engine engine = new Engine(TrivialBot.strategies());
        try (Scratch scratch = new Scratch();
            Pipeline pipeline = new Pipeline(scratch.path(), true, engine, () -> timeNs[0]))
        {
            SetupFrames.forEach(pipeline::run);
            final VenueMessages messages = new VenueMessages(pipeline.ring());
            final long heapAtStart = heapBytes();
            final long startNs = System.nanoTime();
            long warmAllocated = 0;
            long warmHeap = 0;
            for (long i = 0; i < events; i++)
            {
                timeNs[0] += STEP_NS;
                messages.sendNext(timeNs[0]);
                if (0 == i % batch)
                {
                    pipeline.poll();
                }
                if (i == events / 10)
                {
                    warmAllocated = allocatedBytes();
                    warmHeap = heapBytes();
                }
            }
            while (pipeline.poll() > 0)
            {
                Thread.onSpinWait();
            }
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            final long allocated = allocatedBytes() - warmAllocated;
            final double perEvent = allocated / (events * 0.9);
            out.printf("%,d venue messages, %,d inputs and %,d outputs journaled (%,d MB) in %.1f s: %,.0f events/s%n",
                events, pipeline.meter().inputs(), pipeline.meter().outputs(),
                pipeline.meter().journalBytes() >> 20, seconds, events / seconds);
            out.printf("heap: %,d KB before, %,d KB after the first tenth, %,d KB at the end; this thread allocated " +
                "%,d bytes in the last nine tenths, %.6f per event%n", heapAtStart >> 10, warmHeap >> 10,
                heapBytes() >> 10, allocated, perEvent);
            if (0 != messages.lost() || pipeline.meter().inputs() < events)
            {
                throw new IllegalStateException("messages are missing: " + messages.counters());
            }
            Working.check(engine);
            return perEvent;
        }
    }

    private static long heapBytes()
    {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long allocatedBytes()
    {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return ((com.sun.management.ThreadMXBean)threads).getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
