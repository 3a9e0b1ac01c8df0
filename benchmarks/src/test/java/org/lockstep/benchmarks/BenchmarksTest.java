package org.lockstep.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.benchmarks.latency.ClientFanOut;
import org.lockstep.benchmarks.latency.ClientIsolation;
import org.lockstep.benchmarks.latency.ConnectFlood;
import org.lockstep.benchmarks.latency.KillSwitchLatency;
import org.lockstep.benchmarks.latency.LongRun;
import org.lockstep.benchmarks.latency.ReplayThroughput;
import org.lockstep.benchmarks.latency.SustainedThroughput;
import org.lockstep.benchmarks.latency.TickToBotLatency;
import org.lockstep.benchmarks.latency.feed.FeedHandling;
import org.lockstep.benchmarks.latency.wire.WireToOrderLatency;
import org.lockstep.benchmarks.micro.AppendBenchmark;
import org.lockstep.benchmarks.micro.DecimalsBenchmark;
import org.lockstep.benchmarks.micro.DecodeBenchmark;
import org.lockstep.benchmarks.micro.HopBenchmark;
import org.lockstep.benchmarks.micro.OrderBookBenchmark;
import org.lockstep.benchmarks.micro.ReadBenchmark;
import org.lockstep.benchmarks.peers.BacktestPeers;
import org.lockstep.benchmarks.peers.ManyBots;
import org.lockstep.benchmarks.peers.MatchingPeers;
import org.lockstep.engine.Engine;
import org.lockstep.engine.state.StateYaml;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs everything once, small, so that no benchmark rots; asserts on what was done, never on how fast. */
class BenchmarksTest
{
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource(VenueMessages.Kind.class)
    void shouldPublishOneFramePerMessageWhenDecoding(final VenueMessages.Kind kind)
    {
        final DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.kind = kind;
        benchmark.setUp();

        final long before = benchmark.decode();
        final long after = benchmark.decode();

        assertEquals(before + 1, after);
        benchmark.check();
    }

    @Test
    void shouldBringEveryMessageToEveryClient()
    {
        final ByteArrayOutputStream report = new ByteArrayOutputStream();

        final double perSecond = ClientFanOut.run(new PrintStream(report, true, StandardCharsets.UTF_8),
            "clients=10", "symbols=3", "messages=20", "rate=50", "rounds=1", "node=0");

        assertTrue(perSecond > 0, "deliveries a second");
        assertTrue(report.toString(StandardCharsets.UTF_8).contains("gateway / bare Netty"), report.toString());
    }

    @Test
    void shouldTimeTicksInAllCompanyWhenMeasuringIsolation()
    {
        final ByteArrayOutputStream report = new ByteArrayOutputStream();

        final double ratio = ClientIsolation.run(new PrintStream(report, true, StandardCharsets.UTF_8),
            "clients=10", "symbols=3", "rate=100", "seconds=1", "rounds=1");

        assertTrue(ratio > 0, report.toString(StandardCharsets.UTF_8));
        assertTrue(report.toString(StandardCharsets.UTF_8).contains("0 ticks found the ring full"), report.toString());
    }

    @Test
    void shouldAnswerEveryConnectWhenMeasuringFloods()
    {
        final double perSecond = ConnectFlood.run(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), "connects=100", "rounds=1");

        assertTrue(perSecond > 0, "connects a second");
    }

    @Test
    void shouldParseTheTextWhenBenchmarkingDecimals()
    {
        final DecimalsBenchmark benchmark = new DecimalsBenchmark();
        benchmark.text = "61837.63000000";
        benchmark.setUp();

        assertEquals(6_183_763_000L, benchmark.parse());
        assertEquals("61837.63000".length(), benchmark.format());
    }

    @Test
    void shouldCompleteTheBookWhenBenchmarkingDeltas()
    {
        final OrderBookBenchmark benchmark = new OrderBookBenchmark();
        benchmark.setUp();

        for (int i = 0; i < 10_000; i++)
        {
            assertTrue(benchmark.applyDelta(), "delta " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void shouldPassEveryFrameWhenBenchmarkingHops(final int batch)
    {
        final HopBenchmark benchmark = new HopBenchmark();
        final HopBenchmark.DisruptorState disruptor = new HopBenchmark.DisruptorState();
        final HopBenchmark.ChronicleState chronicle = new HopBenchmark.ChronicleState();
        final HopBenchmark.PipelineState pipeline = new HopBenchmark.PipelineState();
        final HopBenchmark.EngineState engine = new HopBenchmark.EngineState();
        disruptor.batch = batch;
        chronicle.batch = batch;
        pipeline.batch = batch;
        engine.batch = batch;
        disruptor.setUp();
        chronicle.setUp();
        pipeline.setUp();
        engine.setUp();

        long sum = 0;
        int run = 0;
        int runByEngine = 0;
        for (int i = 0; i < 10 * batch; i++)
        {
            sum = benchmark.rawDisruptor(disruptor);
            assertEquals(88, benchmark.rawChronicle(chronicle));
            run += benchmark.journaledHop(pipeline);
            runByEngine += benchmark.journaledHopToBot(engine);
        }

        assertEquals(10L * batch * SampleMarket.START_NS, sum);
        assertEquals(10 * batch, run);
        assertEquals(10 * batch, runByEngine);
        assertEquals(10L * batch, engine.seen());
        disruptor.tearDown();
        chronicle.tearDown();
        pipeline.tearDown();
        engine.tearDown();
    }

    @ParameterizedTest
    @EnumSource(AppendBenchmark.Target.class)
    void shouldCountEveryFrameWhenBenchmarkingAppends(final AppendBenchmark.Target target)
    {
        final AppendBenchmark benchmark = new AppendBenchmark();
        benchmark.target = target;
        benchmark.batch = 16;
        for (int iteration = 0; iteration < 2; iteration++)
        {
            benchmark.setUp();

            for (int i = 1; i <= 100; i++)
            {
                assertEquals(i, benchmark.append());
            }
            benchmark.tearDown();
        }
    }

    @Test
    void shouldShowTheBotEveryMarketFrameWhenRecordingAndReplaying()
    {
        try (Scratch scratch = new Scratch())
        {
            RecordedJournal.record(scratch.path(), 20_000, 16);
            final Engine engine = new Engine(TrivialBot.strategies());

            new Replayer(scratch.path(), engine, ReplayOptions.all()).run();

            final StateYaml state = new StateYaml();
            engine.describe(state);
            // The snapshot and every one of the frames: an ignored delta would make replay look fast.
            assertTrue(state.toString().contains("count: 20001"), state.toString());
        }
    }

    @Test
    void shouldCancelEveryOrderWhenTheKillSwitchIsMeasured()
    {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();

        KillSwitchLatency.run(new PrintStream(text, true, StandardCharsets.UTF_8), "orders=20", "rounds=5");

        assertTrue(text.toString(StandardCharsets.UTF_8).contains("kill switch, 20 open orders"));
    }

    @Test
    void shouldSeeAnOrderOfEveryTickWhenMeasuringTheWire()
    {
        final double ratio =
            WireToOrderLatency.run(out, "rates=200", "millis=100", "rounds=1", "warm=0", "strict=0");

        final String report = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(ratio > 0, report);
        assertTrue(report.contains("tick to order                   20"), report);
    }

    @Test
    void shouldSeeEveryTradeInAClientProcess() throws Exception
    {
        final Map<String, Long> trades =
            FeedHandling.run(out, "clients=netty,lockstep,lockstep-journal", "millis=100", "rate=1000");

        assertEquals(Map.of("netty", 24L, "lockstep", 24L, "lockstep-journal", 24L), trades,
            bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    @Tag("slow")
    void shouldBringTheSameTradesToThisFeedAndToXChange() throws Exception
    {
        final Map<String, Long> trades =
            FeedHandling.run(out, "clients=lockstep,xchange", "millis=100", "rate=1000");

        assertEquals(Map.of("lockstep", 24L, "xchange", 24L), trades, bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldRefuseFiguresWhenTheEngineDidNoWork()
    {
        final Engine engine = new Engine(TrivialBot.strategies());
        SetupFrames.forEach(engine::onInput);

        assertThrows(IllegalStateException.class, () -> Working.check(engine));
    }

    @Test
    void shouldReplayWhatWasRecordedWhenBenchmarkingReads()
    {
        final ReadBenchmark benchmark = new ReadBenchmark();
        benchmark.frames = 5_000;
        benchmark.batch = 16;
        benchmark.setUp();

        final ReplayResult counted = benchmark.replayCounting();
        assertTrue(counted.inputs() > 5_000);
        assertEquals(counted.inputs() + counted.outputs(), benchmark.tail());
        assertEquals(counted.inputs(), benchmark.replayEngine().inputs());
        benchmark.tearDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "backoff"})
    void shouldReportEveryLaneWhenMeasuringLatency(final String plan)
    {
        TickToBotLatency.run(out, "rate=10000", "millis=20", "rounds=1", "warm=1", "plan=" + plan);

        final String report = bytes.toString(StandardCharsets.UTF_8);
        for (final String label : List.of("pacing", "raw Disruptor hop", "raw Chronicle append",
            "journaled hop to bot", "to journal", "to bot", "counting machine"))
        {
            assertTrue(report.contains(label), label + " is missing in " + report);
        }
    }

    @Test
    void shouldBringEveryFrameThroughEveryPipelineWhenMeasuringThroughput()
    {
        assertTrue(SustainedThroughput.run(out, "frames=20000", "rounds=1", "warm=1") > 0);

        final String report = bytes.toString(StandardCharsets.UTF_8);
        for (final String lane : List.of("ring + journal", "raw Chronicle", "raw Disruptor", "memcpy",
            "ArrayBlockingQueue", "method writer"))
        {
            assertTrue(report.contains(lane), lane + " is missing in " + report);
        }
    }

    @Test
    void shouldVerifyWhenMeasuringReplay()
    {
        assertTrue(ReplayThroughput.run(out, "frames=100000", "runs=1") > 0);
    }

    @Test
    void shouldTradeAtTheSameBarsAsThePeerWhenBacktesting()
    {
        assertTrue(BacktestPeers.run(out, "bars=20000", "rounds=1", "millis=0") > 100, "trades");
    }

    @Test
    void shouldExecuteTheSameOrdersAsThePeerWhenMatching()
    {
        final long fills = MatchingPeers.run(out, "commands=5000", "symbols=5", "rounds=1", "millis=0",
            "wait=YIELDING");

        final String report = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(fills > 100, "executions: " + fills);
        assertTrue(report.contains("engine with paper account / exchange-core, 5 symbols"), report);
    }

    @Test
    void shouldKeepABotSmallWhenThereAreMany()
    {
        final double bytes = ManyBots.run(out, "events=10000", "rounds=1", "bots=200", "symbols=10");

        assertTrue(bytes > 100 && bytes < 20 * 1024, "bytes a bot: " + bytes);
    }

    @Test
    void shouldAllocateNextToNothingPerEventWhenRunningLong()
    {
        assertTrue(LongRun.run(out, "events=200000") < 1.0, bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayWhatIsAllowedWhenAnOptionIsWrong()
    {
        final IllegalArgumentException unknown =
            assertThrows(IllegalArgumentException.class, () -> LongRun.run(out, "event=5"));
        final IllegalArgumentException bad =
            assertThrows(IllegalArgumentException.class, () -> LongRun.run(out, "events=many"));

        assertTrue(unknown.getMessage().contains("events, batch"), unknown.getMessage());
        assertTrue(bad.getMessage().contains("'many'"), bad.getMessage());
    }

    @Test
    void shouldListEveryBenchmarkWhenJmhLooksForThem() throws Exception
    {
        final String list;
        try (InputStream stream = getClass().getResourceAsStream("/META-INF/BenchmarkList"))
        {
            assertNotNull(stream, "the annotation processor of JMH did not run");
            list = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }

        for (final Class<?> type : List.of(AppendBenchmark.class, DecimalsBenchmark.class,
            DecodeBenchmark.class, HopBenchmark.class, OrderBookBenchmark.class, ReadBenchmark.class))
        {
            assertTrue(list.contains(type.getName()), type.getName());
        }
    }
}
