package org.lockstep.tools.warm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.lockstep.tools.config.LockstepConfig;

/**
 * As much of the venue as a feed and an order session ask for, on a port of the loopback interface: instruments, book
 * snapshots, subscriptions, market data, and orders that are accepted and expire. A thread of its own.
 */
final class WarmVenue implements WarmConnection.Responder, AutoCloseable
{
    private static final int MAX_AHEAD = 16;
    private static final int ORDER_EVERY = 8;
    private static final long IDLE_NS = 50_000;
    private static final long CLOSE_MS = 1_000;
    private static final long FIRST_ORDER_ID = 100_000_000_000L;
    private static final String[] NOTHING = {};

    private final Map<String, WarmMarket> markets = new LinkedHashMap<>();
    private final List<WarmMarket> order = new ArrayList<>();
    private final List<WarmConnection> connections = new ArrayList<>();
    private final ServerSocketChannel listener;
    private final LongSupplier handled;
    private final int maxOrders;
    private final Thread thread;
    private volatile boolean isSending;
    private volatile boolean isClosed;
    private volatile long sent;
    private WarmConnection stream;
    private long handledBefore;
    private int marked;
    private volatile long orderId = FIRST_ORDER_ID;

    /**
     * Opens a port.
     *
     * @param feed      symbols that it lists, and streams that it sends.
     * @param handled   how many inputs the engine has run, so that it is not drowned.
     * @param maxOrders quotes that are marked to be answered with an order.
     */
    WarmVenue(final LockstepConfig.VenueFeed feed, final LongSupplier handled, final int maxOrders) throws IOException
    {
        this.handled = handled;
        this.maxOrders = maxOrders;
        feed.symbols().forEach(symbol -> markets.put(symbol, new WarmMarket(
            symbol, feed.streams().contains("trade"), feed.streams().contains("book"))));
        order.addAll(markets.values());
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        listener.configureBlocking(false);
        thread = new Thread(this::serve, "warm-up-venue");
        thread.setDaemon(true);
        thread.start();
    }

    String address()
    {
        return "127.0.0.1:" + listener.socket().getLocalPort();
    }

    /** Begins to send market data. */
    void send()
    {
        handledBefore = handled.getAsLong();
        isSending = true;
    }

    /** Messages sent so far. */
    long sent()
    {
        return sent;
    }

    /** Orders taken so far. */
    long orders()
    {
        return orderId - FIRST_ORDER_ID;
    }

    private void serve()
    {
        try
        {
            while (!isClosed)
            {
                final SocketChannel accepted = listener.accept();
                if (null != accepted)
                {
                    connections.add(new WarmConnection(accepted, this));
                }
                for (int i = connections.size() - 1; i >= 0; i--)
                {
                    if (!connections.get(i).poll())
                    {
                        connections.remove(i);
                    }
                }
                if (!sendSome())
                {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        }
        catch (final IOException | RuntimeException ex)
        {
            // The other side is going, or asks for what this venue has not: the warm-up ends at its limit.
            isClosed = true;
        }
    }

    private boolean sendSome() throws IOException
    {
        final boolean isReady = isSending && null != stream && stream.isIdle() &&
            sent - (handled.getAsLong() - handledBefore) < MAX_AHEAD;
        if (isReady)
        {
            final long index = sent;
            final boolean isMarked = 0 == index % ORDER_EVERY && marked < maxOrders;
            marked += isMarked ? 1 : 0;
            stream.send(order.get((int)(index % order.size())).next(isMarked));
            stream.flush();
            sent = index + 1;
        }
        return isReady;
    }

    @Override
    public String onRequest(final String path)
    {
        if (path.startsWith("/api/v3/exchangeInfo"))
        {
            return "{\"timezone\":\"UTC\",\"serverTime\":" + System.currentTimeMillis() + ",\"rateLimits\":[]," +
                "\"exchangeFilters\":[],\"symbols\":[" +
                markets.keySet().stream().map(WarmVenue::listing).collect(Collectors.joining(",")) + "]}";
        }
        if (path.startsWith("/api/v3/depth"))
        {
            final String symbol = path.replaceAll(".*[?&]symbol=([^&]*).*", "$1");
            return "{\"lastUpdateId\":" + markets.get(symbol).bookId() + ",\"bids\":[[\"59999.00000000\"," +
                "\"1.00000000\"]],\"asks\":[[\"60002.00000000\",\"1.00000000\"]]}";
        }
        return path.startsWith("/api/v3/time") ? "{\"serverTime\":" + System.currentTimeMillis() + "}" : "[]";
    }

    @Override
    public String[] onText(final WarmConnection connection, final String text)
    {
        if (text.contains("SUBSCRIBE"))
        {
            stream = connection;
            return new String[]{"{\"result\":null,\"id\":" + id(text) + "}"};
        }
        return text.contains("\"order.place\"") ? placed(text) : text.contains("\"id\"") ? new String[]{
            "{\"id\":" + id(text) + ",\"status\":200,\"result\":" + result(text) + "}"} : NOTHING;
    }

    @Override
    public void close()
    {
        isClosed = true;
        try
        {
            thread.join(CLOSE_MS);
            for (final WarmConnection connection : connections)
            {
                connection.close();
            }
            listener.close();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        catch (final IOException ex)
        {
            // It is thrown away in any case.
            isClosed = true;
        }
    }

    private String[] placed(final String text)
    {
        final long timeMs = System.currentTimeMillis();
        final String client = text(text, "newClientOrderId");
        final String symbol = text(text, "symbol");
        orderId++;
        final String accepted =
            "{\"id\":" + id(text) + ",\"status\":200,\"result\":{\"symbol\":\"" + symbol + "\",\"orderId\":" + orderId +
            ",\"orderListId\":-1,\"clientOrderId\":\"" + client + "\",\"transactTime\":" + timeMs +
            "},\"rateLimits\":[]}";
        final String expired =
            "{\"subscriptionId\":0,\"event\":{\"e\":\"executionReport\",\"E\":" + timeMs + ",\"s\":\"" + symbol +
            "\",\"c\":\"" + client + "\",\"S\":\"BUY\",\"o\":\"LIMIT\",\"f\":\"IOC\",\"q\":\"" +
            text(text, "quantity") + "\",\"p\":\"" + text(text, "price") + "\",\"P\":\"0.00000000\"," +
            "\"F\":\"0.00000000\",\"g\":-1,\"C\":\"\",\"x\":\"EXPIRED\",\"X\":\"EXPIRED\",\"r\":\"NONE\",\"i\":" +
            orderId + ",\"l\":\"0.00000000\",\"z\":\"0.00000000\",\"L\":\"0.00000000\",\"n\":\"0\",\"N\":null,\"T\":" +
            timeMs + ",\"t\":-1,\"v\":3,\"I\":8641984,\"w\":false,\"m\":false,\"M\":false,\"O\":" + timeMs +
            ",\"Z\":\"0.00000000\",\"Y\":\"0.00000000\",\"Q\":\"0.00000000\",\"W\":" + timeMs + ",\"V\":\"NONE\"}}";
        return new String[]{accepted, expired};
    }

    private static String listing(final String symbol)
    {
        return "{\"symbol\":\"" + symbol + "\",\"status\":\"TRADING\",\"baseAsset\":\"" +
            symbol.substring(0, Math.max(1, symbol.length() - 4)) + "\",\"baseAssetPrecision\":8," +
            "\"quoteAsset\":\"USDT\",\"quotePrecision\":8,\"quoteAssetPrecision\":8,\"filters\":[" +
            "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01\",\"maxPrice\":\"1000000.00\"," +
            "\"tickSize\":\"0.01\"},{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001000\"," +
            "\"maxQty\":\"9000.00000000\",\"stepSize\":\"0.00001000\"},{\"filterType\":\"NOTIONAL\"," +
            "\"minNotional\":\"5.00000000\"}]}";
    }

    private static String result(final String request)
    {
        if (request.contains("openOrders.status") || request.contains("myTrades"))
        {
            return "[]";
        }
        if (request.contains("account.status"))
        {
            return "{\"canTrade\":true,\"updateTime\":1700000000000,\"balances\":[]}";
        }
        return request.contains("subscribe") ? "{\"subscriptionId\":0}" :
            "{\"serverTime\":" + System.currentTimeMillis() + "}";
    }

    private static String id(final String request)
    {
        return request.replaceAll("(?s).*\"id\" *: *([^,}]+).*", "$1");
    }

    private static String text(final String request, final String key)
    {
        final int from = request.indexOf("\"" + key + "\":\"") + key.length() + 4;
        return request.substring(from, request.indexOf('"', from));
    }
}
