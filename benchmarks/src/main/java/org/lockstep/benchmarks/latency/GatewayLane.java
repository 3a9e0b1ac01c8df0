package org.lockstep.benchmarks.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.EventLoopGroup;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.benchmarks.Pipeline;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.SetupFrames;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.pipeline.FrameBroadcast;
import org.lockstep.gateway.client.ClientGateway;
import org.lockstep.gateway.client.ClientGatewayConfig;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.auth.TokenMinter;
import org.lockstep.gateway.client.port.GatewayPorts;
import org.lockstep.gateway.client.stream.ClientLimits;
import org.lockstep.gateway.net.NetTransport;

/**
 * The real thing: ring, journal, engine with a bot, broadcast, client gateway. Who sends also runs the engine, as the
 * feed's thread does under the plan {@code feed-loop}, unless the engine was given a thread of its own.
 */
final class GatewayLane implements FanOutLane
{
    private static final long STEP_NS = 50_000;
    private static final String SECRET = "benchmark-secret-of-more-than-32-bytes";

    private final Scratch scratch = new Scratch();
    private final FrameBroadcast broadcast = new FrameBroadcast(FrameBroadcast.DEFAULT_LENGTH);
    private final EventLoopGroup group = NetTransport.newGroup(1, "gateway");
    private final ThreadCpu cpu = new ThreadCpu(group.next());
    private final TokenMinter minter = TokenMinter.ofSecret(SECRET.getBytes(StandardCharsets.US_ASCII));
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final QuoteEncoder quote = new QuoteEncoder();
    private final SentTimes sent;
    private final int symbols;
    private final boolean isCompressed;
    private final Pipeline pipeline;
    private final ClientGateway gateway;
    private volatile long timeNs = SampleMarket.START_NS;
    private volatile boolean isClosed;
    private Thread engine;
    private long refused;
    private int next;

    /**
     * Starts it.
     *
     * @param symbols      quotes go round them.
     * @param sent         told of every message.
     * @param isCompressed whether clients take messages compressed.
     * @param onQuote      told of each quote's time as the bot sees it.
     */
    GatewayLane(final int symbols, final SentTimes sent, final boolean isCompressed, final LongConsumer onQuote)
    {
        this.symbols = symbols;
        this.sent = sent;
        this.isCompressed = isCompressed;
        pipeline = new Pipeline(
            scratch.path(), true, new Engine(TrivialBot.strategies(onQuote)), () -> timeNs, broadcast);
        setUp();
        final ClientLimits d = ClientLimits.DEFAULT;
        final ClientLimits limits = new ClientLimits(100_000, 100_000, d.messagesPerSecond(), d.rateGraceMs(),
            d.maxMessageLength(), d.maxQueuedBytes(), d.authTimeoutMs(), 3_600_000, 3_600_000, 3_600_000,
            d.conflateMs(), 100_000, 60_000, 0, d.bridgeGraceMs());
        try
        {
            gateway = new ClientGateway(ClientGatewayConfig.of(minter.keys(), 0).withLimits(limits),
                GatewayPorts.withoutVenues(
                    broadcast.subscribe(), pipeline::reader, pipeline.ring(), pipeline.meter()), group).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** A bot in each symbol, so that one sees every tick. */
    private void setUp()
    {
        final Instrument first = SampleMarket.INSTRUMENT;
        final List<Instrument> instruments = new ArrayList<>(List.of(first));
        for (int id = 1; id < symbols; id++)
        {
            instruments.add(new Instrument(id, Venue.BINANCE, "S" + id + "USDT", "S" + id, "USDT", first.priceScale(),
                first.quantityScale(), 1, 1, 1, 900_000_000L, 0, first.status()));
        }
        SetupFrames.trading(instruments, instruments.stream().map(instrument ->
            List.of("bot-" + instrument.id(), TrivialBot.NAME, "symbols", instrument.symbol())).toList(),
            pipeline::run);
    }

    @Override
    public String name()
    {
        return isCompressed ? "gateway, deflate" : "lockstep gateway";
    }

    @Override
    public int port()
    {
        return gateway.port();
    }

    @Override
    public String token()
    {
        return minter.mint("bench", Role.VIEWER, Duration.ofHours(1), null, null);
    }

    @Override
    public String headers()
    {
        return FanOutLane.super.headers() +
            (isCompressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "");
    }

    @Override
    public String subscribe()
    {
        return subscribe(0);
    }

    /** Message that subscribes to every symbol, a value at most every so often. */
    static String subscribe(final int conflateMs)
    {
        return "{\"type\":\"subscribe\",\"channel\":\"market-data\",\"data\":{\"symbol\":\"*\",\"conflateMs\":" +
            conflateMs + "}}";
    }

    @Override
    public long cpuNs()
    {
        return cpu.ns();
    }

    /** Gives the engine a thread of its own that spins, yields and parks, as on a machine of few cores. */
    void startEngine()
    {
        engine = new Thread(() ->
        {
            final IdleStrategy idle = new BackoffIdleStrategy(100, 20, 1_000, 50_000);
            while (!isClosed)
            {
                idle.idle(pipeline.poll());
            }
        }, "engine");
        engine.start();
    }

    /** @return ticks sent. */
    long ticks()
    {
        return next;
    }

    /** Which tick, from 1 on, has a time of the engine's. */
    static long tickAt(final long timeNs)
    {
        return (timeNs - SampleMarket.START_NS) / STEP_NS;
    }

    /** @return ticks that found the ring full. */
    long refused()
    {
        return refused;
    }

    /** @return a figure of {@code /ws/stats}. */
    long stat(final String name)
    {
        try
        {
            final String body = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create(gateway.url() + "/ws/stats")).header("Authorization", "Bearer " + token()).build(),
                HttpResponse.BodyHandlers.ofString()).body();
            return new ObjectMapper().readTree(body).path(name).longValue();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void send(final long intendedNs)
    {
        next++;
        timeNs += STEP_NS;
        quote.wrap(frame, Frame.HEADER_LENGTH)
            .bidPrice(6_000_000 + next % 1_000_003L).bidQuantity(100_000)
            .askPrice(6_000_010 + next % 1_000_003L).askQuantity(200_000).updateId(next);
        final int length = Frame.HEADER_LENGTH + quote.encodedLength();
        Frame.writeHeader(frame, 0, length, QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID,
            FrameSource.venueLine(Venue.BINANCE.id(), 0), 0, timeNs, timeNs, next % symbols);
        if (null != engine)
        {
            refused += pipeline.publish(frame, 0, length) ? 0 : 1;
            return;
        }
        sent.sent(pipeline.meter().lastSequence() + 1, intendedNs);
        pipeline.run(frame, 0, length);
    }

    @Override
    public void close()
    {
        gateway.close();
        isClosed = true;
        if (null != engine)
        {
            LockSupport.unpark(engine);
            while (engine.isAlive())
            {
                Thread.yield();
            }
        }
        pipeline.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
        scratch.close();
    }
}
