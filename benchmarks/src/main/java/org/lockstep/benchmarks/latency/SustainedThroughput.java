package org.lockstep.benchmarks.latency;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.benchmarks.CountingMachine;
import org.lockstep.benchmarks.Pipeline;
import org.lockstep.benchmarks.RawChronicle;
import org.lockstep.benchmarks.RawDisruptor;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.Settling;
import org.lockstep.benchmarks.peer.BlockingPipeline;
import org.lockstep.benchmarks.peer.MethodWriterLog;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.TimerEncoder;
import org.lockstep.engine.pipeline.InputRing;

/**
 * Frames of 64 bytes a second, as fast as they go, on one thread: through ring, journal and state machine; the limits
 * below that with the same bytes and batch, where neither touches pages ahead; and the pipelines of textbooks. Each
 * round begins with a new file, and each lane's best round counts.
 */
public final class SustainedThroughput
{
    private static final int LENGTH = 64;
    private static final long WARM_UP_FRAMES = 64_000;
    private static final int MEMORY = 1 << 26;
    private static final double OF_RAW = 0.8;
    private static final double MILLIONS = 5;

    private final UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(Frame.MAX_LENGTH));
    private final Map<String, LongUnaryOperator> lanes = new LinkedHashMap<>();
    private final int batch;
    private long sum;

    private SustainedThroughput(final int batch)
    {
        this.batch = batch;
        Frame.writeHeader(frame, 0, LENGTH, TimerEncoder.BLOCK_LENGTH, TimerEncoder.TEMPLATE_ID, FrameSource.PROCESS,
            0, SampleMarket.START_NS, 0, Frame.NULL_INSTRUMENT_ID);
        lanes.put("ring + journal + machine", this::pipeline);
        lanes.put("raw Chronicle append", this::rawChronicle);
        lanes.put("raw Disruptor", this::rawDisruptor);
        lanes.put("memcpy", this::memcpy);
        lanes.put("ArrayBlockingQueue + method writer", this::blocking);
        lanes.put("Chronicle method writer, unbatched", this::methodWriter);
    }

    /**
     * Runs.
     *
     * @param args {@code frames=} of a round, {@code batch=}, {@code rounds=}, {@code warm=} ms at most of
     *             each lane before, {@code json=} file.
     */
    public static void main(final String... args)
    {
        run(System.out, args);
    }

    /**
     * Runs.
     *
     * @param out  takes the report.
     * @param args see {@link #main}.
     * @return our rate over that of the raw append.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final long frames = options.number("frames", 5_000_000, 1, 1_000_000_000);
        final int batch = (int)options.number("batch", 64, 1, 4096);
        final int rounds = (int)options.number("rounds", 5, 1, 1_000);
        final ResultFile result = ResultFile.begin("throughput", options.text("json", ""));
        final long warmMs = options.number("warm", Settling.MOST_MS, 1, 3_600_000);
        options.finish("frames, batch, rounds, warm, json");
        result.setting("frames", frames).setting("batch", batch).setting("rounds", rounds);
        out.println(Host.describe());

        final Map<String, Double> best = new LinkedHashMap<>();
        final SustainedThroughput throughput = new SustainedThroughput(batch);
        final long few = Math.min(frames, WARM_UP_FRAMES) / batch * batch + batch;
        throughput.lanes.values().forEach(lane -> Settling.settle(() -> lane.applyAsLong(few), warmMs));
        for (int round = 0; round < rounds; round++)
        {
            throughput.lanes.forEach((name, lane) ->
            {
                final long count = lane.applyAsLong(Math.max(batch, frames / batch * batch));
                best.merge(name, count * 1.0, Math::max);
            });
            result.probe();
        }
        best.forEach((name, perSecond) ->
        {
            result.metric(name, "perSecond", perSecond);
            out.printf("%-40s %,14.0f frames/s%n", name, perSecond);
        });
        final double ours = best.get("ring + journal + machine");
        final double raw = best.get("raw Chronicle append");
        result.ratio("sustained throughput over raw append, 64 bytes", ours / raw, OF_RAW, Better.HIGHER);
        // What a hop costs is on top of an append, so no pipeline reaches the append alone: this is what it can reach.
        final double limit = 1 / (1 / raw + 1 / best.get("raw Disruptor"));
        result.metric("Disruptor hop, then raw append (the limit)", "perSecond", limit);
        result.ratio("sustained throughput over Disruptor hop + raw append, 64 bytes", ours / limit, OF_RAW,
            Better.HIGHER);
        result.ratio("sustained throughput, 64 bytes, M events/s", ours / 1e6, MILLIONS, Better.HIGHER);
        result.write();
        return ours / raw;
    }

    private long pipeline(final long frames)
    {
        try (Scratch scratch = new Scratch();
            Pipeline pipeline = new Pipeline(scratch.path(), false, new CountingMachine(), System::nanoTime))
        {
            final InputRing ring = pipeline.ring();
            final long startNs = System.nanoTime();
            for (long i = 0; i < frames; i += batch)
            {
                for (int k = 0; k < batch; k++)
                {
                    final long claim = ring.claim();
                    ring.buffer().putBytes(ring.offset(claim), frame, 0, LENGTH);
                    ring.publish(claim);
                }
                pipeline.poll();
            }
            return perSecond(frames, pipeline.meter().inputs(), startNs);
        }
    }

    private long rawChronicle(final long frames)
    {
        try (Scratch scratch = new Scratch(); RawChronicle chronicle = new RawChronicle(scratch.path()))
        {
            final long startNs = System.nanoTime();
            for (long i = 0; i < frames; i += batch)
            {
                for (int k = 0; k < batch; k++)
                {
                    chronicle.stage(frame, 0, LENGTH);
                }
                chronicle.commit();
            }
            return perSecond(frames, frames, startNs);
        }
    }

    private long rawDisruptor(final long frames)
    {
        final RawDisruptor disruptor = new RawDisruptor((buffer, offset, length) -> sum += length);
        final long startNs = System.nanoTime();
        long received = 0;
        for (long i = 0; i < frames; i += batch)
        {
            for (int k = 0; k < batch; k++)
            {
                disruptor.send(frame, 0, LENGTH);
            }
            received += disruptor.poll();
        }
        return perSecond(frames, received, startNs);
    }

    private long memcpy(final long frames)
    {
        final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(MEMORY));
        final long startNs = System.nanoTime();
        int offset = 0;
        for (long i = 0; i < frames; i++)
        {
            memory.putBytes(offset, frame, 0, LENGTH);
            offset = offset + LENGTH & MEMORY - 1;
        }
        sum += memory.getLong(0);
        return perSecond(frames, frames, startNs);
    }

    private long blocking(final long frames)
    {
        try (Scratch scratch = new Scratch();
            BlockingPipeline pipeline = new BlockingPipeline(scratch.path(), timeNs -> sum += timeNs))
        {
            final long startNs = System.nanoTime();
            long received = 0;
            for (long i = 0; i < frames; i += batch)
            {
                for (int k = 0; k < batch; k++)
                {
                    pipeline.send(i);
                }
                received += pipeline.poll();
            }
            return perSecond(frames, received, startNs);
        }
    }

    private long methodWriter(final long frames)
    {
        try (Scratch scratch = new Scratch(); MethodWriterLog log = new MethodWriterLog(scratch.path()))
        {
            final long startNs = System.nanoTime();
            for (long i = 0; i < frames; i++)
            {
                log.writer().quote(i, 6_183_763, 100_000, 0);
            }
            return perSecond(frames, frames, startNs);
        }
    }

    private static long perSecond(final long sent, final long received, final long startNs)
    {
        final long elapsedNs = System.nanoTime() - startNs;
        if (sent != received)
        {
            throw new IllegalStateException("sent " + sent + ", arrived " + received);
        }
        return (long)(sent * 1e9 / elapsedNs);
    }
}
