package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import org.lockstep.gateway.net.RestResponse;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;
import org.lockstep.gateway.venue.binance.rest.ExchangeInfo;

/**
 * Every symbol the venue lists, loaded when somebody asks and kept for a while. The response has many megabytes, so it
 * is parsed on a thread of its own: the feed's loop goes on reading its sockets. Threading: the feed's loop.
 */
final class ExchangeListing
{
    private static final long FRESH_NS = 3_600_000_000_000L;

    private final EventLoop loop;
    private final BinanceRest rest;
    private final FeedGuard guard;
    private final List<CompletableFuture<List<InstrumentDescriptor>>> waiting = new ArrayList<>();
    private List<InstrumentDescriptor> listed = List.of();
    private long loadedNs;
    private boolean isLoading;

    ExchangeListing(final EventLoop loop, final BinanceRest rest, final FeedGuard guard)
    {
        this.loop = loop;
        this.rest = rest;
        this.guard = guard;
    }

    /** Completes a future with the listing, at once if there is a fresh one. */
    void ask(final CompletableFuture<List<InstrumentDescriptor>> future)
    {
        if (!listed.isEmpty() && System.nanoTime() - loadedNs < FRESH_NS)
        {
            future.complete(listed);
            return;
        }
        waiting.add(future);
        if (!isLoading)
        {
            isLoading = rest.exchangeInfo(
                response -> guard.run(() -> parse(response)), (status, reason) -> guard.run(() -> fail(reason)));
            if (!isLoading)
            {
                fail("too many requests wait");
            }
        }
    }

    private void parse(final RestResponse response)
    {
        final byte[] body = ByteBufUtil.getBytes(response.body());
        final Thread parser = new Thread(() -> parse(body), "binance-listing");
        parser.setDaemon(true);
        parser.start();
    }

    private void parse(final byte[] body)
    {
        List<InstrumentDescriptor> parsed = List.of();
        String problem = null;
        try
        {
            parsed = ExchangeInfo.readListed(body);
        }
        catch (final IllegalArgumentException ex)
        {
            problem = ex.getMessage();
        }
        final List<InstrumentDescriptor> result = parsed;
        final String reason = problem;
        if (!loop.isShuttingDown())
        {
            loop.execute(() -> guard.run(() -> onParsed(result, reason)));
        }
    }

    private void onParsed(final List<InstrumentDescriptor> parsed, final String problem)
    {
        if (null != problem)
        {
            fail(problem);
            return;
        }
        isLoading = false;
        listed = parsed;
        loadedNs = System.nanoTime();
        take().forEach(future -> future.complete(parsed));
    }

    private void fail(final String reason)
    {
        isLoading = false;
        take().forEach(future -> future.completeExceptionally(
            new IllegalStateException("the venue's symbols could not be loaded: " + reason)));
    }

    private List<CompletableFuture<List<InstrumentDescriptor>>> take()
    {
        final List<CompletableFuture<List<InstrumentDescriptor>>> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
