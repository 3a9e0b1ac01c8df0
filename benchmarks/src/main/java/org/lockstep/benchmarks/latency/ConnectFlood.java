package org.lockstep.benchmarks.latency;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.gateway.net.NetTransport;

/**
 * Connects as fast as they go, each cut once it was answered, beside a running engine: to the gateway with a token, to
 * the gateway with none, and to bare Netty, which only accepts and upgrades. Lanes take turns, the best counts.
 */
public final class ConnectFlood
{
    private static final int OUTSTANDING = 200;
    private static final int WARM = 5_000;
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n" +
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    /** Signed by nobody: refused, with a close code. */
    private static final String FORGED = "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\n";

    private ConnectFlood()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code connects=, rounds=, json=}.
     */
    public static void main(final String... args)
    {
        run(System.out, args);
    }

    /**
     * Runs.
     *
     * @param out  takes the report.
     * @param args see {@link #main}.
     * @return connects a second that the gateway served.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final int connects = (int)options.number("connects", 20_000, 100, 1_000_000);
        final int rounds = (int)options.number("rounds", 3, 1, 100);
        final String json = options.text("json", "");
        options.finish("connects, rounds, json");
        final ResultFile result = ResultFile.begin("connects", json).setting("connects", connects)
            .setting("rounds", rounds);
        out.println(Host.describe());
        final SentTimes sent = new SentTimes();
        final double gateway;
        try (GatewayLane lane = new GatewayLane(1, sent, false, timeNs -> { });
            NettyLane netty = new NettyLane(new MessageText(1, sent)))
        {
            final byte[] signedIn = ascii(UPGRADE + lane.headers() + "\r\n");
            final byte[] forged = ascii(UPGRADE + FORGED + "\r\n");
            final byte[] plain = ascii(UPGRADE + "\r\n");
            flood(lane, signedIn, Math.min(WARM, connects));
            flood(lane, forged, Math.min(WARM, connects));
            flood(netty, plain, Math.min(WARM, connects));
            final long before = FanOutTurn.usedBytes();
            final double[] best = new double[3];
            final double[] cpuNs = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
            for (int i = 0; i < rounds; i++)
            {
                turn(lane, signedIn, connects, best, cpuNs, 0);
                turn(lane, forged, connects, best, cpuNs, 1);
                turn(netty, plain, connects, best, cpuNs, 2);
                result.probe();
            }
            Swarm.await("all are gone", () -> 0 == lane.stat("connections"));
            final long grownBytes = FanOutTurn.usedBytes() - before;
            final String[] names = {"gateway, signed in", "gateway, forged token", "bare Netty"};
            for (int i = 0; i < names.length; i++)
            {
                out.printf(Locale.ROOT, "%-22s %,8.0f connects/s, %,6.1f us of the server each%n",
                    names[i], best[i], cpuNs[i] / 1e3);
                result.metric(names[i], "perSecond", best[i]).metric(names[i], "serverCpuNs", cpuNs[i]);
            }
            out.printf(Locale.ROOT, "gateway / bare Netty: %.2f of the connects/s, %.2f of the processor time each; " +
                "%,d connects left memory %,d bytes larger%n", best[0] / best[2], cpuNs[0] / cpuNs[2],
                3L * rounds * connects, grownBytes);
            result.metric("gateway, signed in", "grownBytes", grownBytes);
            gateway = best[0];
        }
        result.write();
        return gateway;
    }

    private static void turn(
        final FanOutLane lane,
        final byte[] request,
        final int connects,
        final double[] best,
        final double[] cpuNs,
        final int index)
    {
        final long cpuBeforeNs = lane.cpuNs();
        final long startNs = System.nanoTime();
        flood(lane, request, connects);
        best[index] = Math.max(best[index], connects * 1e9 / (System.nanoTime() - startNs));
        cpuNs[index] = Math.min(cpuNs[index], (lane.cpuNs() - cpuBeforeNs) / (double)connects);
    }

    /** Every connection is answered before it is cut; a bounded number is open at once. */
    private static void flood(final FanOutLane lane, final byte[] request, final int connects)
    {
        final EventLoopGroup group = NetTransport.newGroup(1, "flood");
        final Semaphore free = new Semaphore(OUTSTANDING);
        final AtomicLong answered = new AtomicLong();
        final Bootstrap bootstrap = new Bootstrap().group(group)
            .channel(NetTransport.isNative() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.SO_LINGER, 0)
            .handler(new ChannelInitializer<SocketChannel>()
            {
                @Override
                protected void initChannel(final SocketChannel channel)
                {
                    channel.pipeline().addLast(new Caller(request, answered));
                }
            });
        for (int i = 0; i < connects; i++)
        {
            free.acquireUninterruptibly();
            final Channel channel = bootstrap.connect("127.0.0.1", lane.port()).channel();
            channel.closeFuture().addListener(future -> free.release());
        }
        free.acquireUninterruptibly(OUTSTANDING);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
        if (answered.get() < connects)
        {
            throw new IllegalStateException("only " + answered.get() + " of " + connects + " were answered by " +
                lane.name());
        }
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Says its sentence, hears the beginning of the answer, and is gone without a word. */
    private static final class Caller extends SimpleChannelInboundHandler<ByteBuf>
    {
        private final byte[] request;
        private final AtomicLong answered;
        private boolean isAnswered;

        Caller(final byte[] request, final AtomicLong answered)
        {
            this.request = request;
            this.answered = answered;
        }

        @Override
        public void channelActive(final ChannelHandlerContext ctx)
        {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(request));
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext ctx, final ByteBuf message)
        {
            if (!isAnswered)
            {
                isAnswered = true;
                answered.incrementAndGet();
                ctx.close();
            }
        }
    }
}
