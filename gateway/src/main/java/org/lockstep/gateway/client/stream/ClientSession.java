package org.lockstep.gateway.client.stream;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import org.lockstep.gateway.client.auth.Identity;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.Reader;

/** One connected client and what waits for it. Client event loop only. */
public final class ClientSession
{
    /** How messages are put on the wire. */
    public enum Format
    {
        /** Text frames. */
        WEB_SOCKET,
        /** Text frames, compressed. */
        COMPRESSED_WEB_SOCKET,
        /** Server-sent events. */
        EVENT_STREAM
    }

    /** A state value that could not be sent while the socket was full. */
    record Deferred(DataChannel channel, long key)
    {
    }

    final Map<DataChannel, Subscription> subscriptions = new EnumMap<>(DataChannel.class);
    final Set<Deferred> deferred = new LinkedHashSet<>();
    int recoveries;
    boolean isFlushDue;
    boolean isSlow;

    private final Channel channel;
    private final Format format;
    private final String id;
    private final int maxQueuedBytes;
    private Identity identity;
    private boolean isClosing;
    private long messagesSent;

    /**
     * A client that has connected.
     *
     * @param channel        its socket.
     * @param format         how it is written to.
     * @param id             of the session.
     * @param maxQueuedBytes that may wait for it.
     */
    public ClientSession(final Channel channel, final Format format, final String id, final int maxQueuedBytes)
    {
        this.channel = channel;
        this.format = format;
        this.id = id;
        this.maxQueuedBytes = maxQueuedBytes;
    }

    /** @return id of the session. */
    public String id()
    {
        return id;
    }

    /** @return whose it is, null before sign-in. */
    public Identity identity()
    {
        return identity;
    }

    /**
     * Signs in, or renews.
     *
     * @param newIdentity whose it is from now on.
     */
    public void identity(final Identity newIdentity)
    {
        identity = newIdentity;
    }

    /** @return who it is when it comes to what may be seen; after sign-in only. */
    public Reader reader()
    {
        return identity.reader();
    }

    /** @return its socket. */
    public Channel channel()
    {
        return channel;
    }

    /** @return true once it was told to go. */
    public boolean isClosing()
    {
        return isClosing;
    }

    /** @return messages written to it. */
    public long messagesSent()
    {
        return messagesSent;
    }

    boolean isWritable()
    {
        return channel.isWritable() && !isClosing;
    }

    /** @return bytes that wait for it. */
    public long queuedBytes()
    {
        final ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return null == outbound ? 0 : outbound.totalPendingWriteBytes();
    }

    boolean isOverLimit()
    {
        return queuedBytes() > maxQueuedBytes;
    }

    /** @return false when more than the limit now waits for this client. */
    boolean write(final OutboundMessage message)
    {
        if (isClosing || !channel.isActive())
        {
            return true;
        }
        channel.write(switch (format)
        {
            case WEB_SOCKET -> message.webSocket(channel.alloc());
            case COMPRESSED_WEB_SOCKET -> message.compressedWebSocket(channel.alloc());
            default -> message.eventStream(channel.alloc(), 0 == recoveries);
        }, channel.voidPromise());
        messagesSent++;
        return !isOverLimit();
    }

    /**
     * Ends the session.
     *
     * @param code   see {@link CloseCode}.
     * @param reason at most 123 bytes.
     */
    public void close(final int code, final String reason)
    {
        close(code, reason, false);
    }

    /** Ends the session because its peer does. */
    void closeToo(final int code)
    {
        close(code, "", true);
    }

    private void close(final int code, final String reason, final boolean hasPeerClosed)
    {
        if (isClosing)
        {
            return;
        }
        isClosing = true;
        if (Format.EVENT_STREAM != format)
        {
            Farewell.say(channel, code, reason, hasPeerClosed);
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        // A peer that reads nothing never lets the rest out: the socket is then cut.
        channel.eventLoop().schedule(() -> channel.close(), 3, TimeUnit.SECONDS);
    }
}
