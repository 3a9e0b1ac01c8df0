package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionCounters;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.lockstep.gateway.venue.binance.common.OrderCounts;

/** Whatever bytes come, nothing throws, hangs or reads beyond the message. */
class ApiFuzzTest
{
    private static final int ROUNDS = 150_000;

    private static final List<String> MESSAGES = List.of(
        "{\"subscriptionId\":0,\"event\":" + Reports.of(idText(1)).fill(7, "0.1", "0.2") + "}",
        "{\"subscriptionId\":0,\"event\":" + Reports.of(idText(1)).canceled("x") + "}",
        "{\"subscriptionId\":0,\"event\":{\"e\":\"outboundAccountPosition\",\"E\":1,\"u\":2,\"B\":[{\"a\":\"BTC\"," +
            "\"f\":\"1.0\",\"l\":\"2.0\"},{\"a\":\"ETH\",\"f\":\"1.0\",\"l\":\"2.0\"}]}}",
        "{\"id\":1,\"status\":200,\"result\":{\"symbol\":\"BTCUSDT\",\"orderId\":4711,\"transactTime\":17}," +
            "\"rateLimits\":[" +
            "{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\",\"intervalNum\":10,\"limit\":50,\"count\":12}]}",
        "{\"id\":1,\"status\":409,\"error\":{\"code\":-2021,\"msg\":\"failed.\",\"data\":{\"cancelResult\":" +
            "\"SUCCESS\",\"newOrderResult\":\"FAILURE\",\"cancelResponse\":{\"origQty\":\"1\",\"executedQty\":\"0\"}," +
            "\"newOrderResponse\":{\"code\":-2010,\"msg\":\"no\"}}}}",
        "{\"id\":1,\"status\":200,\"result\":{\"orders\":[{\"orderId\":1,\"clientOrderId\":\"" + idText(1) + "\"}]," +
            "\"orderReports\":[{\"origClientOrderId\":\"" + idText(1) + "\",\"origQty\":\"1\"," +
            "\"executedQty\":\"0\"}]}}");

    @Test
    void shouldSurviveEveryMutation()
    {
        try (SessionFixture fixture = new SessionFixture(config -> config, SessionFixture.hmac(), 10, 3000, false))
        {
            final long seed = Long.getLong("lockstep.fuzzSeed", 1);
            final Random random = new Random(seed);
            final OrderSessionCounters counters = new OrderSessionCounters();
            final OrderEventPublisher publisher =
                new OrderEventPublisher(fixture.frames, counters, Venue.BINANCE, SessionFixture.ACCOUNT, 0);
            final RequestTemplates templates = new RequestTemplates(SessionFixture.KEY, true, 5000);
            final AccountContext context = new AccountContext(null, fixture.clock, publisher, counters,
                SessionFixture.IDS, new InFlight(), new KnownInstruments(fixture.directory, fixture.seed, templates,
                templates), new OrderMemory(), new OrderBudget(new BinanceLimits(3000), new OrderCounts(10, 10),
                fixture.clock), null, null, templates);
            final Balances balances = new Balances(publisher);
            final AccountEvents events = new AccountEvents(context, balances, new NoStream());
            final OrderReplies replies = new OrderReplies(context, new NoRefusals());
            final ApiMessage message = new ApiMessage();
            int understood = 0;

            for (int round = 0; round < ROUNDS; round++)
            {
                final byte[] bytes = mutate(MESSAGES.get(random.nextInt(MESSAGES.size())), random);
                try
                {
                    understood += apply(message, bytes, context, events, replies, balances, random) ? 1 : 0;
                }
                catch (final RuntimeException ex)
                {
                    fail("seed " + seed + ", round " + round + ": " + new String(bytes, StandardCharsets.UTF_8), ex);
                }
            }

            assertTrue(understood > ROUNDS / 100, "understood " + understood);
        }
    }

    private static boolean apply(
        final ApiMessage message,
        final byte[] bytes,
        final AccountContext context,
        final AccountEvents events,
        final OrderReplies replies,
        final Balances balances,
        final Random random)
    {
        if (!message.read(new UnsafeBuffer(bytes), 0, bytes.length))
        {
            return false;
        }
        if (message.isEvent())
        {
            events.onEvent(message);
            return true;
        }
        final Pending.Kind[] kinds = {Pending.Kind.PLACE, Pending.Kind.CANCEL, Pending.Kind.REPLACE, Pending.Kind.LIST};
        final Pending pending = context.inFlight().claim(null, kinds[random.nextInt(kinds.length)], 0);
        pending.orderId = SessionFixture.orderId(1);
        pending.generation = 1;
        context.budget().onReply(message);
        replies.onReply(pending, message);
        context.inFlight().release(pending);
        balances.readSnapshot(message.result(new JsonCursor()), 0);
        return true;
    }

    private static byte[] mutate(final String text, final Random random)
    {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        final int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++)
        {
            final int at = random.nextInt(bytes.length);
            switch (random.nextInt(4))
            {
                case 0 -> bytes[at] = (byte)random.nextInt(256);
                case 1 -> bytes[at] = (byte)"{}[]\",:\\0-.".charAt(random.nextInt(11));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> System.arraycopy(bytes, 0, bytes, at, Math.min(at, bytes.length - at));
            }
        }
        return bytes;
    }

    /** Nothing follows from what the stream says of itself. */
    private static final class NoStream implements AccountEvents.StreamHandler
    {
        @Override
        public void onServerShutdown()
        {
        }

        @Override
        public void onStreamTerminated()
        {
        }

        @Override
        public void onMoneyMoved()
        {
        }
    }

    /** Nothing follows from refusals. */
    private static final class NoRefusals implements OrderReplies.Listener
    {
        @Override
        public void onClockRefused()
        {
        }

        @Override
        public boolean placeSuccessor(final Pending pending, final long executed)
        {
            return false;
        }

        @Override
        public void onGone(final int instrumentId, final long orderId, final int generation)
        {
        }
    }
}
