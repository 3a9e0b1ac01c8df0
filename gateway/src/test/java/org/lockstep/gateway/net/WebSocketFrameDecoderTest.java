package org.lockstep.gateway.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import com.sun.management.ThreadMXBean;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class WebSocketFrameDecoderTest
{
    private static final int LIMIT = 1 << 20;

    private final WebSocketFrameDecoder decoder = new WebSocketFrameDecoder(LIMIT);
    private final Recorder sink = new Recorder();

    @Test
    void shouldCutTheSameMessagesHoweverTheStreamIsSplit()
    {
        final byte[] stream = concat(
            frame(0x81, "one"), frame(0x81, ""), frame(0x89, "ping"), frame(0x01, "a-"), frame(0x00, "b-"),
            frame(0x8A, ""), frame(0x80, "c"), frame(0x82, "x".repeat(126)), frame(0x81, "y".repeat(70_000)),
            frame(0x89, ""), frame(0x81, "last"));
        final List<String> expected = List.of("one", "", "9:ping", "10:", "a-b-c", "x".repeat(126), "y".repeat(70_000),
            "9:", "last");

        for (final int chunk : new int[]{1, 2, 3, 7, 64, 4096, stream.length})
        {
            sink.seen.clear();
            final UnsafeBuffer part = new UnsafeBuffer(ByteBuffer.allocateDirect(chunk + 1));
            for (int i = 0; i < stream.length; i += chunk)
            {
                final int length = Math.min(chunk, stream.length - i);
                part.putBytes(1, stream, i, length);
                assertEquals(0, decoder.onBytes(part, 1, length, sink));
            }
            assertEquals(expected, sink.seen, "chunks of " + chunk);
        }
    }

    @Test
    void shouldRefuseWhatTheProtocolForbids()
    {
        violates(1002, new byte[]{(byte)0x81, (byte)0x81, 1, 2, 3, 4, 5});
        violates(1002, frame(0xC1, "compressed"));
        violates(1002, frame(0x83, "unknown opcode"));
        violates(1002, frame(0x8B, "unknown control"));
        violates(1002, frame(0x09, "fragmented ping"));
        violates(1002, frame(0x89, "p".repeat(126)));
        violates(1002, frame(0x80, "continues nothing"));
        violates(1002, concat(frame(0x01, "a"), frame(0x81, "b")));
        violates(1009, new byte[]{(byte)0x81, 127, 0, 0, 0, 0, 0, 0x10, 0, 1});
        violates(1009, new byte[]{(byte)0x81, 127, -1, 0, 0, 0, 0, 0x10, 0, 0});
        violates(1009, concat(frame(0x01, "z".repeat(LIMIT - 1)), frame(0x80, "zz")));
    }

    @Test
    void shouldSurviveRandomBytes()
    {
        final SplittableRandom random = new SplittableRandom(3);
        final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(256));
        int violations = 0;
        WebSocketFrameDecoder fuzzed = new WebSocketFrameDecoder(4096);
        final byte[] seed = concat(frame(0x81, "hello"), frame(0x89, "ping"), frame(0x01, "a"), frame(0x80, "b"));
        for (int i = 0; i < 200_000; i++)
        {
            bytes.putBytes(0, seed);
            for (int j = random.nextInt(4); j > 0; j--)
            {
                bytes.putByte(random.nextInt(seed.length), (byte)random.nextInt());
            }
            if (0 != fuzzed.onBytes(bytes, 0, 1 + random.nextInt(seed.length), sink))
            {
                violations++;
                fuzzed = new WebSocketFrameDecoder(4096);
            }
            sink.seen.clear();
        }

        assertTrue(violations > 1000);
    }

    @Test
    void shouldAllocateNothingPerMessageEvenWhenMessagesAreSplit()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final byte[] stream = concat(frame(0x81, "q".repeat(140)), frame(0x81, "t".repeat(180)));
        final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(stream.length));
        bytes.putBytes(0, stream);
        final Counter counter = new Counter();
        feed(bytes, counter, 100_000);

        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 40 && 0 != allocated; round++)
        {
            counter.count = 0;
            final long before = threads.getCurrentThreadAllocatedBytes();
            feed(bytes, counter, 500_000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals(1_000_000, counter.count);
        }

        assertEquals(0, allocated);
    }

    private void feed(final UnsafeBuffer bytes, final Counter counter, final int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            final int split = 1 + i % (bytes.capacity() - 1);
            decoder.onBytes(bytes, 0, split, counter);
            decoder.onBytes(bytes, split, bytes.capacity() - split, counter);
        }
    }

    private void violates(final int code, final byte[] stream)
    {
        final WebSocketFrameDecoder fresh = new WebSocketFrameDecoder(LIMIT);
        final UnsafeBuffer bytes = new UnsafeBuffer(stream);
        assertEquals(code, fresh.onBytes(bytes, 0, bytes.capacity(), sink), () -> fresh.violationText());
        assertTrue(!fresh.violationText().isEmpty());
    }

    private static byte[] frame(final int first, final String payload)
    {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer frame = ByteBuffer.allocate(bytes.length + 10);
        frame.put((byte)first);
        if (bytes.length < 126)
        {
            frame.put((byte)bytes.length);
        }
        else if (bytes.length < 65536)
        {
            frame.put((byte)126).putShort((short)bytes.length);
        }
        else
        {
            frame.put((byte)127).putLong(bytes.length);
        }
        frame.put(bytes).flip();
        final byte[] result = new byte[frame.remaining()];
        frame.get(result);
        return result;
    }

    private static byte[] concat(final byte[]... parts)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final byte[] part : parts)
        {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Writes down what is cut. */
    private static final class Recorder implements WebSocketFrameDecoder.Sink
    {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void onMessage(final DirectBuffer buffer, final int offset, final int length)
        {
            seen.add(buffer.getStringWithoutLengthUtf8(offset, length));
        }

        @Override
        public void onControl(final int opcode, final DirectBuffer buffer, final int offset, final int length)
        {
            seen.add(opcode + ":" + buffer.getStringWithoutLengthUtf8(offset, length));
        }

        @Override
        public boolean isOpen()
        {
            return true;
        }
    }

    /** Counts only. */
    private static final class Counter implements WebSocketFrameDecoder.Sink
    {
        private int count;

        @Override
        public void onMessage(final DirectBuffer buffer, final int offset, final int length)
        {
            count++;
        }

        @Override
        public void onControl(final int opcode, final DirectBuffer buffer, final int offset, final int length)
        {
        }

        @Override
        public boolean isOpen()
        {
            return true;
        }
    }
}
