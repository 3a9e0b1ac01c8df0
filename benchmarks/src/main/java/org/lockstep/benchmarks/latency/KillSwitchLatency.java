package org.lockstep.benchmarks.latency;

import java.io.PrintStream;

import org.HdrHistogram.Histogram;
import org.agrona.ExpandableArrayBuffer;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.SetupFrames;
import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.TimerEncoder;

/**
 * From a KILL_SWITCH_ON frame at the engine's door to the last cancel written to its outputs (and all that is told
 * about it), with open orders on a paper account. The journal and the venue come after.
 */
public final class KillSwitchLatency
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PRICE = 6_000_000;
    private static final long QUANTITY = 10;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(Frame.MAX_LENGTH);
    private final QuoteEncoder quote = new QuoteEncoder();
    private final Engine engine = new Engine(TrivialBot.strategies());
    private long timeNs = SampleMarket.START_NS;
    private long sequence;
    private int cancelCount;

    private KillSwitchLatency()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code orders=} open, {@code rounds=} measured after a tenth as many to warm up,
     *             {@code json=} file.
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
     * @return the median, ns.
     */
    public static long run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final int orders = (int)options.number("orders", 1_000, 1, 50_000);
        final int rounds = (int)options.number("rounds", 2_000, 1, 10_000_000);
        final ResultFile result = ResultFile.begin("kill-switch", options.text("json", ""));
        options.finish("orders, rounds, json");

        out.println(Host.describe());
        final KillSwitchLatency latency = new KillSwitchLatency();
        latency.setUp();
        final Histogram warmUp = new Histogram(3);
        latency.measure(orders, rounds / 10 + 1, warmUp);
        final Histogram histogram = new Histogram(3);
        latency.measure(orders, rounds, histogram);
        out.printf("kill switch, %,d open orders, trip to last cancel written, %,d rounds: " +
            "p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.1f us%n", orders, rounds,
            histogram.getValueAtPercentile(50) / 1e3, histogram.getValueAtPercentile(99) / 1e3,
            histogram.getValueAtPercentile(99.9) / 1e3, histogram.getMaxValue() / 1e3);
        result.setting("orders", orders).setting("rounds", rounds).latency("trip to last cancel written", histogram);
        result.ratio("kill switch, 1,000 open orders, p99 in ms", histogram.getValueAtPercentile(99) / 1e6, 1,
            Better.LOWER).write();
        return histogram.getValueAtPercentile(50);
    }

    private void setUp()
    {
        SetupFrames.forEach((from, offset, length) ->
        {
            buffer.putBytes(0, from, offset, length);
            apply(length);
        });
        command(CommandAction.DEFINE_ACCOUNT, "", 0, "name", "paper", "balance", "1000000000",
            "limits.maxOpenOrders", "none", "limits.maxOrderRate", "none");
        command(CommandAction.SET_LIMITS, "manual", 0, "maxOpenOrders", "none", "maxOrderRate", "none");
    }

    private void measure(final int orders, final int rounds, final Histogram histogram)
    {
        for (int round = 0; round < rounds; round++)
        {
            quote();
            for (int i = 0; i < orders; i++)
            {
                command(CommandAction.SUBMIT_ORDER, "", PRICE - 1 - i % 1_000);
            }
            pass();
            cancelCount = 0;
            final int length = encode(CommandAction.KILL_SWITCH_ON, "", 0);
            final long startNs = System.nanoTime();
            engine.onInput(buffer, 0, length);
            histogram.recordValue(System.nanoTime() - startNs);
            drain();
            if (orders != cancelCount)
            {
                throw new IllegalStateException(cancelCount + " of " + orders + " orders were cancelled");
            }
            command(CommandAction.KILL_SWITCH_OFF, "", 0);
            pass();
        }
    }

    private void quote()
    {
        quote.wrap(buffer, Frame.HEADER_LENGTH).bidPrice(PRICE).bidQuantity(1).askPrice(PRICE + 1).askQuantity(1)
            .updateId(0);
        header(quote.encodedLength(), QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID);
        apply(Frame.HEADER_LENGTH + quote.encodedLength());
    }

    /** Long enough for requests to arrive and for reports to come back. */
    private void pass()
    {
        for (int i = 0; i < 2; i++)
        {
            timeNs += SECOND_NS;
            header(0, TimerEncoder.BLOCK_LENGTH, TimerEncoder.TEMPLATE_ID);
            apply(Frame.HEADER_LENGTH);
        }
    }

    private void command(final CommandAction action, final String name, final long price, final String... texts)
    {
        apply(encode(action, name, price, texts));
    }

    private int encode(final CommandAction action, final String name, final long price, final String... texts)
    {
        final CommandEncoder encoder = new CommandEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).action(action).botId(-1).accountId(-1).orderId(0).price(price)
            .quantity(QUANTITY).side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC).stopPrice(0);
        final CommandEncoder.ParametersEncoder parameters = encoder.parametersCount(texts.length / 2);
        for (int i = 0; i < texts.length; i += 2)
        {
            parameters.next().key(texts[i]).value(texts[i + 1]);
        }
        encoder.user("bench").requestId("").botName(name);
        return header(encoder.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID);
    }

    private int header(final int bodyLength, final int blockLength, final int templateId)
    {
        final int length = Frame.HEADER_LENGTH + bodyLength;
        Frame.writeHeader(buffer, 0, length, blockLength, templateId, FrameSource.PROCESS, 0, timeNs, 0,
            SampleMarket.INSTRUMENT.id());
        return length;
    }

    private void apply(final int length)
    {
        Frame.sequence(buffer, 0, sequence++);
        engine.onInput(buffer, 0, length);
        drain();
    }

    private void drain()
    {
        engine.outputs().forEach((from, offset, length) ->
            cancelCount += CancelRequestedDecoder.TEMPLATE_ID == Frame.templateId(from, offset) ? 1 : 0);
        engine.outputs().clear();
    }
}
