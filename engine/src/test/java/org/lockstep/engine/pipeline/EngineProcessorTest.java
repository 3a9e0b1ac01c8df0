package org.lockstep.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.TimerDecoder;

class EngineProcessorTest
{
    private final List<Throwable> halts = new ArrayList<>();
    private final InputRing ring = new InputRing(16);
    private final RecordingJournal journal = new RecordingJournal();
    private final OrderingMachine machine = new OrderingMachine();
    private final List<Long> handedOn = new ArrayList<>();
    private final PipelineMeter meter = new PipelineMeter(ring, halts::add);
    private final FrameBroadcast broadcast = new FrameBroadcast(64 * 1024);
    private Runnable onClock = () -> { };
    private long nowNs = 1_000;
    private final EngineProcessor processor = new EngineProcessor(
        ring, machine, journal, this::onOutput, broadcast, this::timeNs, meter, 4);

    @Test
    void shouldJournalWholeBatchBeforeActingOnIt()
    {
        publishQuote(0);
        publishQuote(1);

        processor.poll();

        assertEquals(List.of(0L, 1L), machine.applied);
        assertTrue(machine.allWereJournaledFirst);
        assertEquals(2, journal.batchSizes.get(0));
    }

    @Test
    void shouldHandOutputsOnOnlyAfterTheyAreJournaledWithTheirCause()
    {
        publishQuote(0);
        publishQuote(OrderingMachine.ORDER_AT);

        processor.poll();

        assertEquals(List.of(2L), handedOn);
        final UnsafeBuffer output = new UnsafeBuffer(journal.committed.get(2));
        assertTrue(Frame.isOutput(output, 0));
        assertEquals(1, Frame.causeSequence(output, 0));
        assertEquals(1, meter.outputs());
    }

    @Test
    void shouldBoundBatchAndKeepSequenceDense()
    {
        for (int i = 0; i < 10; i++)
        {
            publishQuote(i);
        }

        int run = 0;
        for (int i = 0; i < 3; i++)
        {
            run += processor.poll();
        }

        assertEquals(10, run);
        assertEquals(List.of(4, 4, 2), journal.batchSizes);
        assertEquals(9, meter.lastSequence());
        assertTrue(processor.isDrained());
    }

    @Test
    void shouldSkipAbortedClaimWithoutUsingItsSequence()
    {
        ring.abort(ring.claim());
        publishQuote(7);

        processor.poll();

        assertEquals(1, journal.committed.size());
        assertEquals(0, meter.lastSequence());
    }

    @Test
    void shouldStopAtSlotThatIsClaimedButNotPublished()
    {
        final long held = ring.claim();
        publishQuote(1);

        final int before = processor.poll();
        writeQuote(held, 0);
        ring.publish(held);
        final int after = processor.poll();

        assertEquals(0, before);
        assertEquals(2, after);
    }

    @Test
    void shouldPublishTimerOnceWhenDeadlinePasses()
    {
        machine.deadlineNs = 2_000;
        processor.poll();
        final int early = journal.committed.size();

        nowNs = 2_500;
        processor.poll();
        processor.poll();

        assertEquals(0, early);
        assertEquals(1, journal.committed.size());
        final UnsafeBuffer timer = new UnsafeBuffer(journal.committed.get(0));
        assertEquals(TimerDecoder.TEMPLATE_ID, Frame.templateId(timer, 0));
        assertEquals(2_500, Frame.ingressTimeNs(timer, 0));
    }

    @Test
    void shouldPublishTimerAlthoughFramesWithoutItsTimeDoNotEnd()
    {
        machine.deadlineNs = 2_000;
        nowNs = 2_500;
        for (int i = 0; i < 100; i++)
        {
            publishQuote(0);
            processor.poll();
        }

        assertEquals(1, journaledTimers());
    }

    @Test
    void shouldNotLookAtTheClockForTimersWhileFramesBringTheTime()
    {
        machine.deadlineNs = 2_000;
        nowNs = 2_500;
        publishQuote(0);

        processor.poll();

        assertEquals(0, journaledTimers());
    }

    @Test
    void shouldNotCallItAFaultWhenTheRingIsClosedAsATimerFallsDue()
    {
        machine.deadlineNs = 2_000;
        nowNs = 2_500;
        onClock = () -> ring.halt("closed");

        final int run = processor.poll();

        assertEquals(0, run);
        assertEquals(List.of(), halts);
        assertFalse(meter.isHalted());
    }

    @Test
    void shouldWeighSmallBatchesAsMuchAsLargeOnesWhenItTimesFewOfThem()
    {
        final EngineProcessor large = new EngineProcessor(
            ring, machine, journal, this::onOutput, broadcast, this::timeNs, meter, 16);
        for (int i = 0; i < 16; i++)
        {
            publishQuote(i);
            nowNs += 100;
            large.poll();
        }
        for (int i = 0; i < 8; i++)
        {
            publishQuote(16 + i);
        }
        nowNs += 100_000;
        large.poll();

        final Histogram toJournal = meter.latency(PipelineStats.Hop.SOCKET_TO_JOURNAL);
        assertEquals(24, toJournal.getTotalCount());
        assertEquals(100, toJournal.getValueAtPercentile(50), 1);
        assertEquals(meter.latency(PipelineStats.Hop.SOCKET_TO_BOT), toJournal);
    }

    @Test
    void shouldHaltAndFailProducersWhenJournalCannotCommit()
    {
        journal.failNextCommit(new UncheckedIOException(new IOException("disk full")));
        publishQuote(OrderingMachine.ORDER_AT);

        processor.poll();

        assertTrue(machine.applied.isEmpty());
        assertTrue(handedOn.isEmpty(), "an order went out");
        assertTrue(meter.isHalted());
        assertTrue(meter.haltReason().contains("disk full"));
        assertEquals(1, halts.size());
        assertThrows(PipelineHaltedException.class, ring::claim);
        assertEquals(0, processor.poll());
    }

    @Test
    void shouldHandNothingOnWhenItsOutputsCannotBeJournaled()
    {
        journal.failAfter(1, new UncheckedIOException(new IOException("disk full")));
        publishQuote(OrderingMachine.ORDER_AT);

        processor.poll();

        assertEquals(List.of(0L), machine.applied);
        assertTrue(handedOn.isEmpty(), "an order went out");
        assertTrue(meter.isHalted());
    }

    @Test
    void shouldReportFullRingInsteadOfOverwriting()
    {
        for (int i = 0; i < 16; i++)
        {
            publishQuote(i);
        }

        final long refused = ring.tryClaim();
        processor.poll();
        final long granted = ring.tryClaim();

        assertEquals(InputRing.FULL, refused);
        assertFalse(InputRing.FULL == granted);
        ring.abort(granted);
    }

    @Test
    void shouldBroadcastInputsAndOutputsInSequenceOrder()
    {
        final FrameFeed feed = broadcast.subscribe();
        publishQuote(OrderingMachine.ORDER_AT);
        publishQuote(1);
        final List<Long> seen = new ArrayList<>();

        processor.poll();
        feed.poll((buffer, offset, length) -> seen.add(Frame.sequence(buffer, offset)), 100);

        assertEquals(List.of(0L, 1L, 2L), seen);
    }

    @Test
    void shouldLapSlowReaderAndShowItAsSequenceJump()
    {
        final FrameFeed feed = broadcast.subscribe();
        final List<Long> seen = new ArrayList<>();

        for (int i = 0; i < 2_000; i++)
        {
            publishQuote(1);
            processor.poll();
        }
        feed.poll((buffer, offset, length) -> seen.add(Frame.sequence(buffer, offset)), Integer.MAX_VALUE);

        assertTrue(feed.lappedCount() > 0);
        assertTrue(seen.get(0) > 0);
        assertEquals(1_999, seen.get(seen.size() - 1));
    }

    private long timeNs()
    {
        onClock.run();
        return nowNs;
    }

    private void onOutput(final DirectBuffer buffer, final int offset, final int length)
    {
        final long sequence = Frame.sequence(buffer, offset);
        assertTrue(journal.holds(sequence));
        handedOn.add(sequence);
    }

    private long journaledTimers()
    {
        return journal.committed.stream()
            .filter(bytes -> TimerDecoder.TEMPLATE_ID == Frame.templateId(new UnsafeBuffer(bytes), 0)).count();
    }

    private void publishQuote(final long updateId)
    {
        final long claim = ring.claim();
        writeQuote(claim, updateId);
        ring.publish(claim);
    }

    private void writeQuote(final long claim, final long updateId)
    {
        final int offset = ring.offset(claim);
        final QuoteEncoder quote = new QuoteEncoder().wrap(ring.buffer(), offset + Frame.HEADER_LENGTH);
        quote.bidPrice(1).bidQuantity(1).askPrice(2).askQuantity(1).updateId(updateId);
        Frame.writeHeader(ring.buffer(), offset, Frame.HEADER_LENGTH + quote.encodedLength(),
            QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID, 0, 0, nowNs, 0, 0);
    }

    /** Orders once for each quote whose update id is {@link #ORDER_AT}; checks that inputs were journaled first. */
    private final class OrderingMachine implements StateMachine
    {
        static final long ORDER_AT = 42;

        final List<Long> applied = new ArrayList<>();
        final Outputs outputs = new Outputs();
        final OrderRequestedEncoder order = new OrderRequestedEncoder();
        boolean allWereJournaledFirst = true;
        long deadlineNs = NO_DEADLINE;

        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            final long sequence = Frame.sequence(buffer, offset);
            allWereJournaledFirst &= journal.holds(sequence);
            applied.add(sequence);
            if (TimerDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
            {
                deadlineNs = NO_DEADLINE;
            }
            else if (ORDER_AT == buffer.getLong(offset + Frame.HEADER_LENGTH + QuoteEncoder.updateIdEncodingOffset()))
            {
                final int claim = outputs.claim();
                order.wrap(outputs.buffer(), claim + Frame.HEADER_LENGTH).causeSequence(sequence).orderId(1);
                final int frameLength = Frame.HEADER_LENGTH + order.encodedLength();
                Frame.writeHeader(outputs.buffer(), claim, frameLength, OrderRequestedEncoder.BLOCK_LENGTH,
                    OrderRequestedEncoder.TEMPLATE_ID, 0, Frame.FLAG_OUTPUT, nowNs, 0, 0);
                outputs.commit(frameLength);
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
            return deadlineNs;
        }

        @Override
        public long stateHash()
        {
            return applied.hashCode();
        }
    }
}
