package org.lockstep.gateway.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Chooses between native epoll, where the machine has it, and NIO. Stateless: any thread. */
public final class NetTransport
{
    private NetTransport()
    {
    }

    /** @return true when sockets run on native epoll. */
    public static boolean isNative()
    {
        return Epoll.isAvailable();
    }

    /**
     * Starts event loops.
     *
     * @param threads    how many, from 1.
     * @param threadName role of the threads, seen in their names.
     * @return the group; the caller shuts it down.
     */
    public static EventLoopGroup newGroup(final int threads, final String threadName)
    {
        return new MultiThreadIoEventLoopGroup(
            threads,
            new DefaultThreadFactory(threadName, true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /**
     * Makes client sockets that run on a loop.
     *
     * @param group an event loop or a group of them.
     * @return makes epoll sockets if the loop is an epoll loop, else NIO sockets.
     */
    static ChannelFactory<? extends Channel> channels(final EventLoopGroup group)
    {
        final boolean isEpoll = group instanceof IoEventLoopGroup && Epoll.isAvailable() &&
            ((IoEventLoopGroup)group).isIoType(EpollIoHandler.class);
        return isEpoll ? EpollSocketChannel::new : NioSocketChannel::new;
    }

    /**
     * Deals with the outcome of a connect. A failure is dealt with later and on the loop, in any case: if not even a
     * socket could be made ("too many open files") Netty reports from a thread of its own, or before the caller has
     * noted down what it is that failed.
     *
     * @param loop    of the channel.
     * @param future  of the connect.
     * @param outcome what to do.
     */
    static void onConnect(final EventLoop loop, final ChannelFuture future, final Runnable outcome)
    {
        if (future.isSuccess())
        {
            outcome.run();
        }
        else if (!loop.isShuttingDown())
        {
            loop.execute(outcome);
        }
    }
}
