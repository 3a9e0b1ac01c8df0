package org.lockstep.benchmarks;

import java.nio.file.Path;

import org.lockstep.engine.Engine;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.pipeline.InputRing;

/** Records a journal of {@link SampleMarket} with bots, through the real pipeline. */
public final class RecordedJournal
{
    private RecordedJournal()
    {
    }

    /**
     * Records.
     *
     * @param directory  of the new journal.
     * @param frameCount market data frames.
     * @param batch      frames run, and so journaled, at once.
     * @return input frames written, set-up included.
     */
    public static long record(final Path directory, final long frameCount, final int batch)
    {
        return record(directory, frameCount, batch, BotSet.TRIVIAL);
    }

    /**
     * Records.
     *
     * @param directory  of the new journal.
     * @param frameCount market data frames.
     * @param batch      frames run, and so journaled, at once.
     * @param bots       that see them.
     * @return input frames written, set-up included.
     */
    public static long record(final Path directory, final long frameCount, final int batch, final BotSet bots)
    {
        final SampleMarket market = new SampleMarket();
        final Engine engine = new Engine(bots.strategies());
        try (Pipeline pipeline = new Pipeline(directory, true, engine, market::timeNs))
        {
            final InputRing ring = pipeline.ring();
            final FrameHandler run = pipeline::run;
            bots.setUp(run);
            long claim = ring.claim();
            market.snapshot(ring.buffer(), ring.offset(claim));
            ring.publish(claim);
            for (long i = 0; i < frameCount; i++)
            {
                claim = ring.claim();
                market.next(ring.buffer(), ring.offset(claim));
                ring.publish(claim);
                if (0 == i % batch)
                {
                    pipeline.poll();
                }
            }
            while (pipeline.poll() > 0)
            {
                Thread.onSpinWait();
            }
            bots.check(engine);
            return pipeline.meter().inputs();
        }
    }
}
