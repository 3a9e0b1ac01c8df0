package org.lockstep.gateway.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestClientTest
{
    private static final long SECOND_NS = 1_000_000_000L;

    private final EventLoopGroup group = NetTransport.newGroup(1, "rest-test");
    private final EventLoop loop = group.next();
    private final ScriptedVenue venue = new ScriptedVenue();
    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private final List<Boolean> areSent = new CopyOnWriteArrayList<>();
    private final AtomicInteger gateCalls = new AtomicInteger();
    private final ShiftedClock clock = new ShiftedClock();
    private final WeightBudget budget = new WeightBudget(1000, 60 * SECOND_NS);
    private RestClient client = newClient(NetTransport.channels(loop), 20_000);

    @AfterEach
    void close()
    {
        loop.execute(client::close);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        venue.close();
    }

    @Test
    void shouldAnswerInOrderWithStatusHeadersAndBody()
    {
        venue.reply("/a", query -> new ScriptedVenue.Reply(200, "A", Map.of("X-Number", "42", "X-Text", "many")));
        venue.reply("/b", query -> new ScriptedVenue.Reply(429, "B" + query.parameters(), Map.of()));

        get("/a");
        get("/b?x=1");
        Await.until("answers", () -> 2 == outcomes.size());

        assertEquals(List.of("200 A 42 -1", "429 B{x=[1]} -1 -1"), outcomes);
    }

    @Test
    void shouldTryOnceMoreWhenAKeptConnectionWasClosedMeanwhile()
    {
        final AtomicInteger asked = new AtomicInteger();
        venue.reply("/a", query -> 1 == asked.getAndIncrement() ? null : ScriptedVenue.Reply.ok("A"));

        get("/a");
        get("/a");
        Await.until("answers", () -> 2 == outcomes.size());

        assertEquals(List.of("200 A -1 -1", "200 A -1 -1"), outcomes);
        assertEquals(3, asked.get());
    }

    @Test
    void shouldFailAndGoOnWhenAnAnswerIsLostLateOrTooLong()
    {
        client = newClient(NetTransport.channels(loop), 3_000);
        final CountDownLatch never = new CountDownLatch(1);
        venue.reply("/lost", query -> null);
        venue.reply("/long", query -> ScriptedVenue.Reply.ok("x".repeat(2000)));
        venue.reply("/late", query ->
        {
            awaitQuietly(never);
            return ScriptedVenue.Reply.ok("late");
        });
        venue.reply("/good", query -> ScriptedVenue.Reply.ok("good"));

        get("/lost");
        get("/long");
        get("/good");
        get("/late");
        Await.until("failures", () -> 4 == outcomes.size());
        never.countDown();
        get("/good");
        Await.until("answer", () -> 5 == outcomes.size());

        assertTrue(outcomes.get(0).startsWith("failed: "), outcomes.get(0));
        assertTrue(outcomes.get(1).startsWith("failed: "), outcomes.get(1));
        assertEquals("200 good -1 -1", outcomes.get(2));
        assertEquals("failed: no response within 3000 ms", outcomes.get(3));
        assertEquals("200 good -1 -1", outcomes.get(4));
    }

    @Test
    void shouldFailWhatWaitsWhenClosed()
    {
        final CountDownLatch never = new CountDownLatch(1);
        venue.reply("/late", query ->
        {
            awaitQuietly(never);
            return ScriptedVenue.Reply.ok("late");
        });

        get("/late");
        get("/late");
        loop.execute(client::close);
        get("/late");
        Await.until("failures", () -> 3 == outcomes.size());
        never.countDown();

        assertEquals(List.of("failed: client is closed", "failed: client is closed", "not taken"), outcomes);
    }

    @Test
    void shouldSendTheMostUrgentFirstWhateverCameFirst()
    {
        final CountDownLatch all = new CountDownLatch(1);
        venue.reply("/first", query ->
        {
            awaitQuietly(all);
            return ScriptedVenue.Reply.ok("first");
        });

        get("/first");
        submit(RestRequest.get("/cold", 1, RequestPriority.COLD));
        submit(RestRequest.get("/poll", 1, RequestPriority.POLL));
        submit(RestRequest.get("/snapshot1", 1, RequestPriority.SNAPSHOT));
        submit(RestRequest.get("/snapshot2", 1, RequestPriority.SNAPSHOT));
        submit(RestRequest.get("/order", 0, RequestPriority.ORDER));
        Await.until("queued", () -> 6 == client.pending());
        all.countDown();
        Await.until("answers", () -> 6 == outcomes.size());

        assertEquals(List.of("/first", "/order", "/snapshot1", "/snapshot2", "/poll", "/cold"), venue.requests);
    }

    @Test
    void shouldSendNothingThatWaitsBeforeTheServerWantsToHearFromUsAgain()
    {
        final List<Long> arrivals = new CopyOnWriteArrayList<>();
        venue.reply("/a", query ->
        {
            arrivals.add(clock.nanoTime());
            return 1 == arrivals.size() ? new ScriptedVenue.Reply(429, "slow down", Map.of("Retry-After", "500")) :
                ScriptedVenue.Reply.ok("A");
        });

        onLoop(() ->
        {
            for (int i = 0; i < 5; i++)
            {
                client.submit(RestRequest.get("/a", 1, RequestPriority.ORDER), recorder());
            }
        });
        Await.until("refusal", () -> 1 == outcomes.size());
        final long refusedNs = arrivals.get(0);
        clock.shift(400 * SECOND_NS);
        Await.until("asked again in vain", () -> gateCalls.get() >= 3);
        final int sentBefore = arrivals.size();
        clock.shift(101 * SECOND_NS);
        Await.until("answers", () -> 5 == outcomes.size());

        assertEquals(1, sentBefore);
        arrivals.stream().skip(1).forEach(atNs ->
            assertTrue(atNs - refusedNs >= 500 * SECOND_NS, "sent after " + (atNs - refusedNs) + " ns"));
    }

    @Test
    void shouldNotSendWhatWasStillConnectingWhenTheServerWantsToHearNothing()
    {
        final List<Long> arrivals = new CopyOnWriteArrayList<>();
        venue.reply("/a", query ->
        {
            arrivals.add(clock.nanoTime());
            return ScriptedVenue.Reply.ok("A");
        });
        final long untilNs = clock.nanoTime() + 500 * SECOND_NS;

        onLoop(() ->
        {
            client.submit(RestRequest.get("/a", 1, RequestPriority.ORDER), recorder());
            client.submit(
                RestRequest.get("/a", 1, RequestPriority.ORDER).withMaxQueueNs(SECOND_NS / 5), recorder());
            // Another client of the same address is refused while this one connects.
            budget.closeUntil(untilNs);
        });
        Await.until("the other is too old", () -> 1 == outcomes.size());
        final int sentBefore = arrivals.size();
        clock.shift(501 * SECOND_NS);
        Await.until("answer", () -> 2 == outcomes.size());

        assertEquals(0, sentBefore);
        assertEquals(List.of("failed: could not be sent within 200 ms", "200 A -1 -1"), outcomes);
    }

    @Test
    void shouldForgetWhatWasStillConnectingAndMayNotWaitSoLong()
    {
        final AtomicInteger asked = new AtomicInteger();
        venue.reply("/a", query ->
        {
            asked.incrementAndGet();
            return ScriptedVenue.Reply.ok("A");
        });

        onLoop(() ->
        {
            client.submit(
                RestRequest.get("/a", 1, RequestPriority.ORDER).withMaxQueueNs(SECOND_NS / 5), recorder());
            budget.closeUntil(clock.nanoTime() + 500 * SECOND_NS);
        });
        Await.until("failure", () -> 1 == outcomes.size());

        assertEquals(List.of("failed: could not be sent within 200 ms"), outcomes);
        assertEquals(0, asked.get());
    }

    @Test
    void shouldKeepOneWaitingRequestPerKeyTheNewest()
    {
        budget.closeUntil(clock.nanoTime() + 10 * SECOND_NS);

        submit(RestRequest.get("/old", 1, RequestPriority.POLL).withKey("quote X"));
        submit(RestRequest.get("/other", 1, RequestPriority.POLL).withKey("quote Y"));
        submit(RestRequest.get("/new", 1, RequestPriority.POLL).withKey("quote X"));
        Await.until("replaced", () -> 1 == outcomes.size());
        final int waiting = client.pending();
        clock.shift(11 * SECOND_NS);
        Await.until("answers", () -> 3 == outcomes.size());

        assertEquals("failed: a newer request took its place", outcomes.get(0));
        assertEquals(2, waiting);
        assertEquals(List.of("/new", "/other"), venue.requests);
    }

    @Test
    void shouldDisplaceTheLeastUrgentWhenFullAndRefuseWhatIsNotMoreUrgent()
    {
        budget.closeUntil(clock.nanoTime() + 10 * SECOND_NS);
        final List<Boolean> taken = new CopyOnWriteArrayList<>();

        onLoop(() ->
        {
            for (int i = 0; i < 8; i++)
            {
                taken.add(client.submit(RestRequest.get("/poll" + i, 1, RequestPriority.POLL), recorder()));
            }
            taken.add(client.submit(RestRequest.get("/poll8", 1, RequestPriority.POLL), recorder()));
            taken.add(client.submit(RestRequest.get("/order", 1, RequestPriority.ORDER), recorder()));
        });
        Await.until("displaced", () -> 1 == outcomes.size());

        assertEquals(List.of(true, true, true, true, true, true, true, true, false, true), taken);
        assertEquals("failed: displaced by a more urgent request", outcomes.get(0));
        assertEquals(8, client.pending());
    }

    @Test
    void shouldFailUnsentWhatMayNotWaitLonger()
    {
        budget.closeUntil(clock.nanoTime() + 100 * SECOND_NS);

        submit(RestRequest.get("/order", 0, RequestPriority.ORDER).withMaxQueueNs(5_000_000));
        Await.until("failure", () -> 1 == outcomes.size());

        assertEquals(List.of("failed: could not be sent within 5 ms"), outcomes);
        assertEquals(List.of(false), areSent);
        assertEquals(0, client.pending());
    }

    @Test
    void shouldNeverSendAnOrderTwiceAndSayThatItMayHaveArrived()
    {
        venue.reply("/a", query -> ScriptedVenue.Reply.ok("A"));
        venue.reply("/order", query -> null);

        get("/a");
        submit(RestRequest.of(HttpMethod.POST, () -> "/order", 0, RequestPriority.ORDER));
        Await.until("outcomes", () -> 2 == outcomes.size());

        assertEquals(List.of("/a", "/order"), venue.requests);
        assertTrue(outcomes.get(1).startsWith("failed: "), outcomes.get(1));
        assertEquals(List.of(true), areSent);
    }

    @Test
    void shouldMakeTheTargetWhenItIsSentAndSurviveOneThatCannotBeMade()
    {
        final AtomicInteger asked = new AtomicInteger();
        budget.closeUntil(clock.nanoTime() + 10 * SECOND_NS);

        submit(RestRequest.of(HttpMethod.GET, () ->
        {
            throw new IllegalStateException("secret");
        }, 0, RequestPriority.ORDER));
        submit(RestRequest.of(HttpMethod.GET, () -> "/" + asked.incrementAndGet(), 0, RequestPriority.ORDER)
            .withHeader("X-KEY", "k"));
        Await.until("queued", () -> 2 == client.pending());
        final int askedBefore = asked.get();
        clock.shift(11 * SECOND_NS);
        Await.until("outcomes", () -> 2 == outcomes.size());

        assertEquals(0, askedBefore);
        assertEquals(List.of("/1"), venue.requests);
        assertEquals("failed: the request could not be made: java.lang.IllegalStateException", outcomes.get(0));
    }

    @Test
    void shouldFailOnItsOwnLoopAndGoOnWhenNoSocketCanBeMade()
    {
        final AtomicInteger attempts = new AtomicInteger();
        final List<Boolean> onLoop = new CopyOnWriteArrayList<>();
        venue.reply("/a", query -> ScriptedVenue.Reply.ok("A"));
        final ChannelFactory<? extends Channel> sockets = NetTransport.channels(loop);
        final RestClient starved = newClient(() ->
        {
            if (attempts.incrementAndGet() <= 2)
            {
                throw new ChannelException("Too many open files");
            }
            return sockets.newChannel();
        }, 20_000);

        onLoop(() ->
        {
            for (int i = 0; i < 3; i++)
            {
                starved.submit(RestRequest.get("/a", 1, RequestPriority.COLD), new RestHandler()
                {
                    @Override
                    public void onResponse(final RestResponse response)
                    {
                        onLoop.add(loop.inEventLoop());
                        outcomes.add("ok");
                    }

                    @Override
                    public void onFailure(final String reason, final boolean isSent)
                    {
                        onLoop.add(loop.inEventLoop());
                        outcomes.add(reason);
                    }
                });
            }
        });
        Await.until("outcomes", () -> 3 == outcomes.size());
        loop.execute(starved::close);

        assertEquals(List.of(true, true, true), onLoop);
        assertTrue(outcomes.get(0).contains("Too many open files"), outcomes.get(0));
        assertEquals("ok", outcomes.get(2));
    }

    private RestClient newClient(final ChannelFactory<? extends Channel> channels, final int timeoutMs)
    {
        final RateGate gate = new RateGate()
        {
            @Override
            public long tryAcquire(final int weight, final RequestPriority priority, final long nowNs)
            {
                gateCalls.incrementAndGet();
                return budget.tryAcquire(weight, priority, nowNs);
            }

            @Override
            public void onResponse(final RestResponse response, final long nowNs)
            {
                if (429 == response.status())
                {
                    budget.closeUntil(nowNs + Math.max(0, response.number("Retry-After")) * SECOND_NS);
                }
            }
        };
        return new RestClient(loop, venue.rest(), clock, gate, new RestConfig(timeoutMs, 1000, 8), null, channels);
    }

    private void get(final String path)
    {
        submit(RestRequest.get(path, 1, RequestPriority.COLD));
    }

    private void submit(final RestRequest request)
    {
        loop.execute(() ->
        {
            if (!client.submit(request, recorder()))
            {
                outcomes.add("not taken");
            }
        });
    }

    private void onLoop(final Runnable task)
    {
        loop.submit(task).syncUninterruptibly();
    }

    private RestHandler recorder()
    {
        return new RestHandler()
        {
            @Override
            public void onResponse(final RestResponse response)
            {
                assertTrue(response.receivedTimeNs() >= response.sentTimeNs());
                outcomes.add(response.status() + " " + response.body().toString(StandardCharsets.UTF_8) + " " +
                    response.number("X-Number") + " " + response.number("X-Text"));
            }

            @Override
            public void onFailure(final String reason, final boolean isSent)
            {
                areSent.add(isSent);
                outcomes.add("failed: " + reason);
            }
        };
    }

    private static void awaitQuietly(final CountDownLatch latch)
    {
        try
        {
            latch.await(60, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
