package org.lockstep.benchmarks.latency.feed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.SetupFrames;
import org.lockstep.engine.Engine;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.pipeline.EngineProcessor;
import org.lockstep.engine.pipeline.EngineRunner;
import org.lockstep.engine.pipeline.InputRing;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.engine.pipeline.PipelineMeter;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.binance.BinanceFeed;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.common.StreamKind;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.write.Journal;

/**
 * The whole of this engine as a market data client, a process of its own: feed, ring, journal, books and a bot, under
 * the feed-loop plan. The callback is the bot's, so every message has been journaled before; or has not, where it is
 * to do no more than clients that keep no journal.
 */
public final class LockstepClient
{
    private static final long POLL_US = 500;
    private static final long WAIT_SECONDS = 30;
    private static final int LIMITLESS = 1_000_000;

    private LockstepClient()
    {
    }

    /**
     * Runs until standard input says {@code stop}.
     *
     * @param args address of the venue, file for the arrivals, whether to keep a journal.
     * @throws IOException if the file cannot be written.
     */
    public static void main(final String... args) throws IOException
    {
        final Arrivals arrivals = new Arrivals();
        final Scratch scratch = new Scratch();
        Runtime.getRuntime().addShutdownHook(new Thread(scratch::close));
        final EpochNanoClock clock = new SystemEpochNanoClock();
        final InputRing ring = new InputRing(InputRing.DEFAULT_CAPACITY);
        final Engine engine = new Engine(ArrivalBot.strategies(arrivals));
        final JournalAppender journal = Boolean.parseBoolean(args[2]) ?
            Journal.open(JournalConfig.of(scratch.path())).appender() : new NoJournal();
        final EngineProcessor processor = new EngineProcessor(ring, engine, journal,
            (buffer, offset, length) -> { }, null, clock, new PipelineMeter(ring, LockstepClient::halt),
            EngineProcessor.DEFAULT_MAX_BATCH);
        final EngineRunner runner = new EngineRunner(
            ThreadPlan.choose(Runtime.getRuntime().availableProcessors(), "feed-loop"), processor, ring,
            LockstepClient::halt);
        final EventLoopGroup group = NetTransport.newGroup(1, "feed");
        final EventLoop loop = group.next();
        final BinanceFeed feed = new BinanceFeed(
            BinanceFeedConfig.of(new BinanceEndpoints(URI.create("http://" + args[0]), URI.create("ws://" + args[0])),
                List.of("BTCUSDT")).with(EnumSet.of(StreamKind.QUOTE, StreamKind.TRADE, StreamKind.BOOK)),
            new BinanceLimits(LIMITLESS), ring, new InstrumentDirectory(), group, clock,
            new FeedCounters(Venue.BINANCE.code()), runner::pollOnLoop, null);
        loop.submit(() -> runner.adoptLoop(Thread.currentThread())).syncUninterruptibly();
        SetupFrames.live(ArrivalBot.NAME, clock.nanoTime(), (buffer, offset, length) ->
        {
            final long claim = ring.claim();
            ring.buffer().putBytes(ring.offset(claim), buffer, offset, length);
            ring.publish(claim);
        });
        loop.scheduleWithFixedDelay(runner::pollOnLoop, POLL_US, POLL_US, TimeUnit.MICROSECONDS);
        feed.start().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        arrivals.serve(Path.of(args[1]));
    }

    private static void halt(final Throwable fault)
    {
        fault.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    /** Keeps nothing, as the peers do. */
    private static final class NoJournal implements JournalAppender
    {
        @Override
        public void stage(final DirectBuffer buffer, final int offset, final int length)
        {
            // Not kept.
        }

        @Override
        public void commit()
        {
            // Not kept.
        }

        @Override
        public long lastSequence()
        {
            return -1;
        }

        @Override
        public void close()
        {
            // Nothing is open.
        }
    }
}
