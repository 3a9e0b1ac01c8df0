package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.stream.ClientLimits;

/**
 * Clients on event channels whose connections are cut at random while events go on: each ends with exactly the
 * journal's events, in order, once.
 */
class LosslessTest
{
    private static final String[] CHANNELS = {"trades", "orders", "alerts"};

    @Test
    void shouldLoseNothingAndRepeatNothingWhileConnectionsAreCut() throws Exception
    {
        run(24, 2_000);
    }

    @Test
    @Tag("slow")
    void shouldLoseNothingAndRepeatNothingForTwoMinutes() throws Exception
    {
        run(200, 120_000);
    }

    private static void run(final int clientCount, final long durationMs) throws Exception
    {
        final long seed = 4_711;
        final ClientLimits d = ClientLimits.DEFAULT;
        final ClientLimits limits = new ClientLimits(10_000, d.connections(), 10_000, d.rateGraceMs(),
            d.maxMessageLength(), 64 * 1024, d.authTimeoutMs(), d.idleTimeoutMs(), d.pingIntervalMs(),
            d.pongTimeoutMs(), d.conflateMs(), 10_000, d.requestTimeoutMs(), 0, d.bridgeGraceMs());
        try (GatewayFixture fixture =
            GatewayFixture.start(GatewayFixture.aWorld(), config -> config.withLimits(limits)))
        {
            final AtomicBoolean isOver = new AtomicBoolean();
            final AtomicLong last = new AtomicLong(-1);
            final List<List<Long>> journal = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            final List<Client> clients = new ArrayList<>();
            for (int i = 0; i < clientCount; i++)
            {
                final Client client = new Client(fixture, new Random(seed + i), i % CHANNELS.length, isOver, last);
                clients.add(client);
                client.start();
            }
            final Random random = new Random(seed);
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMs);
            long tradeId = 0;
            while (System.nanoTime() - endNs < 0)
            {
                for (int i = 0; i < 20; i++)
                {
                    tradeId = append(fixture.world, random, journal, tradeId);
                }
                // A frame that the broadcast lost shows by the one after it.
                fixture.world.append(frames -> frames.quote(Frames.BTC, 100, 200));
                fixture.awaitOffset(fixture.world.lastSequence());
                Thread.yield();
            }
            // One of each at the very end, so that a client knows when it has all; said before, so that none waits on.
            last.set(fixture.world.lastSequence() + 1);
            isOver.set(true);
            journal.get(0).add(fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 1, 1)));
            journal.get(1).add(journal.get(0).get(journal.get(0).size() - 1));
            journal.get(2).add(fixture.world.append(frames -> frames.killSwitch("the end")));
            assertEquals(fixture.world.lastSequence() - 1, last.get());
            for (final Client client : clients)
            {
                client.join(300_000);
                assertEquals(null, client.failure, "seed " + seed);
                final List<Long> expected = journal.get(client.channel);
                final int from = expected.indexOf(client.seen.get(0));
                assertEquals(expected.subList(from, expected.size()), client.seen,
                    CHANNELS[client.channel] + " after " + client.cuts + " cuts, seed " + seed);
            }
        }
    }

    private static long append(
        final TestWorld world, final Random random, final List<List<Long>> journal, final long tradeId)
    {
        final boolean isLapped = 0 == random.nextInt(200);
        switch (random.nextInt(4))
        {
            case 0 ->
            {
                final long sequence = isLapped ?
                    world.appendLapped(frames -> frames.fill(5, 0, Frames.BTC, tradeId, 1)) :
                    world.append(frames -> frames.fill(5, 0, Frames.BTC, tradeId, 1));
                journal.get(0).add(sequence);
                journal.get(1).add(sequence);
            }
            case 1 -> journal.get(1).add(world.append(frames -> frames.orderAccepted(5, 0, Frames.BTC)));
            case 2 -> journal.get(2).add(world.append(frames -> frames.alert(0, "alert " + tradeId)));
            default -> world.append(frames -> frames.quote(Frames.BTC, 100 + tradeId, 200 + tradeId));
        }
        return tradeId + 1;
    }

    /** Reads until it is cut, comes back with what it saw last, until it has seen the end. */
    private static final class Client extends Thread
    {
        final List<Long> seen = new ArrayList<>();
        final int channel;
        int cuts;
        volatile Throwable failure;
        private final GatewayFixture fixture;
        private final Random random;
        private final AtomicBoolean isOver;
        private final AtomicLong last;

        Client(
            final GatewayFixture fixture,
            final Random random,
            final int channel,
            final AtomicBoolean isOver,
            final AtomicLong last)
        {
            super("lossless-client");
            this.fixture = fixture;
            this.random = random;
            this.channel = channel;
            this.isOver = isOver;
            this.last = last;
            setDaemon(true);
        }

        @Override
        public void run()
        {
            try
            {
                String epoch = fixture.gateway.epoch();
                while (!hasAll())
                {
                    epoch = connection(epoch);
                    cuts++;
                }
            }
            catch (final IOException | RuntimeException | AssertionError ex)
            {
                failure = ex;
            }
        }

        private boolean hasAll()
        {
            return isOver.get() && !seen.isEmpty() && seen.get(seen.size() - 1) >= last.get();
        }

        private String connection(final String epoch) throws IOException
        {
            final boolean isCompressed = random.nextBoolean();
            try (RawWebSocket socket = new RawWebSocket(new Socket("127.0.0.1", fixture.gateway.port()),
                isCompressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : ""))
            {
                socket.await("connection");
                final long since = seen.isEmpty() ? fixture.world.lastSequence() : seen.get(seen.size() - 1);
                final long from = seen.isEmpty() ? Math.min(since, 8) : since;
                socket.sendText("{'type':'subscribe','channel':'" + CHANNELS[channel] + "','data':{'since':{'epoch':'" +
                    epoch + "','offset':" + from + "}}}");
                final JsonNode subscribed = socket.await("subscribed").get("data");
                assertEquals(true, subscribed.get("recovered").booleanValue());
                int remaining = 1 + random.nextInt(400);
                while (!hasAll() && (remaining-- > 0 || isOver.get()))
                {
                    final JsonNode data = socket.await("data").get("data");
                    if (data.has("offset"))
                    {
                        seen.add(data.get("offset").longValue());
                    }
                }
                return subscribed.get("epoch").textValue();
            }
            catch (final AssertionError ex)
            {
                // A connection that is too full to take even the reason is cut without one.
                if (!String.valueOf(ex.getMessage()).matches("closed with (4008|1006) .*"))
                {
                    throw ex;
                }
                return epoch;       // read too slowly: one more cut
            }
        }
    }
}
