package org.lockstep.benchmarks.latency;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.lockstep.benchmarks.Settling;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.engine.pipeline.PipelineStats;

/**
 * Latency from tick to bot at a fixed rate, in one process, with the raw limits measured in the same run the same way.
 * Times count from when a message <em>should</em> have been sent, so that a stall is charged to every message it held
 * up (no coordinated omission).
 * <p>
 * Plan {@code inline}: the sender's thread runs the engine after each message, which is what the feed-loop thread plan
 * does, and the only fair measurement where cores are few. Plans {@code spin} and {@code backoff}: the engine has its
 * own thread; sender and engine want a core each. Lanes take turns over several rounds, so that noise hits all alike.
 */
public final class TickToBotLatency
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long FULL_SPEED = 100_000_000;
    private static final long WARM_UP_TURN = 20_000;
    private static final long PACED_WARM_UPS_PER_SECOND = 20;
    private static final int PACING = 0;
    private static final int RAW_HOP = 1;
    private static final int RAW_APPEND = 2;
    private static final int JOURNALED_HOP = 3;
    private static final int JOURNALED_HOP_TO_BOT = 4;
    private static final double MAX_P50 = 1.5;
    private static final double MAX_P99 = 2;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

    private final PrintStream out;
    private final long rate;
    private final long durationNs;
    private final int rounds;
    private final long warmMs;
    private final String plan;
    private final long[] rates;
    private final ResultFile result;

    private TickToBotLatency(final PrintStream out, final Options options)
    {
        this.out = out;
        rate = options.number("rate", 100_000, 1, 10_000_000);
        durationNs = options.number("millis", 2_000, 1, 3_600_000) * 1_000_000;
        rounds = (int)options.number("rounds", 5, 1, 1_000);
        warmMs = options.number("warm", Settling.MOST_MS, 1, 3_600_000);
        plan = options.text("plan", "inline");
        rates = Arrays.stream(options.text("rates", "").split(",")).filter(text -> !text.isEmpty())
            .mapToLong(Long::parseLong).toArray();
        result = ResultFile.begin("tick-to-bot", options.text("json", ""));
        options.finish("rate, millis, rounds, warm, plan, rates, json");
        if (!List.of("inline", "spin", "backoff").contains(plan))
        {
            throw new IllegalArgumentException("plan: found '" + plan + "', allowed inline, spin or backoff");
        }
    }

    /**
     * Runs.
     *
     * @param args {@code rate=} messages/s, {@code millis=} per lane and round, {@code rounds=}, {@code warm=}
     *             ms at most at full speed before a lane is timed, {@code plan=}, {@code rates=} further rates with
     *             commas between, one round each, {@code json=} file.
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
     * @return p50 of the journaled hop over the sum of the raw ones, each less what pacing alone costs.
     */
    public static double run(final PrintStream out, final String... args)
    {
        return new TickToBotLatency(out, new Options(args)).measure();
    }

    private double measure()
    {
        out.println(Host.describe());
        out.println("run:  " + rate + " messages/s, " + rounds + " rounds of " + durationNs / 1_000_000 +
            " ms per lane, after at most " + warmMs + " ms at full speed until the compilers rest, plan " + plan);
        final List<Supplier<Lane>> lanes = List.of(Lanes::pacing, Lanes::rawHop, Lanes::rawAppend,
            () -> Lanes.journaledHop(false), () -> Lanes.journaledHopToBot(false), () -> Lanes.journaledHopToBot(true),
            PeerLanes::blocking, PeerLanes::methodWriter);
        final String[] labels = new String[lanes.size()];
        final Histogram[] totals = new Histogram[lanes.size()];
        final long[] bestP50 = new long[lanes.size()];
        final long[] bestP99 = new long[lanes.size()];
        Arrays.fill(bestP50, Long.MAX_VALUE);
        Arrays.fill(bestP99, Long.MAX_VALUE);
        lanes.forEach(this::warmUp);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < totals.length; i++)
            {
                try (Lane lane = lanes.get(i).get())
                {
                    drive(lane, rate);
                    labels[i] = lane.label();
                    if (0 == round)
                    {
                        totals[i] = lane.histogram().copy();
                    }
                    else
                    {
                        totals[i].add(lane.histogram());
                    }
                    bestP50[i] = Math.min(bestP50[i], lane.histogram().getValueAtPercentile(50));
                    bestP99[i] = Math.min(bestP99[i], lane.histogram().getValueAtPercentile(99));
                }
            }
            result.probe();
        }
        printHeader("all rounds");
        printColumns();
        for (int i = 0; i < totals.length; i++)
        {
            print(labels[i], totals[i]);
            result.latency(labels[i], totals[i]);
        }
        tickToBot();
        atFurtherRates(lanes);
        result.setting("ratePerSecond", rate).setting("rounds", rounds).setting("plan", plan)
            .setting("millis", durationNs / 1_000_000);
        result.ratio("ring + journal + bot over Disruptor hop + raw append, p50",
            net(bestP50[JOURNALED_HOP_TO_BOT], bestP50[PACING], bestP50[RAW_HOP] + bestP50[RAW_APPEND]), MAX_P50,
            Better.LOWER);
        // The gentler reading is no target: each figure holds one pacing, so the limit holds two.
        result.metric(labels[JOURNALED_HOP_TO_BOT], "p50OverLimitWithPacing",
            bestP50[JOURNALED_HOP_TO_BOT] / (double)Math.max(1, bestP50[RAW_HOP] + bestP50[RAW_APPEND]));
        result.ratio("ring + journal + bot over Disruptor hop + raw append, p99",
            net(bestP99[JOURNALED_HOP_TO_BOT], bestP50[PACING], bestP99[RAW_HOP] + bestP99[RAW_APPEND]), MAX_P99,
            Better.LOWER);
        result.write();
        return ratio(bestP50);
    }

    private void atFurtherRates(final List<Supplier<Lane>> lanes)
    {
        for (final long further : rates)
        {
            for (final int index : new int[]{RAW_HOP, RAW_APPEND, JOURNALED_HOP_TO_BOT})
            {
                try (Lane lane = lanes.get(index).get())
                {
                    drive(lane, further);
                    final String name = lane.label() + " @ " + further;
                    result.latency(name, lane.histogram()).metric(name, "ratePerSecond", further);
                }
            }
            result.probe();
        }
    }

    private void tickToBot()
    {
        try (Lanes.TickToBot lane = Lanes.tickToBot())
        {
            warmUp(lane);
            lane.reset();
            final PipelineStats meter = lane.pipeline().meter();
            final Histogram warmJournal = meter.latency(PipelineStats.Hop.SOCKET_TO_JOURNAL);
            final Histogram warmBots = meter.latency(PipelineStats.Hop.SOCKET_TO_BOT);
            for (int round = 0; round < rounds; round++)
            {
                drive(lane, rate);
            }
            if (0 != lane.lost())
            {
                throw new IllegalStateException(lane.lost() + " messages did not become frames");
            }
            final Histogram toJournal = meter.latency(PipelineStats.Hop.SOCKET_TO_JOURNAL);
            toJournal.subtract(warmJournal);
            final Histogram toBots = meter.latency(PipelineStats.Hop.SOCKET_TO_BOT);
            toBots.subtract(warmBots);
            printHeader("bookTicker bytes -> decoder -> ring -> journal -> engine -> bot");
            printColumns();
            print("to journal", toJournal);
            print("to bot", lane.histogram());
            print("to end of the frame's work", toBots);
            result.latency("venue bytes to journal", toJournal);
            result.latency("venue bytes to bot", lane.histogram());
        }
    }

    private void warmUp(final Supplier<Lane> factory)
    {
        try (Lane lane = factory.get())
        {
            warmUp(lane);
        }
    }

    /**
     * Has the lane's code compiled before it is timed: at the rate alone that takes seconds, longer than a short run
     * is. Then at the rate, whose polls more often find nothing.
     */
    private void warmUp(final Lane lane)
    {
        Settling.settle(() -> drive(lane, FULL_SPEED, WARM_UP_TURN), warmMs);
        drive(lane, rate, rate / PACED_WARM_UPS_PER_SECOND + 1);
    }

    /** Sends on this thread at the rate; receives here or on another, as the plan says. */
    private void drive(final Lane lane, final long perSecond)
    {
        drive(lane, perSecond, Math.max(1, perSecond * (durationNs / 1_000) / 1_000_000));
    }

    private void drive(final Lane lane, final long perSecond, final long count)
    {
        final boolean isInline = "inline".equals(plan);
        final Receiver receiver = isInline ? null : new Receiver(lane, "spin".equals(plan));
        final long before = lane.received();
        final double intervalNs = SECOND_NS / (double)perSecond;
        final long startNs = System.nanoTime() + 1_000_000;
        for (long i = 0; i < count; i++)
        {
            final long intendedNs = startNs + (long)(i * intervalNs);
            while (System.nanoTime() < intendedNs)
            {
                Thread.onSpinWait();
            }
            lane.send(intendedNs);
            if (isInline)
            {
                lane.poll();
            }
        }
        final long deadlineNs = System.nanoTime() + 30 * SECOND_NS;
        while (lane.received() - before < count)
        {
            if (isInline)
            {
                lane.poll();
            }
            if (System.nanoTime() > deadlineNs)
            {
                throw new IllegalStateException(lane.label() + ": sent " + count + ", arrived " +
                    (lane.received() - before));
            }
            LockSupport.parkNanos(1_000);
        }
        if (null != receiver)
        {
            receiver.stop();
        }
    }

    private double ratio(final long... p50)
    {
        final long floor = p50[PACING];
        final long sum = p50[RAW_HOP] + p50[RAW_APPEND];
        printHeader("journaled hop / (raw Disruptor hop + raw Chronicle append), p50 of each lane's best round");
        for (int i = JOURNALED_HOP; i <= JOURNALED_HOP_TO_BOT; i++)
        {
            out.printf("%-28s %d / (%d + %d) ns = %.2f; each less pacing (%d ns): %.2f%n",
                JOURNALED_HOP == i ? "counting machine" : "engine and bot", p50[i], p50[RAW_HOP], p50[RAW_APPEND],
                p50[i] / (double)sum, floor, net(p50[i], floor, sum));
        }
        return net(p50[JOURNALED_HOP], floor, sum);
    }

    private static double net(final long journaled, final long floor, final long sum)
    {
        return (journaled - floor) / (double)Math.max(1, sum - 2 * floor);
    }

    private void printHeader(final String title)
    {
        out.println();
        out.println(title);
    }

    private void printColumns()
    {
        out.printf("%-38s %8s %8s %8s %8s %8s %10s  %s%n",
            "ns from intended send", "p50", "p90", "p99", "p99.9", "p99.99", "max", "messages");
    }

    private void print(final String label, final Histogram histogram)
    {
        final StringBuilder line = new StringBuilder("%-38s".formatted(label));
        for (final double percentile : PERCENTILES)
        {
            line.append(" %8d".formatted(histogram.getValueAtPercentile(percentile)));
        }
        out.println(line.append(" %10d  %d".formatted(histogram.getMaxValue(), histogram.getTotalCount())));
    }

    /** Polls a lane on a thread of its own. */
    private static final class Receiver
    {
        private final Thread thread;
        private volatile boolean isStopped;
        private volatile RuntimeException failure;

        private Receiver(final Lane lane, final boolean isSpinning)
        {
            final IdleStrategy idle = isSpinning ? BusySpinIdleStrategy.INSTANCE :
                new BackoffIdleStrategy(100, 20, 1_000, 50_000);
            thread = new Thread(() -> run(lane, idle), "receiver");
            thread.start();
        }

        private void run(final Lane lane, final IdleStrategy idle)
        {
            try
            {
                while (!isStopped)
                {
                    idle.idle(lane.poll());
                }
            }
            catch (final RuntimeException ex)
            {
                failure = ex;
            }
        }

        private void stop()
        {
            isStopped = true;
            try
            {
                thread.join();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
            if (null != failure)
            {
                throw failure;
            }
        }
    }
}
