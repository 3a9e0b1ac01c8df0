package org.lockstep.benchmarks.latency;

import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.peer.BlockingPipeline;
import org.lockstep.benchmarks.peer.MethodWriterLog;

/** The pipelines of textbooks, beside ours. */
final class PeerLanes
{
    private PeerLanes()
    {
    }

    /** Through an {@code ArrayBlockingQueue} to a consumer that logs each message, then acts. */
    static Lane blocking()
    {
        return new BlockingLane();
    }

    /** Sender to a document of its own, appended by a method writer. */
    static Lane methodWriter()
    {
        return new MethodWriterLane();
    }

    private static final class BlockingLane extends Lane
    {
        private final Scratch scratch = new Scratch();
        private final BlockingPipeline pipeline = new BlockingPipeline(scratch.path(), this::onArrival);

        private BlockingLane()
        {
            super("ArrayBlockingQueue + method writer");
        }

        @Override
        void send(final long intendedNs)
        {
            while (!pipeline.send(intendedNs))
            {
                Thread.onSpinWait();
            }
        }

        @Override
        int poll()
        {
            return pipeline.poll();
        }

        @Override
        public void close()
        {
            pipeline.close();
            scratch.close();
        }
    }

    private static final class MethodWriterLane extends Lane
    {
        private final Scratch scratch = new Scratch();
        private final MethodWriterLog log = new MethodWriterLog(scratch.path());

        private MethodWriterLane()
        {
            super("Chronicle method writer, unbatched");
        }

        @Override
        void send(final long intendedNs)
        {
            log.writer().quote(intendedNs, 6_183_763, 100_000, 0);
            onArrival(intendedNs);
        }

        @Override
        int poll()
        {
            return 0;
        }

        @Override
        public void close()
        {
            log.close();
            scratch.close();
        }
    }
}
