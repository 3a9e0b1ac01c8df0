package org.lockstep.tools.simulator.binance;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatorAddresses;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.SimulatorStats;
import org.lockstep.tools.simulator.binance.api.RequestLimits;
import org.lockstep.tools.simulator.binance.api.TradingApi;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;
import org.lockstep.tools.simulator.market.SymbolCatalog;
import org.lockstep.tools.simulator.market.SyntheticMarket;
import org.lockstep.tools.simulator.recording.Recording;
import org.lockstep.tools.simulator.recording.RecordingReader;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Binance Spot on loopback. Everything runs on one event loop: the market or playback, the stream sockets, accounts and
 * their orders, the WebSocket API, REST, and the control interface.
 */
public final class BinanceSimulator implements ExchangeSimulator
{
    private static final long CLOCK_TOLERANCE_MS = 5_000;

    private final EventLoopGroup group;
    private final EventLoop eventLoop;
    private final Counters counters = new Counters();
    private final Hub hub = new Hub(counters);
    private final Faults faults = new Faults();

    private MarketSource source;
    private Accounts accounts;
    private TradingApi trading;
    private Listener listener;
    private SimulatorAddresses addresses;
    private List<String> symbols;
    private volatile SimulatorStats finalStats;

    private BinanceSimulator()
    {
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("binance-simulator", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        eventLoop = group.next();
    }

    /**
     * Starts a simulator and returns once it accepts connections.
     *
     * @param config what it does.
     * @return running; close it when done.
     * @throws IOException when a port is taken or the recording cannot be read.
     */
    public static BinanceSimulator start(final SimulatorConfig config) throws IOException
    {
        final BinanceSimulator simulator = new BinanceSimulator();
        try
        {
            simulator.open(config);
            return simulator;
        }
        catch (final IOException | RuntimeException ex)
        {
            simulator.close();
            throw ex;
        }
    }

    private void open(final SimulatorConfig config) throws IOException
    {
        source = null == config.source() ? synthetic(config) : recorded(config);
        symbols = source.instruments().stream().map(instrument -> instrument.symbol().name()).toList();
        hub.attach(source);
        final RestApi rest = new RestApi(source, faults, counters, config);
        trading = trading(config);
        final StreamControl control = new StreamControl(hub, () -> source.timeUs() / 1_000);
        listener = new Listener(eventLoop, () -> new HttpRouter(config, hub, faults, rest, trading, control));
        listener.open(config.port());
        final MarketFaults marketFaults = new MarketFaults(hub, faults, source, rest);
        final ControlApi controlApi = new ControlApi(hub, faults, marketFaults, new TradingControl(
            trading, hub, faults, listener, new TradingHand(trading, source), marketFaults, eventLoop));
        final Listener controlListener = new Listener(eventLoop, () -> new ControlHandler(controlApi));
        controlListener.open(config.controlPort());
        final int port = listener.port();
        addresses = new SimulatorAddresses("http://127.0.0.1:" + port, "ws://127.0.0.1:" + port,
            "ws://127.0.0.1:" + port + "/ws-api/v3", "http://127.0.0.1:" + controlListener.port(),
            accounts.printed());
        eventLoop.submit(source::start).syncUninterruptibly();
    }

    /** A recording has its own time, but its clients may sign by the wall clock. */
    private TradingApi trading(final SimulatorConfig config)
    {
        accounts = new Accounts(config.trading());
        final LongPredicate isNow = null == config.source() ? timeUs -> false :
            timeUs -> Math.abs(timeUs / 1_000 - System.currentTimeMillis()) < CLOCK_TOLERANCE_MS;
        final RequestLimits limits = new RequestLimits(config.weightPerMinute(),
            config.trading().ordersPerTenSeconds(), config.trading().ordersPerDay(),
            1 == config.speed() || null != config.source() ? System::currentTimeMillis : () -> source.timeUs() / 1_000);
        final TradingApi made = new TradingApi(source.instruments(), accounts.keys(),
            () -> source.timeUs() + faults.skewUs(), isNow, config.seed(), limits);
        accounts.fund(made.exchange(), source.instruments().stream().map(InstrumentView::symbol).toList(),
            config.trading().funds());
        source.listener(made.exchange()::onMarket);
        return made;
    }

    private MarketSource synthetic(final SimulatorConfig config)
    {
        final List<MarketSymbol> symbols = config.symbols().isEmpty() ?
            SymbolCatalog.first(config.symbolCount()) : SymbolCatalog.named(config.symbols());
        final long startUs = 1_000 * (0 == config.epochMs() ? System.currentTimeMillis() : config.epochMs());
        return new SyntheticSource(eventLoop, hub, faults,
            new SyntheticMarket(symbols, config.eventsPerSecond(), config.seed(), startUs), startUs,
            () -> 0 == config.epochMs() ? Math.max(0, 1_000 * System.currentTimeMillis() - startUs) : 0,
            config.speed());
    }

    private MarketSource recorded(final SimulatorConfig config) throws IOException
    {
        final Recording recording = Recording.scan(config.source());
        return new RecordedSource(
            eventLoop, hub, faults, recording, RecordingReader.open(config.source()), config.speed());
    }

    @Override
    public SimulatorAddresses addresses()
    {
        return addresses;
    }

    @Override
    public List<String> symbols()
    {
        return symbols;
    }

    @Override
    public SimulatorStats stats()
    {
        if (eventLoop.inEventLoop())
        {
            return counters.snapshot();
        }
        try
        {
            return null == finalStats ?
                eventLoop.submit(counters::snapshot).syncUninterruptibly().getNow() : finalStats;
        }
        catch (final RejectedExecutionException ex)
        {
            return finalStats;
        }
    }

    @Override
    public CompletionStage<Void> afterOrderRequests(final int more)
    {
        final CompletableFuture<Void> reached = new CompletableFuture<>();
        eventLoop.execute(() -> trading.orderRequests().after(more, () -> reached.complete(null)));
        return reached;
    }

    @Override
    public CompletionStage<Void> sourceEnded()
    {
        return source.ended();
    }

    @Override
    public void close()
    {
        if (null == finalStats && !group.isShuttingDown())
        {
            finalStats = eventLoop.submit(this::stop).syncUninterruptibly().getNow();
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private SimulatorStats stop()
    {
        if (null != source)
        {
            source.stop();
        }
        if (null != listener)
        {
            listener.close();
        }
        for (final StreamConnection connection : hub.connections())
        {
            connection.drop();
        }
        return counters.snapshot();
    }
}
