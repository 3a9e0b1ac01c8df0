package org.lockstep.benchmarks.latency;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * A bot of a real process that notes when it saw each tick: the first one's time, and how long each took from the
 * socket to it. It reads a clock, which no strategy of an engine that is to be replayed may do, and decides nothing.
 */
public final class FirstTicks implements Strategy
{
    /** Its name in a configuration. */
    public static final String NAME = "first-ticks";
    /** System property that names the file it writes when it is stopped. */
    public static final String FILE = "lockstep.firstTicks";

    private static final int CAPACITY = 1 << 17;
    private static final long MAX_AGE_NS = 10_000_000_000L;

    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final long[] latenciesNs = new long[CAPACITY];
    private long firstNs;
    private int count;

    private FirstTicks()
    {
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        // Waits for ticks.
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        final long latencyNs = clock.nanoTime() - context.timeNs();
        if (latencyNs < MAX_AGE_NS && count < CAPACITY)
        {
            firstNs = 0 == count ? context.timeNs() : firstNs;
            latenciesNs[count++] = latencyNs;
        }
    }

    @Override
    public void onStop(final StrategyContext context)
    {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(System.getProperty(FILE)))))
        {
            out.println(firstNs);
            for (int i = 0; i < count; i++)
            {
                out.println(latenciesNs[i]);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("stateless", true);
    }

    /** Makes it, for the service loader. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public String summary()
        {
            return "Notes when ticks reach it.";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return new FirstTicks();
        }
    }
}
