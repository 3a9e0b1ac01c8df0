package org.lockstep.tools.simulator.binance.api;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.lockstep.tools.simulator.binance.fault.FaultRule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** The way out of a connection, with everything that can go wrong there. Event loop only. */
final class Outbox
{
    private final ChannelHandlerContext context;
    private final Queue<String> muted = new ArrayDeque<>();
    private final List<String> held = new ArrayList<>();
    private long mutes;
    private boolean isMuted;
    private boolean isDead;

    Outbox(final ChannelHandlerContext context)
    {
        this.context = context;
    }

    /** Sends a message, or does to it what a rule says. */
    void send(final String text, final FaultRule rule)
    {
        if (null == rule)
        {
            pass(text);
            return;
        }
        switch (rule.fault())
        {
            case DROP_ACK, DROP_EVENT ->
            {
                if (rule.disconnects())
                {
                    context.channel().close();
                }
            }
            case DELAY_ACK, DELAY_EVENT -> later(rule.delayMs(), () -> pass(text));
            case DUPLICATE_ACK, DUPLICATE_EVENT ->
            {
                pass(text);
                pass(text);
            }
            case REORDER_ACK, REORDER_EVENT ->
            {
                held.add(text);
                later(rule.delayMs(), this::release);
            }
            default -> pass(text);
        }
    }

    private void later(final long delayMs, final Runnable task)
    {
        context.executor().schedule(() ->
        {
            task.run();
            flush();
        }, delayMs, TimeUnit.MILLISECONDS);
    }

    private void pass(final String text)
    {
        write(text);
        release();
    }

    private void release()
    {
        final List<String> late = List.copyOf(held);
        held.clear();
        late.forEach(this::write);
    }

    private void write(final String text)
    {
        if (isMuted)
        {
            muted.add(text);
        }
        else if (!isDead && context.channel().isActive())
        {
            context.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))));
        }
    }

    void flush()
    {
        context.flush();
    }

    /** Says nothing for a while, then everything at once. */
    void mute(final long durationMs)
    {
        isMuted = true;
        final long mute = ++mutes;
        later(durationMs, () -> unmute(mute));
    }

    /** Only the end of the latest mute counts. */
    private void unmute(final long mute)
    {
        if (mute == mutes)
        {
            isMuted = false;
            while (!muted.isEmpty())
            {
                write(muted.remove());
            }
        }
    }

    /** Says nothing any more, and leaves the connection open. */
    void die()
    {
        isDead = true;
    }

    boolean isSilent()
    {
        return isMuted || isDead;
    }

    boolean isDead()
    {
        return isDead;
    }
}
