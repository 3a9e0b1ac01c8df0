package org.lockstep.benchmarks.latency.wire;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.SetupFrames;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.pipeline.EngineProcessor;
import org.lockstep.engine.pipeline.EngineRunner;
import org.lockstep.engine.pipeline.InputRing;
import org.lockstep.engine.pipeline.PipelineMeter;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.HmacCredentials;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.OrderRouter;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.binance.BinanceFeed;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.common.StreamKind;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderSession;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.write.Journal;

/** Feed, ring, journal, engine, one bot and an order session, put together as production does under feed-loop. */
final class WireTrader implements AutoCloseable
{
    private static final long JOURNAL_ID = 12_345;
    private static final int LIMITLESS = 1_000_000;
    private static final long WAIT_SECONDS = 30;
    private static final long POLL_US = 500;

    private final Scratch scratch = new Scratch();
    private final EventLoopGroup group = NetTransport.newGroup(1, "wire-trader");
    private final EventLoop loop = group.next();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final Journal journal;
    private final EngineRunner runner;
    private final BinanceFeed feed;
    private final BinanceOrderSession session;
    private final Runnable turn;
    private Future<?> timer;

    WireTrader(final String address, final Runnable tick)
    {
        final EpochNanoClock clock = new SystemEpochNanoClock();
        journal = Journal.open(JournalConfig.of(scratch.path()));
        final InputRing ring = new InputRing(InputRing.DEFAULT_CAPACITY);
        final Engine engine = new Engine(WireBot.strategies());
        final URI rest = URI.create("http://" + address);
        final URI socket = URI.create("ws://" + address);
        final BinanceLimits limits = new BinanceLimits(LIMITLESS);
        final InstrumentDirectory directory = new InstrumentDirectory();
        final Runnable[] poll = new Runnable[1];
        final Runnable onReadComplete = () -> poll[0].run();
        session = new BinanceOrderSession(
            BinanceOrderConfig.of(0, socket.resolve("/ws-api/v3"), rest).withOrderLimits(LIMITLESS, 1_000_000_000)
                .allowingWithdrawalKeys(true),
            new HmacCredentials("bench-key".getBytes(StandardCharsets.US_ASCII),
                "bench-secret".getBytes(StandardCharsets.US_ASCII)),
            JOURNAL_ID, new OrderSessionSeed(), ring, directory, limits, loop, clock, onReadComplete,
            null);
        final OrderRouter router = new OrderRouter(List.of(session));
        final EngineProcessor processor = new EngineProcessor(ring, engine, journal.appender(), router, null, clock,
            new PipelineMeter(ring, fault::set), EngineProcessor.DEFAULT_MAX_BATCH);
        runner = new EngineRunner(
            ThreadPlan.choose(Runtime.getRuntime().availableProcessors(), "feed-loop"), processor, ring, fault::set);
        poll[0] = () ->
        {
            runner.pollOnLoop();
            router.flush();
        };
        feed = new BinanceFeed(
            BinanceFeedConfig.of(new BinanceEndpoints(rest, socket), List.of("BTCUSDT"))
                .with(EnumSet.of(StreamKind.QUOTE)),
            limits, ring, directory, group, clock, new FeedCounters(Venue.BINANCE.code()), onReadComplete, null);
        loop.submit(() -> runner.adoptLoop(Thread.currentThread())).syncUninterruptibly();
        turn = onReadComplete;
        resume();
        start(ring, clock, tick);
    }

    private void start(final FramePublisher ring, final EpochNanoClock clock, final Runnable tick)
    {
        SetupFrames.live(WireBot.NAME, clock.nanoTime(), (buffer, offset, length) ->
        {
            final long claim = ring.claim();
            ring.buffer().putBytes(ring.offset(claim), buffer, offset, length);
            ring.publish(claim);
        });
        feed.start().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        tick.run();
        session.start().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Polls the engine also when nothing is read, as production does. */
    void resume()
    {
        timer = loop.scheduleWithFixedDelay(turn, POLL_US, POLL_US, TimeUnit.MICROSECONDS);
    }

    /** Leaves the cores to others; until {@link #resume()}. */
    void pause()
    {
        timer.cancel(false);
    }

    /** Bytes that the loop's thread has allocated so far. */
    long allocatedBytes()
    {
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(
            loop.submit(() -> Thread.currentThread().getId()).syncUninterruptibly().getNow());
    }

    void check()
    {
        if (null != fault.get())
        {
            throw new IllegalStateException("the pipeline halted", fault.get());
        }
    }

    @Override
    public void close()
    {
        session.close();
        feed.close();
        runner.awaitDrained(1_000_000_000L, () -> null != fault.get());
        loop.submit(runner::close).syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        journal.close();
        scratch.close();
    }
}
