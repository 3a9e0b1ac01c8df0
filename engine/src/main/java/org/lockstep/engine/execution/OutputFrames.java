package org.lockstep.engine.execution;

import java.nio.charset.StandardCharsets;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.Outputs;

/** Claims, completes and commits frames of outputs; each names the input that caused it. Engine thread. */
abstract class OutputFrames
{
    /** Longest text in an output, bytes. */
    public static final int MAX_TEXT_LENGTH = 256;

    final byte[] text = new byte[MAX_TEXT_LENGTH];
    private final Outputs outputs;
    long causeSequence;
    int offset;
    private long ingressTimeNs;

    OutputFrames(final Outputs outputs)
    {
        this.outputs = outputs;
    }

    /**
     * Says which input causes what follows.
     *
     * @param sequence of the input.
     * @param timeNs   its ingress time.
     */
    public void cause(final long sequence, final long timeNs)
    {
        causeSequence = sequence;
        ingressTimeNs = timeNs;
    }

    final MutableDirectBuffer claim()
    {
        offset = outputs.claim();
        return outputs.buffer();
    }

    final void commit(final int bodyLength, final int blockLength, final int templateId, final int instrumentId)
    {
        final int frameLength = Frame.HEADER_LENGTH + bodyLength;
        Frame.writeHeader(outputs.buffer(), offset, frameLength, blockLength, templateId,
            FrameSource.ENGINE, Frame.FLAG_OUTPUT, ingressTimeNs, 0, instrumentId);
        outputs.commit(frameLength);
    }

    final int encodeText(final CharSequence value)
    {
        final int length = Math.min(value.length(), MAX_TEXT_LENGTH);
        for (int i = 0; i < length; i++)
        {
            final char c = value.charAt(i);
            if (c >= 0x80)
            {
                return encodeUtf8(value.toString());
            }
            text[i] = (byte)c;
        }
        return length;
    }

    private int encodeUtf8(final String value)
    {
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_TEXT_LENGTH);
        while (length < utf8.length && length > 0 && 0x80 == (utf8[length] & 0xC0))
        {
            length--;
        }
        System.arraycopy(utf8, 0, text, 0, length);
        return length;
    }
}
