package org.lockstep.engine;

import java.util.Random;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;

/** Feeds a seeded random walk of quotes and trades into an engine. */
public final class SyntheticMarket
{
    private final Random random;
    private final EngineFixture engine;
    private final Instrument instrument;
    private final long stepNs;
    private long mid;

    public SyntheticMarket(
        final EngineFixture engine, final Instrument instrument, final long mid, final long stepNs, final long seed)
    {
        this.engine = engine;
        this.instrument = instrument;
        this.mid = mid;
        this.stepNs = stepNs;
        this.random = new Random(seed);
    }

    public void run(final int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            engine.pass(stepNs);
            final long move = random.nextInt(201) - 100;
            mid = Math.max(1_000, mid + move * mid / 600_000);
            final long half = 1 + random.nextInt(20);
            if (i % 4 == 3)
            {
                final boolean isBuy = random.nextBoolean();
                engine.trade(instrument, isBuy ? mid + half : mid - half, 1 + random.nextInt(200_000),
                    isBuy ? Side.BUY : Side.SELL);
            }
            else
            {
                engine.quote(instrument, mid - half, 1 + random.nextInt(500_000), mid + half,
                    1 + random.nextInt(500_000));
            }
        }
    }
}
