package org.lockstep.gateway.client.http;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;

/** Handlers of a new connection: HTTP, one request at a time, until it turns into something else. */
public final class ClientPipeline extends ChannelInitializer<SocketChannel>
{
    private static final int MAX_HEADER_LENGTH = 16 * 1024;
    private static final int MAX_BODY_LENGTH = 64 * 1024;
    private static final int READ_TIMEOUT_S = 30;
    private static final String TIMEOUT = "timeout";
    private static final String AGGREGATOR = "aggregator";
    private static final String API = "api";

    private final HttpApi.Factory apis;
    private final int lowWaterMark;
    private final int highWaterMark;
    private final int maxConnections;
    private int connections;

    /**
     * Pipelines for one server.
     *
     * @param apis           makes the handler of requests.
     * @param maxQueuedBytes of a client; state is put off from a quarter of it on.
     * @param maxConnections beyond it, sockets are closed at once.
     */
    public ClientPipeline(final HttpApi.Factory apis, final int maxQueuedBytes, final int maxConnections)
    {
        this.apis = apis;
        this.highWaterMark = maxQueuedBytes / 4;
        this.lowWaterMark = maxQueuedBytes / 8;
        this.maxConnections = maxConnections;
    }

    @Override
    protected void initChannel(final SocketChannel channel)
    {
        if (connections >= maxConnections)
        {
            channel.close();
            return;
        }
        connections++;
        channel.closeFuture().addListener(future -> connections--);
        channel.config()
            .setTcpNoDelay(true)
            .setWriteBufferWaterMark(new WriteBufferWaterMark(lowWaterMark, highWaterMark));
        channel.pipeline()
            .addLast(TIMEOUT, new ReadTimeoutHandler(READ_TIMEOUT_S, TimeUnit.SECONDS))
            .addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_LENGTH)))
            .addLast(AGGREGATOR, new HttpObjectAggregator(MAX_BODY_LENGTH))
            .addLast(API, apis.create());
    }

    /** Takes away what serves requests, once the connection is a WebSocket or an event stream. */
    static void removeHttp(final ChannelPipeline pipeline)
    {
        for (final String name : new String[] {TIMEOUT, AGGREGATOR, API})
        {
            if (null != pipeline.get(name))
            {
                pipeline.remove(name);
            }
        }
    }
}
