package org.lockstep.benchmarks.latency.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.lockstep.benchmarks.latency.socket.AsciiSlots;
import org.lockstep.benchmarks.latency.socket.ServerConnection;

/**
 * As much of the venue as a market data client asks for: the instrument, a snapshot of its book, subscriptions; and
 * then the mix of messages of a real hour, of 100 messages 68 quotes, 24 trades and 8 book changes, as fast as it is
 * told. Plain sockets, the caller's thread.
 */
final class FeedVenue implements ServerConnection.Listener, AutoCloseable
{
    private static final int FLUSH_BYTES = 32 * 1024;
    private static final int MIX = 100;
    private static final int MIX_STEP = 37;
    private static final int QUOTES = 68;
    private static final int TRADES = 24;

    private final ServerSocketChannel listener;
    private final List<ServerConnection> connections = new ArrayList<>();
    private final Subscription[] subscriptions = new Subscription[FeedKind.values().length];
    private int next;

    FeedVenue()
    {
        try
        {
            listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
            listener.configureBlocking(false);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    String address()
    {
        return "127.0.0.1:" + listener.socket().getLocalPort();
    }

    /** Takes connections and answers what they ask. */
    void poll()
    {
        try
        {
            final SocketChannel accepted = listener.accept();
            if (null != accepted)
            {
                connections.add(new ServerConnection(accepted, this));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        connections.removeIf(connection -> !connection.poll());
    }

    boolean isSubscribed()
    {
        return Arrays.stream(subscriptions).allMatch(Objects::nonNull);
    }

    /** What the next message of the mix is. */
    FeedKind nextKind()
    {
        final int residue = next * MIX_STEP % MIX;
        return residue < QUOTES ? FeedKind.QUOTE : residue < QUOTES + TRADES ? FeedKind.TRADE : FeedKind.DEPTH;
    }

    /** Sends the next message of the mix, at once or with those that follow it. */
    void send(final boolean isFlushed)
    {
        final Subscription subscription = subscriptions[nextKind().ordinal()];
        next = (next + 1) % MIX;
        subscription.send(isFlushed);
    }

    /** Writes what still waits. */
    void flush()
    {
        for (final Subscription subscription : subscriptions)
        {
            subscription.connection.flush();
        }
    }

    /** Id of the last trade that was sent. */
    long lastTradeId()
    {
        return subscriptions[FeedKind.TRADE.ordinal()].id;
    }

    @Override
    public String onRequest(final String path)
    {
        if (path.startsWith("/api/v3/exchangeInfo"))
        {
            return """
                {"timezone":"UTC","serverTime":%d,"rateLimits":[],"exchangeFilters":[],"symbols":[{"symbol":"BTCUSDT",
                "status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,
                "quoteAssetPrecision":8,"baseCommissionPrecision":8,"quoteCommissionPrecision":8,
                "orderTypes":["LIMIT","MARKET"],"isSpotTradingAllowed":true,"isMarginTradingAllowed":false,
                "permissions":["SPOT"],"permissionSets":[["SPOT"]],"filters":[
                {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000.00","tickSize":"0.01"},
                {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
                {"filterType":"NOTIONAL","minNotional":"5.00000000"}]}]}""".formatted(System.currentTimeMillis());
        }
        final Subscription depth = subscriptions[FeedKind.DEPTH.ordinal()];
        return path.startsWith("/api/v3/depth") ? "{\"lastUpdateId\":" +
            (null == depth ? FeedKind.FIRST_ID : depth.id) + ",\"bids\":[[\"61837.63000000\",\"1.00000000\"]]," +
            "\"asks\":[[\"61837.64000000\",\"1.00000000\"]]}" :
            "{\"serverTime\":" + System.currentTimeMillis() + "}";
    }

    @Override
    public void onUpgrade(final ServerConnection connection)
    {
        subscribe(connection, URLDecoder.decode(connection.path(), StandardCharsets.US_ASCII));
    }

    @Override
    public void onText(final ServerConnection connection, final byte[] text, final int length)
    {
        final String request = new String(text, 0, length, StandardCharsets.US_ASCII);
        subscribe(connection, request);
        final String id = request.replaceAll("(?s).*\"id\" *: *([^,}]+).*", "$1");
        final byte[] answer = ("{\"result\":null,\"id\":" + id + "}").getBytes(StandardCharsets.US_ASCII);
        connection.text(answer, 0, answer.length);
        connection.flush();
    }

    private void subscribe(final ServerConnection connection, final String text)
    {
        for (final FeedKind kind : FeedKind.values())
        {
            final String name = kind.nameIn(text);
            if (null != name && !text.contains("UNSUBSCRIBE"))
            {
                final Subscription before = subscriptions[kind.ordinal()];
                subscriptions[kind.ordinal()] = new Subscription(kind, connection,
                    kind.message(name, connection.path().startsWith("/stream")),
                    null == before ? FeedKind.FIRST_ID : before.id);
            }
        }
    }

    @Override
    public void close()
    {
        connections.forEach(ServerConnection::close);
        try
        {
            listener.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** One stream on its way to the client. */
    private static final class Subscription
    {
        private final FeedKind kind;
        private final ServerConnection connection;
        private final AsciiSlots message;
        private final int[] places;
        private long id;

        Subscription(
            final FeedKind kind, final ServerConnection connection, final AsciiSlots message, final long id)
        {
            this.id = id;
            this.kind = kind;
            this.connection = connection;
            this.message = message;
            places = kind.places(message);
        }

        void send(final boolean isFlushed)
        {
            kind.id(message, places, ++id);
            if (connection.text(message.bytes(), 0, message.bytes().length) > FLUSH_BYTES || isFlushed)
            {
                connection.flush();
            }
        }
    }
}
