package org.lockstep.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusEncoder;
import org.lockstep.engine.event.codec.HistoricalBarEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderCanceledEncoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.SessionStoppingEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.TimerEncoder;
import org.lockstep.engine.event.codec.TradeEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.InstrumentFrame;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * An engine fed with frames by hand. BTCUSDT has price scale 2, quantity scale 5, tick 0.01, lot 0.00001; prices and
 * quantities in tests are mantissas.
 */
public final class EngineFixture
{
    public static final Instrument BTC_USDT = new Instrument(0, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", 2, 5,
        1, 1, 1, 900_000_000L, 0, InstrumentStatus.TRADING);
    public static final Instrument ETH_USDT = new Instrument(1, Venue.BINANCE, "ETHUSDT", "ETH", "USDT", 2, 4,
        1, 1, 1, 90_000_000L, 500_000_000L, InstrumentStatus.TRADING);
    public static final long START_NS = 1_700_000_000_000_000_000L;
    public static final long MS = 1_000_000L;
    public static final long SECOND = 1_000_000_000L;
    public static final String BOT = "probe-bot";

    private static final int BUFFER_LENGTH = 4096;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final List<byte[]> outputs = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final ProbeStrategy probe = new ProbeStrategy();
    private final Engine engine;
    private long timeNs = START_NS;
    private long sequence;
    private boolean recording = true;

    private final QuoteEncoder quote = new QuoteEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final HistoricalBarEncoder bar = new HistoricalBarEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BookDeltaEncoder delta = new BookDeltaEncoder();

    private EngineFixture(final StrategyFactory... factories)
    {
        final List<StrategyFactory> all = new ArrayList<>(Strategies.load().all());
        all.add(new ProbeFactory(probe));
        all.addAll(List.of(factories));
        engine = new Engine(new Strategies(all));
    }

    public static EngineFixture anEngine(final StrategyFactory... factories)
    {
        return new EngineFixture(factories);
    }

    /** Session, two instruments and a paper account with 1 ms latency there and back, fees of 1 and 5 bps. */
    public EngineFixture start(final String... accountTexts)
    {
        sessionStarted(1, 0);
        define(BTC_USDT);
        define(ETH_USDT);
        final String[] texts = new String[accountTexts.length + 8];
        System.arraycopy(new String[]{"name", "paper", "latencyNs", "500000", "makerFeeBps", "1", "takerFeeBps", "5"},
            0, texts, 0, 8);
        System.arraycopy(accountTexts, 0, texts, 8, accountTexts.length);
        command(CommandAction.DEFINE_ACCOUNT, "", texts);
        return this;
    }

    /** A running bot whose strategy does what tests tell {@link #probe()} to do. */
    public EngineFixture withProbe(final String... texts)
    {
        final String[] all = new String[texts.length + 6];
        System.arraycopy(new String[]{"strategy", "probe", "account", "paper", "symbols", "BTCUSDT,ETHUSDT"},
            0, all, 0, 6);
        System.arraycopy(texts, 0, all, 6, texts.length);
        command(CommandAction.DEFINE_BOT, BOT, all);
        command(CommandAction.START_BOT, BOT);
        return this;
    }

    // --------------------------------------------------------------------------------------------------- inputs

    public EngineFixture sessionStarted(final long epoch, final long stateHashIntervalNs)
    {
        final SessionStartedEncoder encoder = new SessionStartedEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).epoch(epoch).seed(42)
            .stateHashIntervalNs(stateHashIntervalNs).journalId(0).build("test");
        return send(encoder.encodedLength(), SessionStartedEncoder.BLOCK_LENGTH, SessionStartedEncoder.TEMPLATE_ID, -1);
    }

    public EngineFixture sessionStopping()
    {
        final SessionStoppingEncoder encoder = new SessionStoppingEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).reason("test");
        return send(
            encoder.encodedLength(), SessionStoppingEncoder.BLOCK_LENGTH, SessionStoppingEncoder.TEMPLATE_ID, -1);
    }

    public EngineFixture define(final Instrument instrument)
    {
        final int length =
            InstrumentFrame.encode(instrument, buffer, 0, FrameSource.venueLine(1, 0), timeNs, 0);
        return deliver(length);
    }

    public EngineFixture command(final CommandAction action, final String name, final String... texts)
    {
        return command(action, name, "", -1, 0, texts);
    }

    public EngineFixture request(
        final CommandAction action, final String name, final String requestId, final String... texts)
    {
        return command(action, name, requestId, -1, 0, texts);
    }

    public EngineFixture command(
        final CommandAction action,
        final String name,
        final CharSequence requestId,
        final int accountId,
        final long orderId,
        final String... texts)
    {
        final CommandEncoder encoder = new CommandEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).action(action).botId(-1).accountId(accountId).orderId(orderId)
            .price(0).quantity(0).side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL)
            .stopPrice(0);
        final CommandEncoder.ParametersEncoder parameters = encoder.parametersCount(texts.length / 2);
        for (int i = 0; i < texts.length; i += 2)
        {
            parameters.next().key(texts[i]).value(texts[i + 1]);
        }
        encoder.user("tester").requestId(requestId.toString()).botName(name);
        return send(encoder.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID, -1);
    }

    public EngineFixture manualOrder(
        final Instrument instrument, final Side side, final OrderType type, final long price, final long quantity)
    {
        final CommandEncoder encoder = new CommandEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).action(CommandAction.SUBMIT_ORDER).botId(-1).accountId(-1).orderId(0)
            .price(price).quantity(quantity).side(side).orderType(type)
            .timeInForce(OrderType.MARKET == type ? TimeInForce.IOC : TimeInForce.GTC).stopPrice(0);
        encoder.parametersCount(0);
        encoder.user("tester").requestId("").botName("");
        return send(
            encoder.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID, instrument.id());
    }

    /** An emulated order of a person. */
    public EngineFixture manualAlgo(
        final Instrument instrument, final Side side, final long quantity, final String... texts)
    {
        final CommandEncoder encoder = new CommandEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).action(CommandAction.SUBMIT_ORDER).botId(-1).accountId(-1).orderId(0)
            .price(0).quantity(quantity).side(side).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL)
            .stopPrice(0);
        final CommandEncoder.ParametersEncoder parameters = encoder.parametersCount(texts.length / 2);
        for (int i = 0; i < texts.length; i += 2)
        {
            parameters.next().key(texts[i]).value(texts[i + 1]);
        }
        encoder.user("tester").requestId("").botName("");
        return send(
            encoder.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID, instrument.id());
    }

    public EngineFixture quote(final Instrument instrument, final long bid, final long ask)
    {
        return quote(instrument, bid, 100_000, ask, 100_000);
    }

    public EngineFixture quote(
        final Instrument instrument, final long bid, final long bidQuantity, final long ask, final long askQuantity)
    {
        return quote(instrument, 0, bid, bidQuantity, ask, askQuantity);
    }

    public EngineFixture quote(
        final Instrument instrument,
        final int updateId,
        final long bid,
        final long bidQuantity,
        final long ask,
        final long askQuantity)
    {
        quote.wrap(buffer, Frame.HEADER_LENGTH).bidPrice(bid).bidQuantity(bidQuantity)
            .askPrice(ask).askQuantity(askQuantity).updateId(updateId);
        return send(quote.encodedLength(), QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID, instrument.id());
    }

    public EngineFixture trade(
        final Instrument instrument, final long price, final long quantity, final Side aggressor)
    {
        trade.wrap(buffer, Frame.HEADER_LENGTH).price(price).quantity(quantity).tradeId(-1).aggressor(aggressor);
        return send(trade.encodedLength(), TradeEncoder.BLOCK_LENGTH, TradeEncoder.TEMPLATE_ID, instrument.id());
    }

    /** A minute of the past; it begins where the clock is, which goes to its end. */
    public EngineFixture bar(
        final Instrument instrument,
        final long open,
        final long high,
        final long low,
        final long close,
        final long volume)
    {
        final long openTimeNs = timeNs;
        timeNs += Intervals.lengthNs(BarInterval.M1);
        return bar(instrument, BarInterval.M1, openTimeNs, open, high, low, close, volume);
    }

    /** A bar of the past that comes now. */
    public EngineFixture bar(
        final Instrument instrument,
        final BarInterval interval,
        final long openTimeNs,
        final long open,
        final long high,
        final long low,
        final long close,
        final long volume)
    {
        return bar(instrument, interval, openTimeNs, open, high, low, close, volume, YesNo.NO);
    }

    /** A bar of the past that comes now, and whether another one of now follows. */
    public EngineFixture bar(
        final Instrument instrument,
        final BarInterval interval,
        final long openTimeNs,
        final long open,
        final long high,
        final long low,
        final long close,
        final long volume,
        final YesNo hasMore)
    {
        bar.wrap(buffer, Frame.HEADER_LENGTH).openTimeNs(openTimeNs).openPrice(open).highPrice(high).lowPrice(low)
            .closePrice(close).volume(volume).tradeCount(0).interval(interval).hasMore(hasMore);
        return send(
            bar.encodedLength(), HistoricalBarEncoder.BLOCK_LENGTH, HistoricalBarEncoder.TEMPLATE_ID, instrument.id());
    }

    /** Levels are given as price, quantity, price, quantity. */
    public EngineFixture book(final Instrument instrument, final long[] bids, final long[] asks)
    {
        return book(instrument, 0, bids, asks);
    }

    public EngineFixture book(final Instrument instrument, final int updateId, final long[] bids, final long[] asks)
    {
        snapshot.wrap(buffer, Frame.HEADER_LENGTH).updateId(updateId).first(YesNo.YES).last(YesNo.YES);
        final BookSnapshotEncoder.LevelsEncoder levels = snapshot.levelsCount((bids.length + asks.length) / 2);
        for (int i = 0; i < bids.length; i += 2)
        {
            levels.next().price(bids[i]).quantity(bids[i + 1]).side(Side.BUY);
        }
        for (int i = 0; i < asks.length; i += 2)
        {
            levels.next().price(asks[i]).quantity(asks[i + 1]).side(Side.SELL);
        }
        return send(snapshot.encodedLength(), BookSnapshotEncoder.BLOCK_LENGTH, BookSnapshotEncoder.TEMPLATE_ID,
            instrument.id());
    }

    public EngineFixture level(final Instrument instrument, final Side side, final long price, final long quantity)
    {
        delta.wrap(buffer, Frame.HEADER_LENGTH).firstUpdateId(0).lastUpdateId(0).last(YesNo.YES);
        delta.levelsCount(1).next().price(price).quantity(quantity).side(side);
        return send(
            delta.encodedLength(), BookDeltaEncoder.BLOCK_LENGTH, BookDeltaEncoder.TEMPLATE_ID, instrument.id());
    }

    public EngineFixture feed(final Instrument instrument, final FeedState state)
    {
        final FeedStatusEncoder encoder = new FeedStatusEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).venueId(1).state(state).lastUpdateId(0).reason("test");
        return send(encoder.encodedLength(), FeedStatusEncoder.BLOCK_LENGTH, FeedStatusEncoder.TEMPLATE_ID,
            null == instrument ? -1 : instrument.id());
    }

    public EngineFixture filled(
        final long orderId, final long tradeId, final Instrument instrument, final long price, final long quantity)
    {
        final OrderFilledEncoder encoder = new OrderFilledEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).causeSequence(-1).orderId(orderId).venueOrderId(77).tradeId(tradeId)
            .price(price).quantity(quantity).cumulativeQuantity(0).fee(0).botId(-1).accountId(-1)
            .side(Side.BUY).liquidity(Liquidity.TAKER)
            .feeAmount(0).cause(ReconcileCause.NULL_VAL).feeAsset("").clientOrderId("");
        return send(encoder.encodedLength(), OrderFilledEncoder.BLOCK_LENGTH, OrderFilledEncoder.TEMPLATE_ID,
            instrument.id());
    }

    public EngineFixture canceled(final long orderId, final Instrument instrument)
    {
        final OrderCanceledEncoder encoder = new OrderCanceledEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).causeSequence(-1).orderId(orderId).remainingQuantity(0)
            .botId(-1).accountId(-1).reason("test");
        return send(encoder.encodedLength(), OrderCanceledEncoder.BLOCK_LENGTH, OrderCanceledEncoder.TEMPLATE_ID,
            instrument.id());
    }

    /** Any other frame: its message is encoded into the buffer behind the header. */
    public EngineFixture frame(
        final ToIntFunction<MutableDirectBuffer> encode,
        final int blockLength,
        final int templateId,
        final Instrument instrument)
    {
        return send(encode.applyAsInt(buffer), blockLength, templateId, null == instrument ? -1 : instrument.id());
    }

    /** Lets time pass, with the Timer frame a driver would send. */
    public EngineFixture after(final long durationNs)
    {
        timeNs += durationNs;
        return send(0, TimerEncoder.BLOCK_LENGTH, TimerEncoder.TEMPLATE_ID, -1);
    }

    /** Moves the clock without a frame. */
    public EngineFixture pass(final long durationNs)
    {
        timeNs += durationNs;
        return this;
    }

    public EngineFixture unknownFrame()
    {
        return send(8, 8, 999, -1);
    }

    public EngineFixture replay(final byte[] frame)
    {
        buffer.putBytes(0, frame);
        engine.onInput(buffer, 0, frame.length);
        drain();
        return this;
    }

    public EngineFixture withoutRecording()
    {
        recording = false;
        return this;
    }

    // ------------------------------------------------------------------------------------------------- strategy

    public ProbeStrategy probe()
    {
        return probe;
    }

    /** Acts as the probe's strategy, from within its next callback (a quote that changes nothing else). */
    public long act(final Action action)
    {
        probe.next = action;
        trade(ETH_USDT, 300_000, 1, Side.BUY);
        return probe.result;
    }

    public long submit(
        final Instrument instrument, final Side side, final OrderType type, final long price, final long quantity)
    {
        return act(context -> context.submit(instrument.id(), side, type,
            OrderType.MARKET == type ? TimeInForce.IOC : TimeInForce.GTC, price, quantity));
    }

    public long submit(
        final Instrument instrument, final Side side, final TimeInForce timeInForce, final long price, final long lots)
    {
        return act(context -> context.submit(instrument.id(), side, OrderType.LIMIT, timeInForce, price, lots));
    }

    // -------------------------------------------------------------------------------------------------- queries

    public Engine engine()
    {
        return engine;
    }

    public long timeNs()
    {
        return timeNs;
    }

    public Bot bot()
    {
        return engine.bots().byName(BOT);
    }

    public Order order(final long orderId)
    {
        return engine.orders().find(orderId);
    }

    public Position position(final Instrument instrument)
    {
        return bot().risk().holdings().position(instrument.id());
    }

    public List<byte[]> outputs()
    {
        return outputs;
    }

    public List<byte[]> inputs()
    {
        return inputs;
    }

    public void clearOutputs()
    {
        outputs.clear();
    }

    public int count(final int templateId)
    {
        return all(templateId).size();
    }

    public List<DirectBuffer> all(final int templateId)
    {
        final List<DirectBuffer> found = new ArrayList<>();
        for (final byte[] frame : outputs)
        {
            final UnsafeBuffer view = new UnsafeBuffer(frame);
            if (Frame.templateId(view, 0) == templateId)
            {
                found.add(view);
            }
        }
        return found;
    }

    public DirectBuffer last(final int templateId)
    {
        final List<DirectBuffer> found = all(templateId);
        if (found.isEmpty())
        {
            throw new AssertionError("no output of template " + templateId);
        }
        return found.get(found.size() - 1);
    }

    public RejectReason lastReject()
    {
        final OrderRejectedDecoder decoder = new OrderRejectedDecoder();
        decoder.wrap(last(OrderRejectedDecoder.TEMPLATE_ID), Frame.HEADER_LENGTH, OrderRejectedDecoder.BLOCK_LENGTH, 1);
        return RejectReason.byCode(decoder.code());
    }

    public BotStatusDecoder lastStatus()
    {
        final BotStatusDecoder decoder = new BotStatusDecoder();
        decoder.wrap(last(BotStatusDecoder.TEMPLATE_ID), Frame.HEADER_LENGTH, BotStatusDecoder.BLOCK_LENGTH, 1);
        return decoder;
    }

    public OrderFilledDecoder lastFill()
    {
        final OrderFilledDecoder decoder = new OrderFilledDecoder();
        decoder.wrap(last(OrderFilledDecoder.TEMPLATE_ID), Frame.HEADER_LENGTH, OrderFilledDecoder.BLOCK_LENGTH, 1);
        return decoder;
    }

    public AlertDecoder lastAlert()
    {
        final AlertDecoder decoder = new AlertDecoder();
        decoder.wrap(last(AlertDecoder.TEMPLATE_ID), Frame.HEADER_LENGTH, AlertDecoder.BLOCK_LENGTH, 1);
        return decoder;
    }

    // -------------------------------------------------------------------------------------------------- private

    private EngineFixture send(
        final int bodyLength, final int blockLength, final int templateId, final int instrumentId)
    {
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + bodyLength, blockLength, templateId,
            FrameSource.PROCESS, 0, timeNs, 0, instrumentId);
        return deliver(Frame.HEADER_LENGTH + bodyLength);
    }

    private EngineFixture deliver(final int length)
    {
        Frame.sequence(buffer, 0, sequence++);
        if (recording)
        {
            final byte[] copy = new byte[length];
            buffer.getBytes(0, copy);
            inputs.add(copy);
        }
        engine.onInput(buffer, 0, length);
        drain();
        return this;
    }

    private void drain()
    {
        if (recording && engine.outputs().count() > 0)
        {
            engine.outputs().forEach((from, offset, length) ->
            {
                final byte[] copy = new byte[length];
                from.getBytes(offset, copy);
                outputs.add(copy);
            });
        }
        engine.outputs().clear();
    }

    /** Something to do inside a callback. */
    @FunctionalInterface
    public interface Action
    {
        long act(StrategyContext context);
    }

    private record ProbeFactory(Strategy strategy) implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "probe";
        }

        @Override
        public String summary()
        {
            return "does what the test says";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            parameters.integer("any", 0, 0, 100);
            return strategy;
        }
    }

    /** Texts as pairs. */
    public static Map<String, String> texts(final String... texts)
    {
        final Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i += 2)
        {
            map.put(texts[i], texts[i + 1]);
        }
        return map;
    }
}
