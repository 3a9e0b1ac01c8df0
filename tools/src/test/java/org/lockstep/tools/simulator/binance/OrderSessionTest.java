package org.lockstep.tools.simulator.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.EventLoopGroup;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AccountStatusDecoder;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.CancelRequestedEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderListRequestedEncoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.QueryRequestedEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReplaceRequestedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.Ed25519Credentials;
import org.lockstep.gateway.venue.HmacCredentials;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderSession;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;

/** The order session against the simulated trading interfaces, which were written without knowing it. */
@Timeout(300)
class OrderSessionTest
{
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int ACCOUNT = 0;
    private static final BinanceOrderConfig.Times PATIENT = new BinanceOrderConfig.Times(
        2, 30_000, 60_000, 30_000, 30_000, 100, 60_000, 10_000, 60_000, 60_000, 3_600_000, 300_000);
    private static final long LOT = 1_000_000;

    private final OffsetEpochNanoClock clock = new OffsetEpochNanoClock();
    private final EventLoopGroup group = NetTransport.newGroup(1, "test-session");
    private final Frames frames = new Frames();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private BinanceSimulator simulator;
    private BinanceOrderSession session;
    private Instrument instrument;
    private long bid;

    private void start(final String keyType, final UnaryOperator<BinanceOrderConfig> change) throws Exception
    {
        simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(200));
        final InstrumentDirectory directory = new InstrumentDirectory();
        instrument = directory.define(new InstrumentDescriptor(Venue.BINANCE, "BTCUSDT", "BTC", "USDT",
            new BigDecimal("0.01"), new BigDecimal("0.00001"), new BigDecimal("0.00001"), new BigDecimal("9000"),
            new BigDecimal("5"), 8, InstrumentStatus.TRADING));
        final OrderSessionSeed seed = new OrderSessionSeed();
        seed.touch(instrument.id());
        session = new BinanceOrderSession(
            change.apply(BinanceOrderConfig.of(
                ACCOUNT, URI.create(simulator.addresses().api()), URI.create(simulator.addresses().rest()))
                .with(PATIENT)),
            credentials(simulator.addresses().key(1, keyType)), 42, seed, frames, directory,
            new BinanceLimits(3000), group.next(), clock, () -> { }, null);
        session.start().get(120, TimeUnit.SECONDS);
        final String url = simulator.addresses().rest() + "/api/v3/ticker/bookTicker?symbol=BTCUSDT";
        bid = new BigDecimal(TradingClient.parse(StreamClient.get(url).body()).get("bidPrice").textValue())
            .movePointRight(2).longValueExact();
    }

    private void start() throws Exception
    {
        start(SimulatedKey.HMAC, config -> config);
    }

    private static Credentials credentials(final SimulatedKey key)
    {
        final byte[] apiKey = key.key().getBytes(StandardCharsets.US_ASCII);
        return SimulatedKey.HMAC.equals(key.type()) ?
            new HmacCredentials(apiKey, key.secret().getBytes(StandardCharsets.US_ASCII)) :
            new Ed25519Credentials(apiKey, Base64.getDecoder().decode(key.secret()));
    }

    @AfterEach
    void stop()
    {
        session.close();
        simulator.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private JsonNode control(final String verb, final String path, final String body) throws Exception
    {
        final HttpResponse<String> response = HTTP.send(
            HttpRequest.newBuilder(URI.create(simulator.addresses().control() + path))
                .method(verb, HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return TradingClient.parse(response.body());
    }

    private void fault(final String json) throws Exception
    {
        control("POST", "/faults", json.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {SimulatedKey.HMAC, SimulatedKey.ED25519})
    void shouldRestCancelAndFill(final String keyType) throws Exception
    {
        start(keyType, config -> config);

        place(1, OrderType.LIMIT, TimeInForce.GTC, bid * 9 / 10, LOT);
        assertEquals(orderId(1), frames.await(new OrderAcceptedDecoder(), 0).orderId());
        cancel(1, 0);
        assertEquals(LOT, frames.await(new OrderCanceledDecoder(), 0).remainingQuantity());
        place(2, OrderType.MARKET, TimeInForce.GTC, 0, LOT);
        final OrderFilledDecoder filled = frames.await(new OrderFilledDecoder(), 0);

        assertEquals(orderId(2), filled.orderId());
        assertTrue(filled.price() > bid * 9 / 10);
        assertTrue(filled.feeAmount() > 0);
        awaitUntil("balances", () -> frames.count(new BalanceChangedDecoder()) > 2);
        assertEquals(0, frames.count(new OrderRejectedDecoder()));
        assertEquals(0, frames.count(new OutcomeUnknownDecoder()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"})
    void shouldPlaceEveryRestingType(final OrderType type) throws Exception
    {
        start();
        final boolean isStopLoss = OrderType.STOP_LOSS == type || OrderType.STOP_LOSS_LIMIT == type;
        final long trigger = isStopLoss ? bid * 11 / 10 : bid * 9 / 10;

        place(1, type, TimeInForce.GTC, bid * 9 / 10, LOT, trigger);

        assertEquals(orderId(1), frames.await(new OrderAcceptedDecoder(), 0).orderId());
    }

    @Test
    void shouldReplaceOverAndOver() throws Exception
    {
        start();
        place(1, OrderType.LIMIT, TimeInForce.GTC, bid * 9 / 10, LOT);
        frames.await(new OrderAcceptedDecoder(), 0);

        for (int generation = 1; generation <= 3; generation++)
        {
            replace(1, generation, bid * 9 / 10 - generation, LOT + generation * 1000);
            final OrderReplacedDecoder replaced = frames.await(new OrderReplacedDecoder(), generation - 1);
            assertEquals(generation, replaced.generation());
            assertEquals(LOT + generation * 1000, replaced.quantity());
        }
        cancel(1, 3);

        assertEquals(LOT + 3000, frames.await(new OrderCanceledDecoder(), 0).remainingQuantity());
        awaitUntil("no order is left", () -> 0 == openOrders());
        assertTrue(frames.all(new OrderCanceledDecoder()).size() <= 2, "an answer and an event at most");
    }

    @Test
    void shouldPlacePairAndCancelBothLegs() throws Exception
    {
        start();
        final OrderListRequestedEncoder encoder = new OrderListRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .listId(orderId(1))
            .firstOrderId(orderId(1))
            .secondOrderId(orderId(2))
            .price(bid * 11 / 10)
            .stopPrice(bid * 9 / 10)
            .stopLimitPrice(bid * 89 / 100)
            .quantity(LOT)
            .accountId(ACCOUNT)
            .side(Side.SELL);
        hand(encoder);
        awaitUntil("both legs", () -> frames.count(new OrderAcceptedDecoder()) >= 2);

        cancel(1, 0);

        awaitUntil("both legs", () -> frames.count(new OrderCanceledDecoder()) >= 2);
        awaitUntil("no order is left", () -> 0 == openOrders());
    }

    @Test
    void shouldResolveALostAcknowledgementByQuery() throws Exception
    {
        start(SimulatedKey.HMAC, config -> config.with(new BinanceOrderConfig.Times(
            2, 30_000, 60_000, 2_000, 30_000, 100, 60_000, 10_000, 60_000, 60_000, 3_600_000, 300_000)));
        fault("[{'fault':'drop-ack','method':'order.place'},{'fault':'drop-event','event':'executionReport'}]");

        place(1, OrderType.LIMIT, TimeInForce.GTC, bid * 9 / 10, LOT);
        assertEquals(orderId(1), frames.await(new OutcomeUnknownDecoder(), 0).orderId());
        control("DELETE", "/faults", "");
        query(1);

        final OrderReportedDecoder reported = frames.await(new OrderReportedDecoder(), 0);
        assertEquals(VenueOrderState.WORKING, reported.state());
        assertEquals(LOT, reported.quantity());
    }

    @Test
    void shouldComeBackReconciledWhenTheVenueRestarts() throws Exception
    {
        start();
        place(1, OrderType.LIMIT, TimeInForce.GTC, bid * 9 / 10, LOT);
        frames.await(new OrderAcceptedDecoder(), 0);
        final int states = frames.count(new AccountStatusDecoder());

        fault("{'fault':'restart','ms':200}");

        awaitUntil("down", () -> frames.count(new AccountStatusDecoder()) > states);
        awaitUntil("live again", () -> AccountState.LIVE == session.state());
        final OrderReportedDecoder reported = frames.await(new OrderReportedDecoder(), 0);
        assertEquals(orderId(1), reported.orderId());
        assertEquals(VenueOrderState.WORKING, reported.state());
        cancel(1, 0);
        frames.await(new OrderCanceledDecoder(), 0);
    }

    @Test
    void shouldTellExecutionsThatTheStreamLost() throws Exception
    {
        start();
        fault("{'fault':'drop-event','event':'executionReport'}");
        place(1, OrderType.MARKET, TimeInForce.GTC, 0, LOT);
        frames.await(new OrderAcceptedDecoder(), 0);
        control("DELETE", "/faults", "");

        session.reconcile(ReconcileCause.COMMAND);

        assertEquals(orderId(1), frames.await(new OrderFilledDecoder(), 0).orderId());
    }

    // ------------------------------------------------------------------------------------------------------- requests

    private static long orderId(final int counter)
    {
        return ClientOrderIds.encode(1, 2, counter);
    }

    private int openOrders()
    {
        try
        {
            int open = 0;
            for (final JsonNode order : control("GET", "/account?key=SIMULATED-KEY-1", "").get("orders"))
            {
                open += "NEW".equals(order.path("status").asText()) ? 1 : 0;
            }
            return open;
        }
        catch (final Exception ex)
        {
            throw new AssertionError(ex);
        }
    }

    private void place(
        final int counter, final OrderType type, final TimeInForce timeInForce, final long price, final long quantity)
    {
        place(counter, type, timeInForce, price, quantity, 0);
    }

    private void place(
        final int counter,
        final OrderType type,
        final TimeInForce timeInForce,
        final long price,
        final long quantity,
        final long stopPrice)
    {
        final OrderRequestedEncoder encoder = new OrderRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .orderId(orderId(counter))
            .price(price)
            .quantity(quantity)
            .accountId(ACCOUNT)
            .side(Side.BUY)
            .orderType(type)
            .timeInForce(timeInForce)
            .stopPrice(stopPrice)
            .listId(0);
        hand(encoder);
    }

    private void cancel(final int counter, final int generation)
    {
        final CancelRequestedEncoder encoder = new CancelRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .orderId(orderId(counter))
            .accountId(ACCOUNT)
            .generation(generation);
        hand(encoder);
    }

    private void replace(final int counter, final int generation, final long price, final long quantity)
    {
        final ReplaceRequestedEncoder encoder = new ReplaceRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .orderId(orderId(counter))
            .price(price)
            .quantity(quantity)
            .accountId(ACCOUNT)
            .side(Side.BUY)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC)
            .executedQuantity(0)
            .generation(generation);
        hand(encoder);
    }

    private void query(final int counter)
    {
        final QueryRequestedEncoder encoder = new QueryRequestedEncoder();
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .orderId(orderId(counter))
            .requestedTimeNs(clock.nanoTime())
            .accountId(ACCOUNT)
            .attempt(1)
            .generation(0);
        hand(encoder);
    }

    private void hand(final MessageEncoderFlyweight encoder)
    {
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(frame, 0, length, encoder.sbeBlockLength(), encoder.sbeTemplateId(), 0, Frame.FLAG_OUTPUT,
            clock.nanoTime(), 0, instrument.id());
        session.onRequest(frame, 0, length);
    }

    private static void awaitUntil(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + 120_000_000_000L;
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited 120 s in vain: " + what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Keeps what is published. */
    private static final class Frames implements FramePublisher
    {
        private final UnsafeBuffer slot = new UnsafeBuffer(ByteBuffer.allocateDirect(Frame.MAX_LENGTH));
        private final List<UnsafeBuffer> published = new ArrayList<>();

        @Override
        public long claim()
        {
            return 0;
        }

        @Override
        public long tryClaim()
        {
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer()
        {
            return slot;
        }

        @Override
        public int offset(final long claim)
        {
            return 0;
        }

        @Override
        public void publish(final long claim)
        {
            final byte[] bytes = new byte[Frame.length(slot, 0)];
            slot.getBytes(0, bytes);
            synchronized (published)
            {
                published.add(new UnsafeBuffer(bytes));
            }
        }

        @Override
        public void abort(final long claim)
        {
            throw new AssertionError("nothing is aborted");
        }

        List<UnsafeBuffer> all(final MessageDecoderFlyweight decoder)
        {
            synchronized (published)
            {
                return published.stream()
                    .filter(bytes -> Frame.templateId(bytes, 0) == decoder.sbeTemplateId()).toList();
            }
        }

        int count(final MessageDecoderFlyweight decoder)
        {
            return all(decoder).size();
        }

        <D extends MessageDecoderFlyweight> D await(final D decoder, final int index)
        {
            awaitUntil(decoder.getClass().getSimpleName() + " " + index, () -> count(decoder) > index);
            final UnsafeBuffer bytes = all(decoder).get(index);
            decoder.wrap(bytes, Frame.HEADER_LENGTH, Frame.blockLength(bytes, 0), Frame.version(bytes, 0));
            return decoder;
        }
    }
}
