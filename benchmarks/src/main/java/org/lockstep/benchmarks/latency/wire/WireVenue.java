package org.lockstep.benchmarks.latency.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;
import org.lockstep.benchmarks.latency.socket.AsciiSlots;
import org.lockstep.benchmarks.latency.socket.Pace;
import org.lockstep.benchmarks.latency.socket.ServerConnection;

/**
 * The least venue that a feed and an order session accept, and the stop-watch: it sends ticks at a fixed rate, every so
 * many of them marked, and takes the time until the order that a marked one provokes. One thread with plain sockets,
 * which spins while it measures: it sends what is due, reads what has come, and waits for nothing. Both lanes are timed
 * by it in the same way.
 */
final class WireVenue implements AutoCloseable, ServerConnection.Listener
{
    private static final byte[] PLACE = "order.place".getBytes(StandardCharsets.US_ASCII);
    private static final int IN_FLIGHT = 1 << 16;
    private static final long BASE_CENTS = 6_000_000;
    private static final long BIDS = 64;
    private static final int ID_WIDTH = 10;
    private static final long GRACE_NS = 5_000_000_000L;
    private static final long IDLE_NS = 200_000;
    /** Longer than a sleep overshoots. */
    private static final long POLITE_NS = 300_000;

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<ServerConnection> connections = new ArrayList<>();
    private final OrderDesk desk = new OrderDesk();
    private final long[] dueNs = new long[IN_FLIGHT];
    private final AsciiSlots tick = new AsciiSlots("{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":##########," +
        "\"s\":\"BTCUSDT\",\"b\":\"60000.00000000\",\"B\":\"1.00000000\",\"a\":\"60001.00000000\"," +
        "\"A\":\"1.0000000?\"}}");
    private final int tickId = tick.indexOf("#");
    private final int tickCents = tick.indexOf("00000000\",\"B\"");
    private final int tickMark = tick.indexOf("?");
    private final ServerSocketChannel listener;
    private final Thread thread;
    private final boolean isPolite;
    private volatile boolean isClosed;
    private volatile int orderLength;

    private ServerConnection ticks;
    private ServerConnection orders;
    private ServerConnection echo;
    private Histogram answers = new Histogram(60_000_000_000L, 3);
    private long updateId = 1_000_000_000L;
    private long marked;
    private long answered;
    private long mismatched;

    WireVenue()
    {
        this(false);
    }

    /** A polite one sleeps while it neither waits for an answer nor has to send soon: it leaves cores to others. */
    WireVenue(final boolean isPolite)
    {
        this.isPolite = isPolite;
        try
        {
            listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
            listener.configureBlocking(false);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        thread = new Thread(this::serve, "wire-venue");
        thread.setDaemon(true);
        thread.start();
    }

    String address()
    {
        return "127.0.0.1:" + listener.socket().getLocalPort();
    }

    /** Length of the last order's text, so that the echo can answer with as much. */
    int orderLength()
    {
        return orderLength;
    }

    /** Sends one tick to the feed, so that it has a market. */
    void tick()
    {
        call(() ->
        {
            send(ticks, false);
            return null;
        });
    }

    /** One run: ticks at a rate for a while, the time of each answer from when its tick was due. */
    WireRun measure(final boolean isEcho, final long ratePerSecond, final long durationNs, final int every)
    {
        return call(() -> run(isEcho, new Pace(ratePerSecond, durationNs), every));
    }

    // ------------------------------------------------------------------------------------------ the venue's thread

    private void serve()
    {
        while (!isClosed)
        {
            final Runnable task = tasks.poll();
            if (null != task)
            {
                task.run();
            }
            else
            {
                pollAll();
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        connections.forEach(ServerConnection::close);
    }

    private void pollAll()
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

    private WireRun run(final boolean isEcho, final Pace pace, final int every)
    {
        if (isEcho)
        {
            echo = connections.stream().filter(connection -> connection.path().startsWith("/echo")).findFirst()
                .orElseThrow();
        }
        final ServerConnection target = isEcho ? echo : ticks;
        final ServerConnection source = isEcho ? echo : orders;
        answers = new Histogram(60_000_000_000L, 3);
        marked = 0;
        answered = 0;
        mismatched = 0;
        long count = 0;
        long nowNs = System.nanoTime();
        pace.start(nowNs);
        while (!pace.isDone())
        {
            nowNs = System.nanoTime();
            if (pace.isDue(nowNs))
            {
                final long intendedNs = pace.next(nowNs);
                final boolean isMarked = 0 == ++count % every;
                if (isMarked)
                {
                    dueNs[(int)marked & IN_FLIGHT - 1] = intendedNs;
                }
                send(target, isMarked);
                marked += isMarked ? 1 : 0;
            }
            source.poll();
            if (isPolite && answered == marked && pace.dueInNs(nowNs) > POLITE_NS)
            {
                LockSupport.parkNanos(POLITE_NS / 4);
            }
        }
        final long deadlineNs = nowNs + GRACE_NS;
        while (answered < marked && System.nanoTime() - deadlineNs < 0)
        {
            pollAll();
        }
        final boolean isWhole = answered == marked && 0 == mismatched;
        return new WireRun(answers, pace.lateness(), pace.achieved(), pace.late(), isWhole, isWhole ? pace.problem() :
            marked + " ticks were marked, " + answered + " orders came, " + mismatched +
            " of them at another price than their tick's", pace.firstDueNs(), pace.intervalNs());
    }

    private void send(final ServerConnection target, final boolean isMarked)
    {
        tick.number(tickId, ID_WIDTH, updateId++);
        tick.number(tickCents, 2, marked % BIDS);
        tick.bytes()[tickMark] = (byte)(isMarked ? '1' : '0');
        target.text(tick.bytes(), 0, tick.bytes().length);
        target.flush();
    }

    @Override
    public String onRequest(final String path)
    {
        return WireScript.rest(path);
    }

    @Override
    public void onText(final ServerConnection connection, final byte[] text, final int length)
    {
        if (connection == echo)
        {
            onOrder(connection, length, BASE_CENTS + answered % BIDS);
            desk.send(connection);
        }
        else if (AsciiSlots.indexAfter(text, length, PLACE) > 0)
        {
            onOrder(connection, length, OrderDesk.priceCents(text, length));
            desk.answer(connection, text, length);
        }
        else
        {
            onSetUp(connection, new String(text, 0, length, StandardCharsets.US_ASCII));
        }
    }

    private void onOrder(final ServerConnection connection, final int length, final long cents)
    {
        answers.recordValue(Math.max(0, connection.readNs() - dueNs[(int)answered & IN_FLIGHT - 1]));
        mismatched += BASE_CENTS + answered % BIDS == cents ? 0 : 1;
        answered++;
        orderLength = length;
    }

    private void onSetUp(final ServerConnection connection, final String text)
    {
        if (text.contains("SUBSCRIBE"))
        {
            ticks = connection;
        }
        else
        {
            orders = connection;
        }
        final byte[] answer = WireScript.answer(text).getBytes(StandardCharsets.US_ASCII);
        connection.text(answer, 0, answer.length);
        connection.flush();
    }

    // --------------------------------------------------------------------------------------------- other threads

    private <T> T call(final Supplier<T> work)
    {
        final CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() ->
        {
            try
            {
                result.complete(work.get());
            }
            catch (final RuntimeException ex)
            {
                result.completeExceptionally(ex);
            }
        });
        try
        {
            return result.join();
        }
        catch (final CompletionException ex)
        {
            throw ex.getCause() instanceof IllegalStateException cause ? cause : ex;
        }
    }

    @Override
    public void close()
    {
        isClosed = true;
        try
        {
            thread.join();
            listener.close();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
