package org.lockstep.gateway.client.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestDeadlinesTest
{
    /** A peer who takes nothing until it is told to. */
    private static final class Peer extends ChannelOutboundHandlerAdapter
    {
        private final Deque<ChannelPromise> untaken = new ArrayDeque<>();

        @Override
        public void write(final ChannelHandlerContext ctx, final Object message, final ChannelPromise promise)
        {
            ReferenceCountUtil.release(message);
            untaken.add(promise);
        }
    }

    private long timeMs = 1_000_000;
    private final RequestDeadlines deadlines = new RequestDeadlines(() -> timeMs, 10_000);
    private final Peer peer = new Peer();
    private final EmbeddedChannel channel = new EmbeddedChannel(peer, deadlines.watch());

    @AfterEach
    void close()
    {
        channel.close();
    }

    @Test
    void shouldCutAConnectionThatDoesNotTakeItsAnswer()
    {
        answer();
        answer();
        pass(30_000);
        peer.untaken.poll().setSuccess();

        pass(29_999);
        assertTrue(channel.isOpen());
        pass(1);
        assertFalse(channel.isOpen());
    }

    @Test
    void shouldLeaveAConnectionAloneThatTakesEachAnswerInTime()
    {
        for (int i = 0; i < 3; i++)
        {
            answer();
            pass(59_999);
            peer.untaken.poll().setSuccess();
        }

        pass(100_000);
        assertTrue(channel.isOpen());
    }

    private void answer()
    {
        channel.writeAndFlush(Unpooled.buffer().writeByte(1));
    }

    private void pass(final long ms)
    {
        timeMs += ms;
        deadlines.tick();
    }
}
