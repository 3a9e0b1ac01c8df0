package org.lockstep.gateway.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * Looks names up on a thread of its own: the system's resolver blocks, for seconds when the network is ill, and the
 * event loop of a feed must go on reading its other sockets meanwhile. The thread ends when idle.
 */
final class OffLoopResolver extends InetNameResolver
{
    static final AddressResolverGroup<InetSocketAddress> GROUP = new AddressResolverGroup<>()
    {
        @Override
        protected AddressResolver<InetSocketAddress> newResolver(final EventExecutor executor)
        {
            return new OffLoopResolver(executor).asAddressResolver();
        }
    };

    private static final Executor LOOK_UPS = lookUps();

    private OffLoopResolver(final EventExecutor executor)
    {
        super(executor);
    }

    @Override
    protected void doResolve(final String host, final Promise<InetAddress> promise)
    {
        LOOK_UPS.execute(() ->
        {
            try
            {
                promise.trySuccess(InetAddress.getByName(host));
            }
            catch (final UnknownHostException ex)
            {
                promise.tryFailure(ex);
            }
        });
    }

    @Override
    protected void doResolveAll(final String host, final Promise<List<InetAddress>> promise)
    {
        LOOK_UPS.execute(() ->
        {
            try
            {
                promise.trySuccess(Arrays.asList(InetAddress.getAllByName(host)));
            }
            catch (final UnknownHostException ex)
            {
                promise.tryFailure(ex);
            }
        });
    }

    private static Executor lookUps()
    {
        final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory("name-look-up", true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
