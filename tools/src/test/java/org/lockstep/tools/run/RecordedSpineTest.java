package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.market.Market;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.Samples;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;
import org.lockstep.tools.simulator.recording.ReferenceBook;

/**
 * The whole path on real messages: recording, simulator, socket, feed, ring, journal, bots; then back by replay, on
 * this JVM and on others. {@code -Dlockstep.replays=20 -Dlockstep.javas=HOME1:HOME2} does it as often and on those.
 */
class RecordedSpineTest
{
    private static final int MESSAGES = 41_248;         // 28,040 quotes, 9,757 trades, 3,451 diffs; one line is REST
    private static final int DEFAULT_REPLAYS = 3;
    private static final int E8 = 8;

    @TempDir
    private Path directory;

    @Test
    void shouldAccountForEveryRecordedMessageAndReplayToTheSameState() throws Exception
    {
        final Path recording = Samples.binance("spot_btcusdt_20240808_full.jsonl.gz");
        final ReferenceBook expected = ReferenceBook.finalBook(recording, "BTCUSDT");

        final RunSummary summary = runThrough(recording);

        final RunSummary.FeedCount feed = summary.feeds().get("binance");
        assertEquals(MESSAGES, feed.decoded());
        assertEquals(feed.received(), feed.decoded() + feed.control());
        assertEquals(0, feed.rejected());
        assertEquals(0, feed.gaps());
        assertTrue(summary.tally().requested() > 0, "no bot traded");

        final Engine engine = new Engine();
        final ReplayResult replay = new Replayer(directory, engine, ReplayOptions.all()).run();
        assertNull(replay.divergence());
        assertTrue(replay.verified());
        assertEquals(summary.stateHash(), replay.stateHash());
        assertSameBook(expected, engine);
        replayInOtherProcesses(String.format("%016x", summary.stateHash()));
    }

    private RunSummary runThrough(final Path recording) throws IOException
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSource(recording, SimulatorConfig.MAX_SPEED)))
        {
            final LockstepConfig demo =
                DemoConfig.of(directory, 0, 1, simulator.addresses(), simulator.symbols(), "a test");
            final LockstepConfig config = new LockstepConfig(
                demo.journal(), demo.engine(), demo.venues(), demo.accounts(), bots(), null);
            try (LockstepProcess process =
                LockstepProcess.open(config, "test", ReplayProgress.NONE, ex -> ex.printStackTrace()))
            {
                process.start();
                simulator.sourceEnded().toCompletableFuture().orTimeout(240, TimeUnit.SECONDS).join();
                final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
                while (process.decoded() < MESSAGES && System.nanoTime() - deadlineNs < 0)
                {
                    LockSupport.parkNanos(1_000_000);
                }
                return process.stop("end of the recording");
            }
        }
    }

    private static List<LockstepConfig.Bot> bots()
    {
        final List<String> symbols = List.of("binance:BTCUSDT");
        return List.of(
            new LockstepConfig.Bot("cross", "crossover", "paper", symbols, true,
                new TreeMap<>(Map.of("fast", "3", "slow", "8", "barInterval", "10ms"))),
            new LockstepConfig.Bot("maker", "market-maker", "paper", symbols, true,
                new TreeMap<>(Map.of("refreshInterval", "1ms"))),
            new LockstepConfig.Bot("grid", "grid", "paper", symbols, true,
                new TreeMap<>(Map.of("refreshInterval", "1ms", "stepBps", "1"))));
    }

    /**
     * Every level must agree that the feed can know: a snapshot holds the best 1,000 levels of a side, and what lies
     * beyond its last price stays unknown until it changes.
     */
    private void assertSameBook(final ReferenceBook expected, final Engine engine)
    {
        final Market market = engine.markets().find(0);
        final Instrument instrument = market.instrument();
        final OrderBook book = market.book();
        final long[] reach = snapshotReach(pow10(E8 - instrument.priceScale()));
        assertEquals(expected.lastUpdateId(), book.lastUpdateId());
        assertSameLevels("bids", levels(expected.side(true)), levels(book, instrument, true),
            level -> price(level) >= reach[0]);
        assertSameLevels("asks", levels(expected.side(false)), levels(book, instrument, false),
            level -> price(level) <= reach[1]);
    }

    private static void assertSameLevels(
        final String side, final List<String> expected, final List<String> actual, final Predicate<String> isKnown)
    {
        final List<String> missing = new ArrayList<>(expected);
        missing.removeIf(isKnown.negate());
        assertTrue(missing.size() > 50, side + " hold " + missing.size() + " levels within reach of the snapshot");
        missing.removeAll(actual);
        final List<String> extra = new ArrayList<>(actual);
        extra.removeAll(expected);
        assertTrue(missing.isEmpty() && extra.isEmpty(), () -> side + ": of " + expected.size() + " levels " +
            missing.size() + " are missing, the first " + missing.subList(0, Math.min(5, missing.size())) + ", and " +
            extra.size() + " should not be there, the first " + extra.subList(0, Math.min(5, extra.size())));
    }

    private long[] snapshotReach(final long priceFactor)
    {
        final long[] reach = {Long.MAX_VALUE, Long.MIN_VALUE};
        final BookSnapshotDecoder decoder = new BookSnapshotDecoder();
        try (JournalReader reader = new JournalReader(directory))
        {
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
            {
                if (BookSnapshotDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
                {
                    decoder.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                        Frame.version(buffer, offset));
                    for (final BookSnapshotDecoder.LevelsDecoder level : decoder.levels())
                    {
                        final long price = level.price() * priceFactor;
                        final int side = Side.BUY == level.side() ? 0 : 1;
                        reach[side] = 0 == side ? Math.min(reach[0], price) : Math.max(reach[1], price);
                    }
                }
            });
        }
        return reach;
    }

    private static long price(final String level)
    {
        return Long.parseLong(level.substring(0, level.indexOf('x')));
    }

    private static List<String> levels(final Map<Long, Long> side)
    {
        final List<String> levels = new ArrayList<>();
        side.forEach((price, quantity) -> levels.add(price + "x" + quantity));
        return levels;
    }

    private static List<String> levels(final OrderBook book, final Instrument instrument, final boolean bid)
    {
        final long priceFactor = pow10(E8 - instrument.priceScale());
        final long quantityFactor = pow10(E8 - instrument.quantityScale());
        final List<String> levels = new ArrayList<>();
        final int count = bid ? book.bidCount() : book.askCount();
        for (int i = 0; i < count; i++)
        {
            final long price = bid ? book.bidPrice(i) : book.askPrice(i);
            final long quantity = bid ? book.bidQuantity(i) : book.askQuantity(i);
            levels.add(price * priceFactor + "x" + quantity * quantityFactor);
        }
        return levels;
    }

    private static long pow10(final int exponent)
    {
        return (long)Math.pow(10, exponent);
    }

    private void replayInOtherProcesses(final String stateHash) throws Exception
    {
        final String javas = System.getProperty("lockstep.javas", System.getProperty("java.home"));
        for (final String home : javas.split(":"))
        {
            for (int i = 0; i < Integer.getInteger("lockstep.replays", DEFAULT_REPLAYS); i++)
            {
                try (ChildProcess replay =
                    ChildProcess.startOn(Path.of(home), "replay", directory.toString(), "--verify", "--json"))
                {
                    final JsonNode result = replay.json();
                    assertEquals(0, replay.exitCode(), replay::toString);
                    assertTrue(result.path("verified").asBoolean());
                    assertEquals(stateHash, result.path("stateHash").asText());
                }
            }
        }
    }
}
