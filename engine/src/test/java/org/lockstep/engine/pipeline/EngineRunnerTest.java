package org.lockstep.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.QuoteEncoder;

class EngineRunnerTest
{
    private static final int MAX_BATCH = 4;

    private final InputRing ring = new InputRing(16);
    private final PipelineMeter meter = new PipelineMeter(ring, failure -> { });
    private final CountingMachine machine = new CountingMachine();
    private final EngineProcessor processor = new EngineProcessor(ring, machine, new RecordingJournal(),
        (buffer, offset, length) -> { }, new FrameBroadcast(64 * 1024), () -> 1_000, meter, MAX_BATCH);
    private final EngineRunner runner = new EngineRunner(
        new ThreadPlan(ThreadPlan.Mode.FEED_LOOP, 2, "test"), processor, ring, Throwable::printStackTrace);

    @Test
    void shouldRunOnTheLoopUntilTheRingIsEmpty()
    {
        publishQuotes(10);

        runner.pollOnLoop();

        assertEquals(10, machine.count);
    }

    @Test
    void shouldRunNoFurtherBatchOnTheLoopWhenClosedMeanwhile()
    {
        publishQuotes(10);
        machine.onFirst = runner::close;

        runner.pollOnLoop();
        runner.pollOnLoop();

        assertEquals(MAX_BATCH, machine.count);
        assertFalse(meter.isHalted());
    }

    private void publishQuotes(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final long claim = ring.claim();
            final int offset = ring.offset(claim);
            final QuoteEncoder quote = new QuoteEncoder().wrap(ring.buffer(), offset + Frame.HEADER_LENGTH);
            quote.bidPrice(1).bidQuantity(1).askPrice(2).askQuantity(1).updateId(i);
            Frame.writeHeader(ring.buffer(), offset, Frame.HEADER_LENGTH + quote.encodedLength(),
                QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID, 0, 0, 1_000, 0, 0);
            ring.publish(claim);
        }
    }

    private static final class CountingMachine implements StateMachine
    {
        private final Outputs outputs = new Outputs();
        private Runnable onFirst = () -> { };
        private int count;

        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            if (1 == ++count)
            {
                onFirst.run();
            }
        }

        @Override
        public Outputs outputs()
        {
            return outputs;
        }

        @Override
        public long nextDeadlineNs()
        {
            return NO_DEADLINE;
        }

        @Override
        public long stateHash()
        {
            return count;
        }
    }
}
