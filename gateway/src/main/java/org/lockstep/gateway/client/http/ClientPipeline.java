package org.lockstep.gateway.client.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import org.lockstep.gateway.client.stream.ClientLimits;
import org.lockstep.gateway.client.stream.Connections;

/** Handlers of a new connection: HTTP, one request at a time, until it turns into something else. */
public final class ClientPipeline extends ChannelInitializer<SocketChannel>
{
    private static final int MAX_LINE_LENGTH = 12 * 1024;   // a query may carry a token of up to 8 KiB
    private static final int MAX_HEADER_LENGTH = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_BODY_LENGTH = 64 * 1024;
    static final String DEADLINE = "deadline";
    private static final String HEADERS = "headers";
    private static final String AGGREGATOR = "aggregator";
    private static final String API = "api";

    private final HttpApi.Factory apis;
    private final RequestDeadlines deadlines;
    private final TlsContexts tls;
    private final Connections clients;
    private final ClientLimits limits;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int connections;

    /**
     * Pipelines for one server.
     *
     * @param apis      makes the handler of requests.
     * @param deadlines of requests.
     * @param tls       certificate and key, or null for plain connections.
     * @param clients   told of connections that are refused.
     * @param limits    connections beyond them are closed at once; state is put off from a quarter of a client's
     *                  queue on.
     */
    public ClientPipeline(
        final HttpApi.Factory apis,
        final RequestDeadlines deadlines,
        final TlsContexts tls,
        final Connections clients,
        final ClientLimits limits)
    {
        this.clients = clients;
        this.tls = tls;
        this.apis = apis;
        this.deadlines = deadlines;
        this.limits = limits;
    }

    @Override
    protected void initChannel(final SocketChannel channel)
    {
        final InetSocketAddress remote = channel.remoteAddress();
        final InetAddress address = null == remote ? InetAddress.getLoopbackAddress() : remote.getAddress();
        if (connections >= limits.connections() ||
            perAddress.getOrDefault(address, 0) >= limits.connectionsPerAddress())
        {
            clients.onRefused();
            channel.close();
            return;
        }
        connections++;
        perAddress.merge(address, 1, Integer::sum);
        channel.closeFuture().addListener(future ->
        {
            connections--;
            perAddress.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
        });
        channel.config()
            .setTcpNoDelay(true)
            .setWriteBufferWaterMark(
                new WriteBufferWaterMark(limits.maxQueuedBytes() / 8, limits.maxQueuedBytes() / 4));
        if (null != tls)
        {
            channel.pipeline().addLast(tls.handler(channel.alloc()));
        }
        channel.pipeline()
            .addLast(DEADLINE, deadlines.watch())
            .addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_LENGTH).setMaxHeaderSize(MAX_HEADER_LENGTH)))
            .addLast(HEADERS, new HeaderCount(MAX_HEADERS))
            .addLast(AGGREGATOR, new BodyAggregator(MAX_BODY_LENGTH))
            .addLast(API, apis.create());
        deadlines.onArriving(channel);
    }

    /** Takes away what serves requests, once the connection is a WebSocket or an event stream. */
    static void removeHttp(final ChannelPipeline pipeline)
    {
        for (final String name : new String[] {DEADLINE, HEADERS, AGGREGATOR, API})
        {
            if (null != pipeline.get(name))
            {
                pipeline.remove(name);
            }
        }
    }
}
