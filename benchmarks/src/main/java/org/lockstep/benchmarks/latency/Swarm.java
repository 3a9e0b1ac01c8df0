package org.lockstep.benchmarks.latency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.HdrHistogram.Histogram;
import org.lockstep.gateway.net.NetTransport;

/** Many WebSocket clients that read, count, and (one in some) time what they get by its offset. */
final class Swarm implements AutoCloseable
{
    private static final int SAMPLED_OF = 50;
    private static final int SLOW_BUFFER_LENGTH = 4_096;
    private static final int MAX_CONNECTING = 100;
    private static final byte[] OFFSET = "\"offset\":".getBytes(StandardCharsets.US_ASCII);
    private static final long TIMEOUT_NS = 60_000_000_000L;

    private final EventLoopGroup group = NetTransport.newGroup(1, "swarm");
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final SentTimes sent;
    private final Histogram latency = new Histogram(60_000_000_000L, 2);

    Swarm(final SentTimes sent)
    {
        this.sent = sent;
    }

    /** Connects; each client sends a message once its handshake is done, or none. */
    void connect(final int port, final int count, final String headers, final String subscribe)
    {
        connect(port, count, headers, subscribe, Integer.MAX_VALUE, null);
    }

    /**
     * Connects; one client in so many reads nothing once it is there.
     *
     * @param port      of the server.
     * @param count     of clients.
     * @param headers   of their handshake.
     * @param subscribe what each sends then, or null.
     * @param slowEvery one in so many is slow.
     * @param ofSlow    what a slow one sends instead, or null.
     */
    void connect(
        final int port,
        final int count,
        final String headers,
        final String subscribe,
        final int slowEvery,
        final String ofSlow)
    {
        final byte[] request = ("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n" +
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
            headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
        final Bootstrap bootstrap = new Bootstrap().group(group).channel(
            NetTransport.isNative() ? EpollSocketChannel.class : NioSocketChannel.class);
        for (int i = 0; i < count; i++)
        {
            final boolean isSlow = slowEvery - 1 == i % slowEvery;
            final boolean isSampled = 0 == i % SAMPLED_OF;
            final Bootstrap own = bootstrap.clone();
            if (isSlow)
            {
                own.option(ChannelOption.SO_RCVBUF, SLOW_BUFFER_LENGTH);
            }
            channels.add(own.handler(new ChannelInitializer<SocketChannel>()
            {
                @Override
                protected void initChannel(final SocketChannel channel)
                {
                    channel.pipeline().addLast(new Client(
                        isSampled, isSlow, request, isSlow ? ofSlow : subscribe));
                }
            }).connect("127.0.0.1", port).channel());
            final int connecting = i - MAX_CONNECTING;
            await("client " + connecting + " of " + count + " is connected", () -> open.get() > connecting);
        }
        await("all " + count + " are connected", () -> open.get() == count);
    }

    long received()
    {
        return received.get();
    }

    /** Bytes on the wire of what was received. */
    long receivedBytes()
    {
        return receivedBytes.get();
    }

    /** Forgets what was timed. */
    void reset()
    {
        group.next().submit(latency::reset).syncUninterruptibly();
    }

    /** A copy of what was timed, nanoseconds. */
    Histogram latency()
    {
        return group.next().submit(latency::copy).syncUninterruptibly().getNow();
    }

    static void await(final String what, final java.util.function.BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > TIMEOUT_NS)
            {
                throw new IllegalStateException("in vain waited until " + what);
            }
            LockSupport.parkNanos(50_000);
        }
    }

    @Override
    public void close()
    {
        channels.forEach(Channel::close);
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    }

    private final class Client extends ByteToMessageDecoder
    {
        private final boolean isSampled;
        private final boolean isSlow;
        private final byte[] request;
        private final String subscribe;
        private boolean isOpen;

        private Client(
            final boolean isSampled, final boolean isSlow, final byte[] request, final String subscribe)
        {
            this.isSampled = isSampled;
            this.isSlow = isSlow;
            this.request = request;
            this.subscribe = subscribe;
        }

        @Override
        public void channelActive(final ChannelHandlerContext ctx)
        {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(request));
        }

        @Override
        protected void decode(final ChannelHandlerContext ctx, final ByteBuf in, final List<Object> out)
        {
            if (!isOpen)
            {
                handshake(ctx, in);
                return;
            }
            while (in.readableBytes() >= 2)
            {
                final int short7 = in.getByte(in.readerIndex() + 1) & 0x7F;
                final int header = 126 == short7 ? 4 : 127 == short7 ? 10 : 2;
                if (in.readableBytes() < header)
                {
                    return;
                }
                final int length = 126 == short7 ? in.getUnsignedShort(in.readerIndex() + 2) :
                    127 == short7 ? (int)in.getLong(in.readerIndex() + 2) : short7;
                if (in.readableBytes() < header + length)
                {
                    return;
                }
                if (isSampled)
                {
                    time(in, in.readerIndex() + header, length);
                }
                in.skipBytes(header + length);
                received.lazySet(received.get() + 1);
                receivedBytes.lazySet(receivedBytes.get() + header + length);
            }
        }

        private void handshake(final ChannelHandlerContext ctx, final ByteBuf in)
        {
            final String head = in.toString(StandardCharsets.US_ASCII);
            final int end = head.indexOf("\r\n\r\n");
            if (end >= 0)
            {
                if (!head.startsWith("HTTP/1.1 101"))
                {
                    throw new IllegalStateException("refused: " + head);
                }
                in.skipBytes(end + 4);
                isOpen = true;
                open.incrementAndGet();
                ctx.channel().config().setAutoRead(!isSlow);
                if (null != subscribe)
                {
                    ctx.writeAndFlush(masked(subscribe));
                }
            }
        }

        private void time(final ByteBuf in, final int at, final int length)
        {
            for (int i = at + length - OFFSET.length; i > at; i--)
            {
                if (isOffset(in, i))
                {
                    long offset = 0;
                    for (int j = i + OFFSET.length; in.getByte(j) >= '0' && in.getByte(j) <= '9'; j++)
                    {
                        offset = offset * 10 + in.getByte(j) - '0';
                    }
                    final long sentNs = sent.of(offset);
                    if (0 != sentNs)
                    {
                        latency.recordValue(Math.min(System.nanoTime() - sentNs, 60_000_000_000L));
                    }
                    return;
                }
            }
        }

        private static boolean isOffset(final ByteBuf in, final int at)
        {
            for (int i = 0; i < OFFSET.length; i++)
            {
                if (in.getByte(at + i) != OFFSET[i])
                {
                    return false;
                }
            }
            return true;
        }

        private static ByteBuf masked(final String text)
        {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            final ByteBuf frame = Unpooled.buffer(bytes.length + 8).writeByte(0x81);
            if (bytes.length < 126)
            {
                frame.writeByte(0x80 | bytes.length);
            }
            else
            {
                frame.writeByte(0x80 | 126).writeShort(bytes.length);
            }
            return frame.writeInt(0).writeBytes(bytes);     // a mask of zeros changes nothing
        }
    }
}
