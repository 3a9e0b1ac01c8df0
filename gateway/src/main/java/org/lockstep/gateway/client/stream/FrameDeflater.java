package org.lockstep.gateway.client.stream;

import java.util.zip.Deflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Compresses a message by itself (RFC 7692 without context takeover), once for all who take it compressed. One thread.
 */
final class FrameDeflater implements AutoCloseable
{
    /** Shorter messages go as they are: they would hardly get shorter. */
    static final int MIN_LENGTH = 192;

    private static final int TAIL_LENGTH = 4;
    private static final int MARGIN = 64;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private byte[] output = new byte[8 * 1024];

    /** @return the compressed payload, without the four bytes that end every flush. */
    ByteBuf deflate(final ByteBufAllocator allocator, final byte[] json, final int length)
    {
        if (output.length < length + MARGIN)
        {
            output = new byte[2 * length + MARGIN];
        }
        deflater.reset();
        deflater.setInput(json, 0, length);
        int count = 0;
        int more = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
        while (more > 0)
        {
            count += more;
            if (count < output.length)
            {
                break;
            }
            output = java.util.Arrays.copyOf(output, 2 * output.length);
            more = deflater.deflate(output, count, output.length - count, Deflater.SYNC_FLUSH);
        }
        return allocator.buffer(count).writeBytes(output, 0, count - TAIL_LENGTH);
    }

    @Override
    public void close()
    {
        deflater.end();
    }
}
