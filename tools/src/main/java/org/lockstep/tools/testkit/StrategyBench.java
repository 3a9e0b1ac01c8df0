package org.lockstep.tools.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.TimerEncoder;
import org.lockstep.engine.event.codec.TradeEncoder;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.InstrumentFrame;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.StrategyFactory;

/**
 * One bot of a strategy on BTCUSDT with a paper account of 100000 USDT, in the real engine: market data in, orders and
 * fills out. Its clock moves only when told to. Prices (2 decimals) and quantities (5) are decimal texts; orders reach
 * the paper venue 1 ms after they were sent. Threading: the test's thread.
 */
public final class StrategyBench
{
    /** The instrument: tick 0.01, lot 0.00001, at least 5 USDT an order. */
    public static final Instrument BTC_USDT = new Instrument(0, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", 2, 5,
        1, 1, 1, 900_000_000L, 500_000_000L, InstrumentStatus.TRADING);

    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final String BOT = "bot";
    private static final int BUFFER_LENGTH = 4_096;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final Engine engine;
    private final List<Order> orders = new ArrayList<>();
    private final List<Fill> fills = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final OrderRequestedDecoder requested = new OrderRequestedDecoder();
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private long timeNs = START_NS;
    private long sequence;

    /**
     * An order that the bot sent.
     *
     * @param side     of it.
     * @param type     of it.
     * @param price    of a limit order, "0.00" of a market order.
     * @param quantity of it.
     */
    public record Order(Side side, OrderType type, String price, String quantity)
    {
    }

    /**
     * An execution.
     *
     * @param side     of the order.
     * @param price    of the execution.
     * @param quantity of the execution.
     */
    public record Fill(Side side, String price, String quantity)
    {
    }

    private StrategyBench(final StrategyFactory factory, final Map<String, String> parameters)
    {
        engine = new Engine(new Strategies(List.of(factory)));
        final SessionStartedEncoder session = new SessionStartedEncoder();
        session.wrap(buffer, Frame.HEADER_LENGTH).epoch(1).seed(1).stateHashIntervalNs(0).journalId(0).build("bench");
        send(session.encodedLength(), SessionStartedEncoder.BLOCK_LENGTH, SessionStartedEncoder.TEMPLATE_ID,
            Frame.NULL_INSTRUMENT_ID);
        deliver(InstrumentFrame.encode(BTC_USDT, buffer, 0, FrameSource.venueLine(1, 0), timeNs, 0));
        command(CommandAction.DEFINE_ACCOUNT, "", Map.of("name", "paper", "balance", "100000",
            "latencyNs", "500000", "makerFeeBps", "1", "takerFeeBps", "5"));
        final Map<String, String> texts = new LinkedHashMap<>(parameters);
        texts.put("strategy", factory.name());
        texts.put("account", "paper");
        texts.put("symbols", "BTCUSDT");
        command(CommandAction.DEFINE_BOT, BOT, texts);
        command(CommandAction.START_BOT, BOT, Map.of());
        if (null == engine.bots().byName(BOT) || BotState.RUNNING != engine.bots().byName(BOT).state())
        {
            throw new IllegalArgumentException("strategy " + factory.name() + " does not start with " + parameters);
        }
    }

    /**
     * Starts a bot.
     *
     * @param factory    of its strategy.
     * @param parameters names and values in turn, as in a configuration; {@code limits.*} too.
     * @return a bench with the bot running.
     */
    public static StrategyBench of(final StrategyFactory factory, final String... parameters)
    {
        final Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2)
        {
            texts.put(parameters[i], parameters[i + 1]);
        }
        return new StrategyBench(factory, texts);
    }

    /**
     * The best prices change; 1 BTC is there on each side.
     *
     * @param bid price.
     * @param ask price.
     * @return this.
     */
    public StrategyBench quote(final String bid, final String ask)
    {
        final QuoteEncoder quote = new QuoteEncoder();
        quote.wrap(buffer, Frame.HEADER_LENGTH).bidPrice(price(bid)).bidQuantity(quantity("1"))
            .askPrice(price(ask)).askQuantity(quantity("1")).updateId(0);
        return send(quote.encodedLength(), QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID, BTC_USDT.id());
    }

    /**
     * Somebody traded.
     *
     * @param aggressor side of who took.
     * @param price     of the trade.
     * @param quantity  of the trade.
     * @return this.
     */
    public StrategyBench trade(final Side aggressor, final String price, final String quantity)
    {
        final TradeEncoder trade = new TradeEncoder();
        trade.wrap(buffer, Frame.HEADER_LENGTH).price(price(price)).quantity(quantity(quantity)).tradeId(-1)
            .aggressor(aggressor);
        return send(trade.encodedLength(), TradeEncoder.BLOCK_LENGTH, TradeEncoder.TEMPLATE_ID, BTC_USDT.id());
    }

    /**
     * Time passes, timers fall due.
     *
     * @param milliseconds how long.
     * @return this.
     */
    public StrategyBench after(final long milliseconds)
    {
        timeNs += milliseconds * 1_000_000L;
        return send(0, TimerEncoder.BLOCK_LENGTH, TimerEncoder.TEMPLATE_ID, Frame.NULL_INSTRUMENT_ID);
    }

    /** @return what the bot ordered so far, oldest first. */
    public List<Order> orders()
    {
        return List.copyOf(orders);
    }

    /** @return its executions so far, oldest first. */
    public List<Fill> fills()
    {
        return List.copyOf(fills);
    }

    /** @return why orders, cancels and replaces were refused so far, oldest first. */
    public List<String> refusals()
    {
        return List.copyOf(refusals);
    }

    /** @return what the bot holds; negative = short. */
    public String position()
    {
        return Decimals.toString(
            bot().risk().holdings().position(BTC_USDT.id()).quantity(), BTC_USDT.quantityScale());
    }

    /** @return whether it runs still: a strategy that throws fails its bot. */
    public boolean isRunning()
    {
        return BotState.RUNNING == bot().state();
    }

    /** @return hash of the engine's state: the same inputs must give the same, or a replay would diverge. */
    public long stateHash()
    {
        return engine.stateHash();
    }

    private Bot bot()
    {
        return engine.bots().byName(BOT);
    }

    private void command(final CommandAction action, final String bot, final Map<String, String> texts)
    {
        final CommandEncoder command = new CommandEncoder();
        command.wrap(buffer, Frame.HEADER_LENGTH).action(action).botId(-1).accountId(-1).orderId(0).price(0)
            .quantity(0).side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL)
            .stopPrice(0);
        final CommandEncoder.ParametersEncoder all = command.parametersCount(texts.size());
        texts.forEach((key, value) -> all.next().key(key).value(value));
        command.user("bench").requestId("").botName(bot);
        send(command.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID,
            Frame.NULL_INSTRUMENT_ID);
    }

    private StrategyBench send(final int bodyLength, final int blockLength, final int template, final int instrument)
    {
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + bodyLength, blockLength, template, FrameSource.PROCESS, 0,
            timeNs, 0, instrument);
        return deliver(Frame.HEADER_LENGTH + bodyLength);
    }

    private StrategyBench deliver(final int length)
    {
        Frame.sequence(buffer, 0, sequence++);
        engine.onInput(buffer, 0, length);
        engine.outputs().forEach(this::onOutput);
        engine.outputs().clear();
        return this;
    }

    private void onOutput(final DirectBuffer from, final int offset, final int length)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int block = Frame.blockLength(from, offset);
        final int version = Frame.version(from, offset);
        switch (Frame.templateId(from, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
            {
                requested.wrap(from, body, block, version);
                orders.add(new Order(requested.side(), requested.orderType(), priceText(requested.price()),
                    quantityText(requested.quantity())));
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filled.wrap(from, body, block, version);
                fills.add(new Fill(filled.side(), priceText(filled.price()), quantityText(filled.quantity())));
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejected.wrap(from, body, block, version);
                refusals.add(rejected.reason());
            }
            default ->
            {
                // What follows from these.
            }
        }
    }

    private static long price(final String text)
    {
        return mantissa(text, BTC_USDT.priceScale());
    }

    private static long quantity(final String text)
    {
        return mantissa(text, BTC_USDT.quantityScale());
    }

    private static long mantissa(final String text, final int scale)
    {
        final long mantissa = Decimals.parse(text, scale);
        if (Decimals.isError(mantissa))
        {
            throw new IllegalArgumentException("'" + text + "': " + Decimals.describe(mantissa));
        }
        return mantissa;
    }

    private static String priceText(final long mantissa)
    {
        return Decimals.toString(mantissa, BTC_USDT.priceScale());
    }

    private static String quantityText(final long mantissa)
    {
        return Decimals.toString(mantissa, BTC_USDT.quantityScale());
    }
}
