package org.lockstep.benchmarks.latency.wire;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * A bot of a real process that notes when each tick reached it, and answers marked ones as {@link WireBot} does. It
 * reads a clock, which no strategy of an engine that is to be replayed may do, and decides nothing by it.
 */
public final class FirstTicksBot implements Strategy
{
    /** Its name in a configuration. */
    public static final String NAME = "first-ticks";
    /** System property that names the file written at the stop: {@link System#nanoTime} of each tick, a line each. */
    public static final String FILE = "lockstep.firstTicks";

    private static final int CAPACITY = 1 << 20;
    private static final long QUANTITY = 100_000;

    private final long[] timesNs = new long[CAPACITY];
    private int count;

    private FirstTicksBot()
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
        timesNs[count++ & CAPACITY - 1] = System.nanoTime();
        if (0 != (top.askQuantity() & 1))
        {
            context.submit(instrumentId, Side.BUY, OrderType.LIMIT, TimeInForce.IOC, top.bidPrice(), QUANTITY);
        }
    }

    @Override
    public void onStop(final StrategyContext context)
    {
        final String file = System.getProperty(FILE);
        if (null != file)
        {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(file))))
            {
                for (int i = 0; i < Math.min(count, CAPACITY); i++)
                {
                    out.println(timesNs[i]);
                }
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
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
            return "Notes when ticks reach it, and answers marked ones.";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return new FirstTicksBot();
        }
    }
}
