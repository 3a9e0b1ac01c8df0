package org.lockstep.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.instrument.Decimals;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Text of a price or quantity to its mantissa and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecimalsBenchmark
{
    private static final int SCALE = 5;

    /** The text. */
    @Param({"61837.63000000", "0.02000000"})
    public String text;

    private UnsafeBuffer source;
    private UnsafeBuffer target;
    private long mantissa;

    /** Puts the text where messages lie. */
    @Setup(Level.Trial)
    public void setUp()
    {
        source = new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
        target = new UnsafeBuffer(new byte[Decimals.MAX_FORMATTED_LENGTH]);
        mantissa = parse();
    }

    @Benchmark
    public long parse()
    {
        return Decimals.parse(source, 0, source.capacity(), SCALE);
    }

    @Benchmark
    public int format()
    {
        return Decimals.format(mantissa, SCALE, target, 0);
    }
}
