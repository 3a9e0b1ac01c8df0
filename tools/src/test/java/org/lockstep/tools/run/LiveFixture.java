package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.pipeline.FrameLog;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;
import org.lockstep.journal.inspect.FrameText;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.rehearse.VenueTruth;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.TradingConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/**
 * A whole process with one account at a simulator that outlives it, over loopback: commands in, journaled events out,
 * and the simulator's exact books to compare with. Test thread only.
 */
final class LiveFixture implements AutoCloseable
{
    static final String ACCOUNT = "main";
    static final int PLENTY = 1_000_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long TIMEOUT_NS = 120_000_000_000L;
    private static final long LIVE_MS = 120_000;
    private static final int POLL_LIMIT = 10_000;
    private static final int RATE = 500;
    private static final long RECONCILE_NS = 2_000_000_000L;
    private static final int JOURNAL_BLOCK_BYTES = 8 << 20;

    private final Path directory;
    private final ExchangeSimulator simulator;
    private final LockstepConfig config;
    private final BinanceOrderConfig.Times times;
    private final List<Map<String, Object>> events = new ArrayList<>();
    private final Map<Integer, long[]> quotes = new TreeMap<>();
    private final QuoteDecoder quote = new QuoteDecoder();
    private final FrameText text = new FrameText();
    private LockstepProcess process;
    private FrameLog log;
    private long nextSequence;

    LiveFixture(final Path directory, final BinanceOrderConfig.Times times, final LockstepConfig.Bot... bots)
        throws IOException
    {
        this(directory, times, PLENTY, bots);
    }

    LiveFixture(
        final Path directory,
        final BinanceOrderConfig.Times times,
        final int weightPerMinute,
        final LockstepConfig.Bot... bots) throws IOException
    {
        this.directory = directory;
        this.times = times;
        simulator = BinanceSimulator.start(SimulatorConfig.defaults()
            .withSymbols("BTCUSDT", "ETHUSDT")
            .withSeed(7, 0)
            .withEventsPerSecond(RATE)
            .withLimits(weightPerMinute, SimulatorConfig.defaults().maxPendingBytes())
            .withTrading(TradingConfig.defaults().withAccounts(1)
                .withFees(new BigDecimal("0.001"), new BigDecimal("0.001")).withOrderLimits(PLENTY, PLENTY)));
        final LockstepConfig.VenueFeed venue = new LockstepConfig.VenueFeed("binance", simulator.symbols(),
            List.of("quote", "trade"), simulator.addresses().rest(), simulator.addresses().stream(),
            simulator.addresses().api(), "the synthetic market", null);
        config = new LockstepConfig(
            new LockstepConfig.Journal(directory, LockstepConfig.PAGE_CACHE, 50_000_000, "hour", false),
            new LockstepConfig.Engine("backoff", 1, 1_000_000_000L, 8192, 256),
            List.of(venue),
            List.of(new LockstepConfig.Account(ACCOUNT, "admin", "binance", LockstepConfig.SIMULATOR, new TreeMap<>(),
                new LockstepConfig.Session(null, false, 5_000, RECONCILE_NS, PLENTY, PLENTY, false))),
            List.of(bots), null);
    }

    /** Answers of a venue on loopback come at once: what is late is lost. */
    static BinanceOrderConfig.Times impatient()
    {
        return new BinanceOrderConfig.Times(1, 1_000, 600, 300, 2_000, 5, 50, 0, 60_000, 2_000, 3_600_000, 1_000);
    }

    /** Begins a life of the process, on the same journal as the one before. */
    LiveFixture start() throws IOException
    {
        process = LockstepProcess.open(config, "test", ReplayProgress.NONE, fault -> fail("halted", fault),
            settings());
        quotes.clear();
        log = process.host().journal().reader();
        process.start();
        final String missing = process.awaitLive(LIVE_MS);
        assertNull(missing);
        await("quotes of both", () -> quotes.size() == 2);
        return this;
    }

    /** Ends as kill -9 does; what the journal has of it is read when it starts again. */
    void crash()
    {
        log.close();
        process.abandon();
    }

    LockstepProcess process()
    {
        return process;
    }

    /** Everything journaled since this was made, ticks and timers left out. */
    List<Map<String, Object>> events()
    {
        poll();
        return events;
    }

    long count(final String type, final Predicate<Map<String, Object>> which)
    {
        return events().stream().filter(event -> type.equals(event.get("type")) && which.test(event)).count();
    }

    /** The last event of a type that fits, or null. */
    Map<String, Object> last(final String type, final Predicate<Map<String, Object>> which)
    {
        final List<Map<String, Object>> all = events();
        for (int i = all.size() - 1; i >= 0; i--)
        {
            if (type.equals(all.get(i).get("type")) && which.test(all.get(i)))
            {
                return all.get(i);
            }
        }
        return null;
    }

    void await(final String what, final BooleanSupplier condition)
    {
        await(() -> what, condition);
    }

    void await(final Supplier<String> what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        poll();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                final List<Map<String, Object>> tail = events.subList(Math.max(0, events.size() - 12), events.size());
                fail("never came: " + what.get() + "; last events " + tail);
            }
            Thread.yield();
            poll();
        }
    }

    long bid(final int instrumentId)
    {
        poll();
        return quotes.get(instrumentId)[0];
    }

    long ask(final int instrumentId)
    {
        poll();
        return quotes.get(instrumentId)[1];
    }

    Instrument instrument(final int id)
    {
        return process.engine().instruments().get(id);
    }

    /** A manual order of the account; with parameters an emulated one. */
    void submit(
        final int instrumentId,
        final Side side,
        final OrderType type,
        final TimeInForce time,
        final long price,
        final long quantity,
        final String... parameters)
    {
        command(CommandAction.SUBMIT_ORDER, instrumentId, 0, side, type, time, price, quantity, parameters);
    }

    void kill(final boolean flatten)
    {
        command(CommandAction.KILL_SWITCH_ON, Frame.NULL_INSTRUMENT_ID, -1, Side.NULL_VAL, OrderType.NULL_VAL,
            TimeInForce.NULL_VAL, 0, 0, "flatten", flatten ? "yes" : "no", "reason", "a test says so");
    }

    private void command(
        final CommandAction action,
        final int instrumentId,
        final int accountId,
        final Side side,
        final OrderType type,
        final TimeInForce time,
        final long price,
        final long quantity,
        final String... parameters)
    {
        final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        final CommandEncoder encoder = new CommandEncoder().wrap(scratch, Frame.HEADER_LENGTH);
        encoder.action(action).botId(-1).accountId(accountId).orderId(0).price(price).quantity(quantity)
            .side(side).orderType(type).timeInForce(time).stopPrice(0);
        final CommandEncoder.ParametersEncoder group = encoder.parametersCount(parameters.length / 2);
        for (int i = 0; i < parameters.length; i += 2)
        {
            group.next().key(parameters[i]).value(parameters[i + 1]);
        }
        encoder.user("test").requestId("").botName("");
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(scratch, 0, length, CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID,
            FrameSource.PROCESS, 0, process.host().clock().nanoTime(), 0, instrumentId);
        final long claim = process.host().publisher().claim();
        process.host().publisher().buffer().putBytes(process.host().publisher().offset(claim), scratch, 0, length);
        process.host().publisher().publish(claim);
    }

    /** Asks the simulator for a fault, or several. */
    void fault(final String json)
    {
        send(HttpRequest.newBuilder(URI.create(simulator.addresses().control() + "/faults"))
            .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    void noFaults()
    {
        send(HttpRequest.newBuilder(URI.create(simulator.addresses().control() + "/faults")).DELETE());
    }

    /** What the simulator has counted: weights, refusals, connections. */
    JsonNode counted()
    {
        return send(HttpRequest.newBuilder(URI.create(simulator.addresses().control() + "/faults")));
    }

    JsonNode books()
    {
        try
        {
            return new VenueTruth(simulator).books();
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** Quantity that orders of one symbol have executed at the venue, buys minus sells. */
    BigDecimal net(final String symbol)
    {
        BigDecimal net = BigDecimal.ZERO;
        for (final JsonNode order : books().path("orders"))
        {
            if (symbol.equals(order.path("symbol").asText()))
            {
                final BigDecimal executed = new BigDecimal(order.path("executedQty").asText());
                net = "BUY".equals(order.path("side").asText()) ? net.add(executed) : net.subtract(executed);
            }
        }
        return net;
    }

    /** Lets everything come to rest, stops as planned, and compares engine, venue and a replay of the journal. */
    Engine finish()
    {
        assertTrue(process.quiesce(TIMEOUT_NS), () -> "no rest: " + process.states());
        process.close();
        final JsonNode books = books();
        assertEquals(List.of(), VenueTruth.open(books));
        assertEquals(List.of(), VenueTruth.differences(process.engine(), ACCOUNT, books));
        final Engine replayed = new Engine();
        final ReplayResult replay = new Replayer(directory, replayed, ReplayOptions.all()).run();
        assertNull(replay.divergence());
        assertTrue(replay.verified());
        assertEquals(List.of(), VenueTruth.differences(replayed, ACCOUNT, books));
        return replayed;
    }

    @Override
    public void close()
    {
        try
        {
            if (null != process)
            {
                process.close();
            }
        }
        finally
        {
            simulator.close();
        }
    }

    private ProcessSettings settings()
    {
        final ProcessSettings usual = ProcessSettings.of(account -> EmbeddedSimulators.credentials(key()));
        return new ProcessSettings(usual.keys(), times, usual.feedTimes(), usual.clock(), JOURNAL_BLOCK_BYTES,
            usual.inputs(), usual.outputs());
    }

    private SimulatedKey key()
    {
        return simulator.addresses().key(1, SimulatedKey.HMAC);
    }

    private void poll()
    {
        long before = -1;
        while (before != nextSequence)
        {
            before = nextSequence;
            nextSequence = log.read(nextSequence, POLL_LIMIT, this::onFrame);
        }
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        text.observe(buffer, offset);
        final int template = Frame.templateId(buffer, offset);
        if (QuoteDecoder.TEMPLATE_ID == template)
        {
            quote.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            quotes.put(Frame.instrumentId(buffer, offset), new long[]{quote.bidPrice(), quote.askPrice()});
            return;
        }
        final String type = text.typeName(template);
        if (!List.of("Trade", "Timer", "StateHash", "TimeSync", "InstrumentDefined").contains(type))
        {
            events.add(text.model(buffer, offset));
        }
    }

    private static JsonNode send(final HttpRequest.Builder request)
    {
        try
        {
            final HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response::body);
            return MAPPER.readTree(response.body());
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }
}
