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

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestClientTest
{
    private final EventLoopGroup group = NetTransport.newGroup(1, "rest-test");
    private final EventLoop loop = group.next();
    private final ScriptedVenue venue = new ScriptedVenue();
    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private final RestClient client =
        new RestClient(loop, venue.rest(), new SystemEpochNanoClock(), 3000, 1000, null);

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

        assertEquals(List.of("failed: client is closed", "failed: client is closed", "failed: client is closed"),
            outcomes);
    }

    private void get(final String path)
    {
        loop.execute(() -> client.get(path, new RestHandler()
        {
            @Override
            public void onResponse(final RestResponse response)
            {
                assertTrue(response.receivedTimeNs() >= response.sentTimeNs());
                outcomes.add(response.status() + " " + response.body().toString(StandardCharsets.UTF_8) + " " +
                    response.number("X-Number") + " " + response.number("X-Text"));
            }

            @Override
            public void onFailure(final String reason)
            {
                outcomes.add("failed: " + reason);
            }
        }));
    }

    private static void awaitQuietly(final CountDownLatch latch)
    {
        try
        {
            latch.await(10, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
