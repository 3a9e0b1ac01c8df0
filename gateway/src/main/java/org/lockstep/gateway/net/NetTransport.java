package org.lockstep.gateway.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
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
     * The class of client sockets that runs on a loop.
     *
     * @param group an event loop or a group of them.
     * @return epoll sockets if the loop is an epoll loop, else NIO sockets.
     */
    static Class<? extends SocketChannel> socketClass(final EventLoopGroup group)
    {
        final boolean isEpoll = group instanceof IoEventLoopGroup && Epoll.isAvailable() &&
            ((IoEventLoopGroup)group).isIoType(EpollIoHandler.class);
        return isEpoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }
}
