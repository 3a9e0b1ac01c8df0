package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.collections.LongArrayList;
import org.lockstep.tools.run.JournaledEvents.Channel;

/** Reads event channels until it is cut, comes back with what it saw last, until it has seen the end. */
final class LosslessClient extends Thread
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Set<Integer> CLOSED_FOR_NOW = Set.of(1001, 1006, 1012, 4008);
    private static final long TIMEOUT_S = 120;
    private static final long POLL_MS = 50;
    private static final long WAIT_NS = 1_000_000;
    private static final int MOST_MESSAGES = 800;
    private static final int AWAY_EVERY = 4;

    final List<Channel> channels;
    int cuts;
    volatile Throwable failure;
    private final Site site;
    private final Random random;
    private final Map<Channel, LongArrayList> seen = new EnumMap<>(Channel.class);
    private final List<Resumption> resumptions = new ArrayList<>();
    private String epoch;

    /** What a client came back with, and how far the journal had come then. */
    private record Resumption(Channel channel, long since, long until)
    {
    }

    /** Where the process is, and how far. */
    static final class Site
    {
        volatile String url;
        volatile String token;
        volatile String firstEpoch;
        volatile Map<Channel, Long> targets;
        volatile boolean isAbandoned;
        private final AtomicLongArray counts = new AtomicLongArray(Channel.values().length);

        void open(final LockstepProcess process)
        {
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
            while (null == firstEpoch)
            {
                assertTrue(System.nanoTime() - endNs < 0, "the gateway has not seen the session's start");
                firstEpoch = "0".equals(process.epoch()) ? null : process.epoch();
                Thread.yield();
            }
            token = process.adminToken();
            url = process.url().replace("http", "ws") + "/ws";
        }

        void journaled(final Channel channel)
        {
            counts.incrementAndGet(channel.ordinal());
        }

        long count(final Channel channel)
        {
            return counts.get(channel.ordinal());
        }

        boolean isOver()
        {
            return null != targets || isAbandoned;
        }

        @Override
        public String toString()
        {
            return "journaled trades, orders, alerts " + counts;
        }
    }

    LosslessClient(final Site site, final Random random, final List<Channel> channels)
    {
        super("lossless-client");
        this.site = site;
        this.random = random;
        this.channels = channels;
        channels.forEach(channel -> seen.put(channel, new LongArrayList()));
        setDaemon(true);
    }

    @Override
    public void run()
    {
        try
        {
            epoch = site.firstEpoch;
            while (!hasAll() && !site.isAbandoned)
            {
                final String url = site.url;
                if (null != url)
                {
                    connection(url);
                    cuts++;
                    stayAway();
                }
                LockSupport.parkNanos(WAIT_NS);
            }
        }
        catch (final IOException | InterruptedException | TimeoutException | RuntimeException | AssertionError ex)
        {
            failure = ex;
        }
    }

    /** Compares all that was seen with the journal. */
    void assertSeen(final Channel channel, final long[] expected, final long target)
    {
        final long[] actual = seen.get(channel).toLongArray();
        final int least = Arrays.binarySearch(expected, target) + 1;
        final int common = Math.min(actual.length, expected.length);
        final int differs = Arrays.mismatch(actual, 0, common, expected, 0, common);
        assertTrue(differs < 0, () -> channel.code() + " differ at event " + differs + ": journaled " +
            around(expected, differs) + ", seen " + around(actual, differs) + "; " + this);
        assertTrue(actual.length >= least && actual.length <= expected.length, () -> channel.code() + ": journaled " +
            expected.length + ", of these before the end " + least + ", seen " + actual.length + "; " + this);
    }

    /** @return how often more was missed than the gateway keeps in memory. */
    int beyondMemory(final Channel channel, final long[] expected)
    {
        int count = 0;
        for (final Resumption resumption : resumptions)
        {
            final int missed = index(expected, resumption.until() + 1) - index(expected, resumption.since() + 1);
            count += resumption.channel() == channel && missed > JournaledEvents.BEYOND_MEMORY ? 1 : 0;
        }
        return count;
    }

    @Override
    public String toString()
    {
        return "client of " + channels + " after " + cuts + " cuts saw up to " + channels.stream()
            .map(this::lastSeen).toList() + " of " + site.targets + ", " + site + ", failure " + failure;
    }

    private void connection(final String url) throws IOException, InterruptedException, TimeoutException
    {
        final Reader reader = new Reader();
        final WebSocket socket;
        try
        {
            socket = HTTP.newWebSocketBuilder().header("Authorization", "Bearer " + site.token)
                .subprotocols("lockstep.v1").buildAsync(URI.create(url), reader).get(TIMEOUT_S, TimeUnit.SECONDS);
        }
        catch (final ExecutionException ex)
        {
            if (url.equals(site.url) && !site.isAbandoned)
            {
                throw new IOException("cannot connect", ex);
            }
            return;     // the process has stopped
        }
        try
        {
            for (final Channel channel : channels)
            {
                socket.sendText("{\"type\":\"subscribe\",\"channel\":\"" + channel.code() +
                    "\",\"data\":{\"since\":{\"epoch\":\"" + epoch + "\",\"offset\":" + lastSeen(channel) + "}}}", true)
                    .get(TIMEOUT_S, TimeUnit.SECONDS);
            }
            read(socket, reader);
        }
        catch (final ExecutionException ex)
        {
            if (!(ex.getCause() instanceof IOException))
            {
                throw new IllegalStateException("cannot subscribe", ex);
            }
            // Else the socket was closed meanwhile: one more cut.
        }
        finally
        {
            socket.abort();
        }
    }

    private void read(final WebSocket socket, final Reader reader)
        throws IOException, InterruptedException, TimeoutException
    {
        int remaining = 1 + random.nextInt(MOST_MESSAGES);
        while (!hasAll() && !site.isAbandoned && (remaining-- > 0 || null != site.targets))
        {
            final String text = next(reader);
            if (text.isEmpty() && (hasAll() || site.isAbandoned))
            {
                return;
            }
            if (text.isEmpty())
            {
                if (!CLOSED_FOR_NOW.contains(reader.closeCode))
                {
                    throw new IOException("closed with " + reader.closeCode);
                }
                return;
            }
            onMessage(MAPPER.readTree(text));
            socket.request(1);
        }
    }

    /** @return the next message, empty when there is none: closed, or all has been seen and nothing more must come. */
    private String next(final Reader reader) throws InterruptedException, TimeoutException
    {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (!hasAll() && !site.isAbandoned)
        {
            final String text = reader.messages.poll(POLL_MS, TimeUnit.MILLISECONDS);
            if (null != text)
            {
                return text;
            }
            if (System.nanoTime() - endNs >= 0)
            {
                throw new TimeoutException("nothing came");
            }
        }
        return "";
    }

    private void onMessage(final JsonNode message)
    {
        final JsonNode data = message.path("data");
        switch (message.path("type").asText())
        {
            // Whoever reads too slowly is cut, too.
            case "error" -> assertEquals("slow_consumer", data.path("code").asText(), message::toString);
            case "subscribed" ->
            {
                final Channel channel = channel(message);
                assertTrue(data.path("recovered").booleanValue(), () -> "not recovered: " + message + " since " +
                    epoch + "/" + lastSeen(channel));
                resumptions.add(new Resumption(channel, lastSeen(channel), data.path("offset").longValue()));
                epoch = data.path("epoch").textValue();
            }
            case "data" -> seen.get(channel(message)).addLong(data.path("offset").longValue());
            default ->
            {
            }
        }
    }

    private void stayAway()
    {
        final boolean isFirst = 1 == cuts && channels.contains(Channel.ORDERS);
        if (0 == random.nextInt(AWAY_EVERY) || isFirst)
        {
            // Where orders come, the first time for certain longer than memory reaches.
            final Channel channel = isFirst ? Channel.ORDERS : channels.get(random.nextInt(channels.size()));
            final long until = site.count(channel) + (isFirst ? JournaledEvents.BEYOND_MEMORY * 5 / 4 :
                random.nextInt(2 * JournaledEvents.BEYOND_MEMORY));
            while (!site.isOver() && site.count(channel) < until)
            {
                LockSupport.parkNanos(WAIT_NS);
            }
        }
    }

    private boolean hasAll()
    {
        final Map<Channel, Long> targets = site.targets;
        if (null == targets)
        {
            return false;
        }
        for (final Channel channel : channels)
        {
            if (lastSeen(channel) < targets.get(channel))
            {
                return false;
            }
        }
        return true;
    }

    private long lastSeen(final Channel channel)
    {
        final LongArrayList list = seen.get(channel);
        return list.isEmpty() ? 0 : list.getLong(list.size() - 1);
    }

    private static Channel channel(final JsonNode message)
    {
        return Channel.valueOf(message.path("channel").asText().toUpperCase(java.util.Locale.ROOT));
    }

    private static String around(final long[] values, final int index)
    {
        return Arrays.toString(Arrays.copyOfRange(values, Math.max(0, index - 2), Math.min(values.length, index + 3)));
    }

    private static int index(final long[] values, final long sequence)
    {
        final int index = Arrays.binarySearch(values, sequence);
        return index < 0 ? -index - 1 : index;
    }

    /** Takes one message at a time; an empty one is the end. */
    private static final class Reader implements WebSocket.Listener
    {
        final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        volatile int closeCode = 1006;
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket socket, final CharSequence data, final boolean last)
        {
            partial.append(data);
            if (last)
            {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            else
            {
                socket.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(final WebSocket socket, final int statusCode, final String reason)
        {
            closeCode = statusCode;
            messages.add("");
            return null;
        }

        @Override
        public void onError(final WebSocket socket, final Throwable error)
        {
            messages.add("");
        }
    }
}
