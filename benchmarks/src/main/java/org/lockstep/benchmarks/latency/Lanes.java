package org.lockstep.benchmarks.latency;

import java.nio.ByteOrder;
import java.util.function.LongConsumer;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.benchmarks.CountingMachine;
import org.lockstep.benchmarks.Pipeline;
import org.lockstep.benchmarks.RawChronicle;
import org.lockstep.benchmarks.RawDisruptor;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.SetupFrames;
import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.benchmarks.VenueMessages;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.pipeline.InputRing;
import org.lockstep.engine.pipeline.StateMachine;

/**
 * The ways that are compared. All but the last carry the same 88-byte quote. The intended time of sending travels in
 * the frame's ingress time, as {@link System#nanoTime()} plus {@link #EPOCH_NS}.
 */
final class Lanes
{
    /** What makes an epoch time of the JVM's monotonic one, for frames whose time must grow from the set-up's. */
    static final long EPOCH_NS = SampleMarket.START_NS + 1_000_000_000L - System.nanoTime();

    /** The clock of pipelines. */
    static final EpochNanoClock CLOCK = () -> EPOCH_NS + System.nanoTime();

    private static final int INGRESS_OFFSET = FrameHeaderDecoder.ingressTimeNsEncodingOffset();

    private Lanes()
    {
    }

    /** Nothing is sent: what pacing and reading the clock cost, a part of all other figures. */
    static Lane pacing()
    {
        return new Lane("pacing and clock alone")
        {
            @Override
            void send(final long intendedNs)
            {
                onArrival(intendedNs);
            }

            @Override
            int poll()
            {
                return 0;
            }
        };
    }

    /** Disruptor alone: sender to handler. */
    static Lane rawHop()
    {
        return new RawHop();
    }

    /** Chronicle Queue alone: sender to appended. */
    static Lane rawAppend()
    {
        return new RawAppend();
    }

    /** Ring, journal, processor: sender to the state machine, which does nothing else. */
    static Lane journaledHop(final boolean preTouch)
    {
        return new PipelineLane("journaled hop" + (preTouch ? ", touching ahead" : ""), preTouch,
            lane -> new ArrivalMachine(lane::onArrival));
    }

    /** As {@link #journaledHop}, with the engine and one bot. */
    static Lane journaledHopToBot(final boolean preTouch)
    {
        final PipelineLane lane = new PipelineLane("journaled hop to bot" + (preTouch ? ", touching ahead" : ""),
            preTouch, self -> new Engine(TrivialBot.strategies(timeNs -> self.onArrival(timeNs - EPOCH_NS))));
        lane.begin();
        return lane;
    }

    /** From the venue's bytes (bookTicker) through decoder, ring, journal and engine to the bot. */
    static TickToBot tickToBot()
    {
        final TickToBot lane = new TickToBot();
        lane.begin();
        return lane;
    }

    private static final class RawHop extends Lane
    {
        private final UnsafeBuffer frame = quoteFrame();
        private final int length = Frame.length(frame, 0);
        private final RawDisruptor disruptor = new RawDisruptor(this::onFrame);

        private RawHop()
        {
            super("raw Disruptor hop");
        }

        @Override
        void send(final long intendedNs)
        {
            stamp(frame, intendedNs);
            disruptor.send(frame, 0, length);
        }

        @Override
        int poll()
        {
            return disruptor.poll();
        }

        private void onFrame(final DirectBuffer buffer, final int offset, final int frameLength)
        {
            onArrival(Frame.ingressTimeNs(buffer, offset) - EPOCH_NS);
        }
    }

    private static final class RawAppend extends Lane
    {
        private final UnsafeBuffer frame = quoteFrame();
        private final int length = Frame.length(frame, 0);
        private final Scratch scratch = new Scratch();
        private final RawChronicle chronicle = new RawChronicle(scratch.path());

        private RawAppend()
        {
            super("raw Chronicle append");
        }

        @Override
        void send(final long intendedNs)
        {
            stamp(frame, intendedNs);
            chronicle.stage(frame, 0, length);
            chronicle.commit();
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
            chronicle.close();
            scratch.close();
        }
    }

    /** Makes the state machine of a lane, which tells the lane what arrives. */
    private interface MachineFactory
    {
        StateMachine create(Lane lane);
    }

    private static class PipelineLane extends Lane
    {
        private final UnsafeBuffer frame = quoteFrame();
        private final int length = Frame.length(frame, 0);
        private final Scratch scratch = new Scratch();
        private final Pipeline pipeline;

        PipelineLane(final String label, final boolean preTouch, final MachineFactory machine)
        {
            super(label);
            pipeline = new Pipeline(scratch.path(), preTouch, machine.create(this), CLOCK);
        }

        void begin()
        {
            SetupFrames.forEach(pipeline::run);
        }

        final Pipeline pipeline()
        {
            return pipeline;
        }

        @Override
        void send(final long intendedNs)
        {
            stamp(frame, intendedNs);
            final InputRing ring = pipeline.ring();
            final long claim = ring.claim();
            ring.buffer().putBytes(ring.offset(claim), frame, 0, length);
            ring.publish(claim);
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

    /** The whole path; the meter of the pipeline knows its hops. */
    static final class TickToBot extends PipelineLane
    {
        private VenueMessages messages;

        private TickToBot()
        {
            super("tick to bot", true,
                self -> new Engine(TrivialBot.strategies(timeNs -> self.onArrival(timeNs - EPOCH_NS))));
        }

        @Override
        void begin()
        {
            super.begin();
            messages = new VenueMessages(pipeline().ring());
        }

        @Override
        void send(final long intendedNs)
        {
            messages.send(VenueMessages.Kind.BOOK_TICKER, EPOCH_NS + intendedNs);
        }

        long lost()
        {
            return messages.lost();
        }
    }

    /** Tells of each frame the time it was meant to be sent. */
    private static final class ArrivalMachine extends CountingMachine
    {
        private final LongConsumer onArrival;

        private ArrivalMachine(final LongConsumer onArrival)
        {
            this.onArrival = onArrival;
        }

        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            onArrival.accept(Frame.ingressTimeNs(buffer, offset) - EPOCH_NS);
        }
    }

    private static UnsafeBuffer quoteFrame()
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        new SampleMarket().quote(frame, 0, SampleMarket.START_NS);
        return frame;
    }

    private static void stamp(final UnsafeBuffer frame, final long intendedNs)
    {
        frame.putLong(INGRESS_OFFSET, intendedNs + EPOCH_NS, ByteOrder.LITTLE_ENDIAN);
    }
}
