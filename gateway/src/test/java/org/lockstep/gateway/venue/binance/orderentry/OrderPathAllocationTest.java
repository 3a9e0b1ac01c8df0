package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import com.sun.management.ThreadMXBean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionCounters;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/**
 * From a request of the engine to the bytes in the socket, signed by HMAC, on the thread that does it: a real session
 * over a real socket, whose loop runs the whole of it as under the feed-loop plan.
 */
class OrderPathAllocationTest
{
    private static final int WARM_UP = 15_000;
    private static final int ORDERS = 5_000;
    private static final int MAX_ROUNDS = 40;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(Frame.MAX_LENGTH));
    private final OrderRequestedEncoder encoder = new OrderRequestedEncoder();
    private int counter;

    @Test
    void shouldAllocateNothingBetweenSigningAndThePayload()
    {
        final Credentials credentials = SessionFixture.hmac();
        final RequestSigner signer = new RequestSigner(credentials);
        final RequestTemplates templates = new RequestTemplates(SessionFixture.KEY, true, 5000);
        final RequestTemplate template =
            templates.place("BTCUSDT", Side.BUY, OrderType.LIMIT, TimeInForce.GTC);
        final RequestValues values = new RequestValues(SessionFixture.IDS);
        final UnsafeBuffer target = new UnsafeBuffer(ByteBuffer.allocateDirect(RequestSigner.MAX_LENGTH));
        long allocated = Long.MAX_VALUE;

        encode(signer, template, values, target, 200_000);
        for (int round = 0; round < MAX_ROUNDS && 0 != allocated; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            encode(signer, template, values, target, 200_000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertEquals(0, allocated);
    }

    private static void encode(
        final RequestSigner signer,
        final RequestTemplate template,
        final RequestValues values,
        final UnsafeBuffer target,
        final int times)
    {
        for (int i = 1; i <= times; i++)
        {
            values.clientId(RequestValues.CLIENT_ID, orderId(i), 0);
            values.decimal(RequestValues.QUANTITY, i, 8);
            values.decimal(RequestValues.PRICE, 6_183_763 + i, 2);
            values.number(RequestValues.TIMESTAMP, 1_700_000_000_000L + i);
            signer.encode(template, i, values, true, target);
        }
    }

    @Test
    void shouldAllocateNothingBetweenDecisionAndSocket() throws Exception
    {
        try (SessionFixture fixture = new SessionFixture(
            config -> config.withOrderLimits(1_000_000, 1_000_000_000).with(SessionFixture.timesWith(10, 3_600_000)),
            SessionFixture.hmac(), 10, 100_000_000, false))
        {
            fixture.live();
            long allocated = Long.MAX_VALUE;
            send(fixture, WARM_UP);

            for (int round = 0; round < MAX_ROUNDS && 0 != allocated; round++)
            {
                allocated = send(fixture, ORDERS);
            }

            assertEquals(0, allocated, "bytes allocated for " + ORDERS + " orders");
            assertEquals(counter, fixture.session.counters().get(Counter.REQUESTS_SENT));
        }
    }

    /** Hands over orders on the loop itself, as under the feed-loop plan; @return bytes allocated there meanwhile. */
    private long send(final SessionFixture fixture, final int orders) throws ExecutionException, InterruptedException
    {
        long allocated = 0;
        for (int sent = 0; sent < orders; sent += 100)
        {
            final Future<Long> batch = fixture.group.next().submit(() ->
            {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++)
                {
                    hand(fixture);
                    fixture.router.flush();
                }
                return threads.getCurrentThreadAllocatedBytes() - before;
            });
            allocated += batch.get();
            final int expected = counter;
            Await.until("the venue has them", () -> fixture.script.of("order.place").size() >= expected);
        }
        return allocated;
    }

    private void hand(final SessionFixture fixture)
    {
        counter++;
        encoder.wrap(frame, Frame.HEADER_LENGTH)
            .causeSequence(1)
            .orderId(orderId(1 + counter % 1000))
            .price(6_183_763 + counter)
            .quantity(2_000_000)
            .botId(SessionFixture.BOT)
            .accountId(SessionFixture.ACCOUNT)
            .side(Side.BUY)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC)
            .stopPrice(0)
            .listId(0);
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(frame, 0, length, OrderRequestedEncoder.BLOCK_LENGTH, OrderRequestedEncoder.TEMPLATE_ID, 0,
            Frame.FLAG_OUTPUT, fixture.clock.nanoTime(), 0, fixture.instrument.id());
        fixture.router.onFrame(frame, 0, length);
    }

    @Test
    void shouldAllocateNothingBetweenAReportAndItsFrame()
    {
        try (SessionFixture fixture = new SessionFixture(
            config -> config, SessionFixture.hmac(), 10, 3000, false))
        {
            final OrderSessionCounters counters = new OrderSessionCounters();
            final OrderEventPublisher publisher =
                new OrderEventPublisher(fixture.frames, counters, Venue.BINANCE, SessionFixture.ACCOUNT, 0);
            final RequestTemplates templates = new RequestTemplates(SessionFixture.KEY, true, 5000);
            final AccountContext context = new AccountContext(null, fixture.clock, publisher, counters,
                SessionFixture.IDS, new InFlight(), new KnownInstruments(fixture.directory, fixture.seed, templates,
                templates), new OrderMemory(), null, null, null, templates);
            final AccountEvents events = new AccountEvents(context, new Balances(publisher), null);
            final ApiMessage message = new ApiMessage();
            final byte[] report = ("{\"subscriptionId\":0,\"event\":" +
                Reports.of(idText(1)).fill(201, "0.00500000", "0.00500000") + "}").getBytes(StandardCharsets.US_ASCII);
            final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(report.length));
            bytes.putBytes(0, report);
            long allocated = Long.MAX_VALUE;

            run(events, message, bytes, 200_000);
            for (int round = 0; round < MAX_ROUNDS && 0 != allocated; round++)
            {
                final long before = threads.getCurrentThreadAllocatedBytes();
                run(events, message, bytes, 100_000);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }

            assertEquals(0, allocated);
            assertTrue(fixture.frames.count() >= 300_000);
        }
    }

    private static void run(
        final AccountEvents events, final ApiMessage message, final UnsafeBuffer bytes, final int times)
    {
        for (int i = 0; i < times; i++)
        {
            message.read(bytes, 0, bytes.capacity());
            events.onEvent(message);
        }
    }
}
