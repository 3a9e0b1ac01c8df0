package org.lockstep.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.SignalEncoder;
import org.lockstep.engine.event.codec.StateHashEncoder;
import org.lockstep.engine.pipeline.StateMachine;

/**
 * A small deterministic state machine: a signal every few quotes, carrying a value that depends on everything seen so
 * far, and a state hash now and then.
 */
public final class TestMachine implements StateMachine
{
    private final int signalEvery;
    private final int hashEvery;
    private final Outputs outputs = new Outputs();
    private final QuoteDecoder quote = new QuoteDecoder();
    private final SignalEncoder signal = new SignalEncoder();
    private final StateHashEncoder hash = new StateHashEncoder();
    private long state = 17;
    private long inputs;
    private long corruptAt = -1;

    public TestMachine(final int signalEvery, final int hashEvery)
    {
        this.signalEvery = signalEvery;
        this.hashEvery = hashEvery;
    }

    /** Makes it go wrong at one input, as a build with another behaviour would. */
    public TestMachine corruptAt(final long input)
    {
        corruptAt = input;
        return this;
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        inputs++;
        if (QuoteDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            quote.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            state = state * 31 + quote.bidPrice();
        }
        if (inputs == corruptAt)
        {
            state++;
        }
        if (signalEvery > 0 && 0 == inputs % signalEvery)
        {
            signal(buffer, offset);
        }
        if (hashEvery > 0 && 0 == inputs % hashEvery)
        {
            hash(buffer, offset);
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
        return state;
    }

    private void signal(final DirectBuffer cause, final int causeOffset)
    {
        final int offset = outputs.claim();
        final MutableDirectBuffer buffer = outputs.buffer();
        signal.wrap(buffer, offset + Frame.HEADER_LENGTH).causeSequence(Frame.sequence(cause, causeOffset))
            .value(state).botId(1).side(Side.BUY).name("test");
        finish(cause, causeOffset, offset, SignalEncoder.TEMPLATE_ID, SignalEncoder.BLOCK_LENGTH,
            signal.encodedLength());
    }

    private void hash(final DirectBuffer cause, final int causeOffset)
    {
        final int offset = outputs.claim();
        hash.wrap(outputs.buffer(), offset + Frame.HEADER_LENGTH).causeSequence(Frame.sequence(cause, causeOffset))
            .hash(state).inputs(inputs);
        finish(cause, causeOffset, offset, StateHashEncoder.TEMPLATE_ID, StateHashEncoder.BLOCK_LENGTH,
            hash.encodedLength());
    }

    private void finish(
        final DirectBuffer cause,
        final int causeOffset,
        final int offset,
        final int templateId,
        final int blockLength,
        final int encodedLength)
    {
        Frame.writeHeader(outputs.buffer(), offset, Frame.HEADER_LENGTH + encodedLength, blockLength, templateId,
            FrameSource.ENGINE, Frame.FLAG_OUTPUT, Frame.ingressTimeNs(cause, causeOffset), 0,
            Frame.NULL_INSTRUMENT_ID);
        outputs.commit(Frame.HEADER_LENGTH + encodedLength);
    }
}
