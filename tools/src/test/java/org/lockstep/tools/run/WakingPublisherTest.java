package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.TimerEncoder;
import org.lockstep.engine.pipeline.EngineProcessor;
import org.lockstep.engine.pipeline.EngineRunner;
import org.lockstep.engine.pipeline.InputRing;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.engine.pipeline.PipelineMeter;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.gateway.net.NetTransport;

class WakingPublisherTest
{
    private static final int TIMEOUT_S = 60;

    private final InputRing ring = new InputRing(16);
    private final PipelineMeter meter = new PipelineMeter(ring, Throwable::printStackTrace);
    private final Seen seen = new Seen();
    private final EngineProcessor processor = new EngineProcessor(ring, seen, new Nowhere(),
        (buffer, offset, length) -> { }, null, () -> 1_000, meter, 4);
    private final EngineRunner runner = new EngineRunner(
        new ThreadPlan(ThreadPlan.Mode.FEED_LOOP, 2, "test"), processor, ring, Throwable::printStackTrace);

    @Test
    void shouldHaveALoopThatSleepsRunWhatIsPublished() throws Exception
    {
        final EventLoopGroup group = NetTransport.newGroup(1, "woken");
        try
        {
            final EventLoop loop = group.next();
            final FramePublisher publisher = new WakingPublisher(ring, () -> loop.execute(runner::pollOnLoop));

            publish(publisher);

            assertTrue(seen.first.await(TIMEOUT_S, TimeUnit.SECONDS), "nobody was woken");
        }
        finally
        {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(TIMEOUT_S, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldWakeOnlyOnceAFrameCanBeSeen()
    {
        final AtomicInteger wakeUps = new AtomicInteger();
        final FramePublisher publisher = new WakingPublisher(ring, () ->
        {
            wakeUps.incrementAndGet();
            runner.pollOnLoop();
            assertEquals(wakeUps.get(), seen.count);
        });

        publish(publisher);
        publish(publisher);

        assertEquals(2, wakeUps.get());
    }

    private static void publish(final FramePublisher publisher)
    {
        final long claim = publisher.tryClaim();
        final int offset = publisher.offset(claim);
        final TimerEncoder timer = new TimerEncoder().wrap(publisher.buffer(), offset + Frame.HEADER_LENGTH);
        Frame.writeHeader(publisher.buffer(), offset, Frame.HEADER_LENGTH + timer.encodedLength(),
            TimerEncoder.BLOCK_LENGTH, TimerEncoder.TEMPLATE_ID, FrameSource.CLOCK, 0, 1_000, 0,
            Frame.NULL_INSTRUMENT_ID);
        publisher.publish(claim);
    }

    /** Counts what it is given. */
    private static final class Seen implements StateMachine
    {
        private final CountDownLatch first = new CountDownLatch(1);
        private final Outputs outputs = new Outputs();
        private int count;

        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            count++;
            first.countDown();
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

    /** A journal that forgets. */
    private static final class Nowhere implements JournalAppender
    {
        private long sequence = -1;

        @Override
        public void stage(final DirectBuffer buffer, final int offset, final int length)
        {
            sequence++;
        }

        @Override
        public void commit()
        {
            // Nothing is kept.
        }

        @Override
        public long lastSequence()
        {
            return sequence;
        }

        @Override
        public void close()
        {
            // Nothing is open.
        }
    }
}
