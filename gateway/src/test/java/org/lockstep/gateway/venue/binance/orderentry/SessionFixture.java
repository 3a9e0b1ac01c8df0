package org.lockstep.gateway.venue.binance.orderentry;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.netty.channel.EventLoopGroup;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AccountStatusDecoder;
import org.lockstep.engine.event.codec.CancelRequestedEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderListRequestedEncoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.QueryRequestedEncoder;
import org.lockstep.engine.event.codec.ReplaceRequestedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.ClientOrderIdText;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.net.ShiftedClock;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.HmacCredentials;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.OrderRouter;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;

/** A session against a scripted venue, and the engine's requests to it. */
final class SessionFixture implements AutoCloseable
{
    static final int ACCOUNT = 3;
    static final long JOURNAL = 12345;
    static final int BOT = 7;
    static final long MAX_AGE_MS = 20_000;
    /** A request that old would be refused by the venue, should it still arrive. */
    static final long TOO_OLD_NS = (5_000 + MAX_AGE_MS + 1_100) * 1_000_000;
    /** Key and secret of the signing examples that Binance publishes in its API documentation; they open nothing. */
    static final String KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    static final String SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    static final ClientOrderIdText IDS = new ClientOrderIdText(JOURNAL);

    final TradingScript script = new TradingScript();
    final MemoryPublisher frames;
    int instrumentId;
    final InstrumentDirectory directory = new InstrumentDirectory();
    final OrderSessionSeed seed = new OrderSessionSeed();
    final BinanceLimits limits;
    final ShiftedClock clock = new ShiftedClock();
    final EventLoopGroup group = NetTransport.newGroup(1, "test-session");
    final Instrument instrument;
    final BinanceOrderSession session;
    final OrderRouter router;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);

    SessionFixture()
    {
        this(config -> config);
    }

    SessionFixture(final UnaryOperator<BinanceOrderConfig> change)
    {
        this(change, hmac(), 150);
    }

    SessionFixture(
        final UnaryOperator<BinanceOrderConfig> change, final Credentials credentials, final int connectsPer5Minutes)
    {
        this(change, credentials, connectsPer5Minutes, 3000, true);
    }

    SessionFixture(
        final UnaryOperator<BinanceOrderConfig> change,
        final Credentials credentials,
        final int connectsPer5Minutes,
        final int weightPerMinute,
        final boolean keepsFrames)
    {
        limits = new BinanceLimits(weightPerMinute, connectsPer5Minutes);
        frames = new MemoryPublisher(keepsFrames);
        instrument = directory.define(new InstrumentDescriptor(Venue.BINANCE, "BTCUSDT", "BTC", "USDT",
            new BigDecimal("0.01"), new BigDecimal("0.00001"), new BigDecimal("0.00001"), new BigDecimal("9000"),
            new BigDecimal("5"), 8, InstrumentStatus.TRADING));
        instrumentId = instrument.id();
        seed.reconciled(instrument.id(), 100);
        final BinanceOrderConfig config = BinanceOrderConfig.of(
            ACCOUNT, script.venue.stream().resolve("/ws-api/v3"), script.venue.rest()).with(times());
        session = new BinanceOrderSession(change.apply(config), credentials, JOURNAL, seed, frames, directory, limits,
            group.next(), clock, () -> { }, null);
        router = new OrderRouter(List.of(session));
    }

    /** All so long that they pass by themselves on no machine, however busy. */
    static BinanceOrderConfig.Times times()
    {
        return new BinanceOrderConfig.Times(
            1, 20_000, 60_000, 20_000, MAX_AGE_MS, 5, 50, 60_000, 3_600_000, 60_000, 3_600_000, 3_600_000);
    }

    static BinanceOrderConfig.Times timesWith(final long requestTimeoutMs, final long plannedReconnectMs)
    {
        return new BinanceOrderConfig.Times(1, 20_000, 60_000, requestTimeoutMs, MAX_AGE_MS, 5, 50, 60_000, 3_600_000,
            60_000, plannedReconnectMs, 3_600_000);
    }

    static HmacCredentials hmac()
    {
        return new HmacCredentials(
            KEY.getBytes(StandardCharsets.US_ASCII), SECRET.getBytes(StandardCharsets.US_ASCII));
    }

    SessionFixture live()
    {
        session.start();
        awaitState(AccountState.LIVE);
        return this;
    }

    void awaitState(final AccountState state)
    {
        Await.until("account is " + state, () -> state == session.state() && isTold(state));
    }

    /** The session is in a state a moment before it says so. */
    private boolean isTold(final AccountState state)
    {
        final List<AccountState> told = states();
        return told.isEmpty() || state == told.get(told.size() - 1);
    }

    static long orderId(final int counter)
    {
        return ClientOrderIds.encode(2, BOT, counter);
    }

    static String idText(final int counter)
    {
        return IDS.toText(orderId(counter), 0);
    }

    // ------------------------------------------------------------------------------------------------------ requests

    /** Prices have 2 decimals, quantities 8. */
    void place(final int counter, final Side side, final OrderType type, final TimeInForce timeInForce)
    {
        place(counter, side, type, timeInForce, nowNs(), 0);
    }

    void place(
        final int counter,
        final Side side,
        final OrderType type,
        final TimeInForce timeInForce,
        final long causeTimeNs,
        final long listId)
    {
        final OrderRequestedEncoder encoder = new OrderRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .causeSequence(1)
            .orderId(orderId(counter))
            .price(OrderType.MARKET == type ? 0 : 6_183_763)
            .quantity(2_000_000)
            .botId(BOT)
            .accountId(ACCOUNT)
            .side(side)
            .orderType(type)
            .timeInForce(timeInForce)
            .stopPrice(6_000_000)
            .listId(listId);
        hand(encoder, causeTimeNs);
    }

    void limit(final int counter)
    {
        place(counter, Side.BUY, OrderType.LIMIT, TimeInForce.GTC);
    }

    void cancel(final int counter, final int generation)
    {
        final CancelRequestedEncoder encoder = new CancelRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .causeSequence(1)
            .orderId(orderId(counter))
            .venueOrderId(0)
            .botId(BOT)
            .accountId(ACCOUNT)
            .generation(generation);
        hand(encoder, nowNs());
    }

    void replace(final int counter, final int generation, final long quantity, final long executed)
    {
        replace(counter, generation, quantity, executed, OrderType.LIMIT);
    }

    void replace(
        final int counter, final int generation, final long quantity, final long executed, final OrderType type)
    {
        final ReplaceRequestedEncoder encoder = new ReplaceRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .causeSequence(1)
            .orderId(orderId(counter))
            .venueOrderId(0)
            .price(6_190_000)
            .quantity(quantity)
            .botId(BOT)
            .accountId(ACCOUNT)
            .side(Side.BUY)
            .orderType(type)
            .timeInForce(TimeInForce.GTC)
            .executedQuantity(executed)
            .generation(generation);
        hand(encoder, nowNs());
    }

    void list(final int first, final int second, final Side side, final long stopLimitPrice)
    {
        final OrderListRequestedEncoder encoder = new OrderListRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .causeSequence(1)
            .listId(orderId(first))
            .firstOrderId(orderId(first))
            .secondOrderId(orderId(second))
            .price(6_300_000)
            .stopPrice(6_000_000)
            .stopLimitPrice(stopLimitPrice)
            .quantity(2_000_000)
            .botId(BOT)
            .accountId(ACCOUNT)
            .side(side);
        hand(encoder, nowNs());
    }

    void query(final int counter, final int generation, final long requestedTimeNs)
    {
        final QueryRequestedEncoder encoder = new QueryRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .causeSequence(1)
            .orderId(orderId(counter))
            .venueOrderId(0)
            .requestedTimeNs(requestedTimeNs)
            .botId(BOT)
            .accountId(ACCOUNT)
            .attempt(1)
            .generation(generation);
        hand(encoder, nowNs());
    }

    static long nowNs()
    {
        return new SystemEpochNanoClock().nanoTime();
    }

    private void hand(final MessageEncoderFlyweight encoder, final long causeTimeNs)
    {
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(frame, 0, length, encoder.sbeBlockLength(), encoder.sbeTemplateId(), 0, Frame.FLAG_OUTPUT,
            causeTimeNs, 0, instrumentId);
        router.onFrame(frame, 0, length);
    }

    // -------------------------------------------------------------------------------------------------------- frames

    /** Waits for the n-th frame of a kind, and points the decoder at it. */
    <D extends MessageDecoderFlyweight> D frame(final D decoder, final int index)
    {
        Await.until(decoder.getClass().getSimpleName() + " " + index,
            () -> frames.frames(decoder.sbeTemplateId()).size() > index);
        return wrap(decoder, frames.frames(decoder.sbeTemplateId()).get(index));
    }

    <D extends MessageDecoderFlyweight, T> List<T> all(final D decoder, final Function<D, T> map)
    {
        return frames.frames(decoder.sbeTemplateId()).stream().map(bytes -> map.apply(wrap(decoder, bytes))).toList();
    }

    int count(final MessageDecoderFlyweight decoder)
    {
        return frames.frames(decoder.sbeTemplateId()).size();
    }

    List<AccountState> states()
    {
        return all(new AccountStatusDecoder(), AccountStatusDecoder::state);
    }

    private static <D extends MessageDecoderFlyweight> D wrap(final D decoder, final UnsafeBuffer bytes)
    {
        decoder.wrap(bytes, Frame.HEADER_LENGTH, Frame.blockLength(bytes, 0), Frame.version(bytes, 0));
        return decoder;
    }

    @Override
    public void close()
    {
        session.close();
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
        script.close();
    }
}
