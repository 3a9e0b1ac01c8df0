package org.lockstep.tools.simulator.binance;

import io.netty.channel.EventLoop;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.OrderFlow;
import org.lockstep.tools.simulator.market.SyntheticMarket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs a synthetic market against the clock and publishes what happens in it. When the machine cannot carry the rate,
 * the market stands still for moments, which is counted; the exchange's clock never does. Event loop only.
 */
final class SyntheticSource implements MarketSource
{
    private static final long TURN_US = 500;
    private static final long TURN_BUDGET_NS = 4_000_000;
    private static final long LAG_MAX_US = 100_000;
    private static final int CLOCK_CHECK_MASK = 63;

    private final EventLoop eventLoop;
    private final Hub hub;
    private final Faults faults;
    private final SyntheticMarket market;
    private final Counters counters;
    private final long startUs;
    private final LongSupplier lateUs;
    private final double speed;
    private final List<SyntheticTopics> topics = new ArrayList<>();
    private final Map<String, SyntheticTopics> topicsBySymbol = new HashMap<>();
    private final List<SyntheticTopics> withDepth = new ArrayList<>();
    private final PeriodicTopics periodic;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Consumer<String> listener = symbol ->
    {
    };
    private long startNs;
    private boolean running;

    /**
     * Late: how long after the market's first moment it is started, by the clock that the exchange goes by; speed: how
     * many times as fast that clock runs from then on.
     */
    SyntheticSource(
        final EventLoop eventLoop,
        final Hub hub,
        final Faults faults,
        final SyntheticMarket market,
        final long startUs,
        final LongSupplier lateUs,
        final double speed)
    {
        this.speed = speed;
        this.lateUs = lateUs;
        this.eventLoop = eventLoop;
        this.hub = hub;
        this.faults = faults;
        this.market = market;
        this.counters = hub.counters();
        this.startUs = startUs;
        final PayloadEncoder encoder = new PayloadEncoder();
        for (final OrderFlow instrument : market.instruments())
        {
            final SyntheticTopics entry = new SyntheticTopics(instrument, encoder, faults, counters);
            topics.add(entry);
            topicsBySymbol.put(instrument.symbol().name(), entry);
        }
        this.periodic = new PeriodicTopics(encoder, market.instruments());
    }

    @Override
    public Collection<? extends InstrumentView> instruments()
    {
        return market.instruments();
    }

    @Override
    public InstrumentView instrument(final String symbol)
    {
        final SyntheticTopics found = topicsBySymbol.get(symbol);
        return null == found ? null : found.instrument();
    }

    @Override
    public long timeUs()
    {
        return running ? startUs + (long)((System.nanoTime() - startNs) * speed) / 1_000 : startUs;
    }

    @Override
    public void listener(final Consumer<String> newListener)
    {
        listener = newListener;
    }

    @Override
    public void start()
    {
        final long passedUs = lateUs.getAsLong();
        startNs = System.nanoTime() - (long)(1_000 * passedUs / speed);
        market.skip(passedUs);
        running = true;
        eventLoop.execute(this::turn);
    }

    @Override
    public void stop()
    {
        running = false;
    }

    private void turn()
    {
        if (!running)
        {
            return;
        }
        final long turnNs = System.nanoTime();
        if (faults.isMuted(turnNs))
        {
            eventLoop.schedule(this::turn, TURN_US, TimeUnit.MICROSECONDS);
            return;
        }
        final long nowUs = timeUs();
        final boolean caughtUp = runUntil(nowUs, turnNs + TURN_BUDGET_NS);
        final long lagUs = nowUs - market.nextTimeUs();
        if (lagUs > LAG_MAX_US)
        {
            market.skip(lagUs);
            counters.skippedUs += lagUs;
        }
        final long publishUs = caughtUp ? nowUs : Math.min(nowUs, market.nextTimeUs());
        for (int i = 0; i < withDepth.size(); i++)
        {
            withDepth.get(i).publishDepth(publishUs);
        }
        periodic.publish(publishUs);
        counters.marketEvents = market.actions();
        hub.flush();
        for (final StreamConnection connection : hub.connections())
        {
            connection.dropIfTooSlow();
        }
        eventLoop.schedule(this::turn, caughtUp ? TURN_US : 1, TimeUnit.MICROSECONDS);
    }

    private boolean runUntil(final long nowUs, final long deadlineNs)
    {
        int steps = 0;
        while (market.nextTimeUs() <= nowUs)
        {
            final long actionUs = market.nextTimeUs();
            market.act();
            final SyntheticTopics acted = topics.get(market.lastIndex());
            market.advance(acted.publish(actionUs));
            listener.accept(acted.instrument().symbol().name());
            if (0 == (++steps & CLOCK_CHECK_MASK) && System.nanoTime() - deadlineNs > 0)
            {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onTopicOpened(final Topic topic)
    {
        final StreamName name = topic.name();
        final SyntheticTopics entry = topicsBySymbol.get(name.symbol());
        switch (name.kind())
        {
            case ALL_MINI_TICKERS -> periodic.open(topic, null, timeUs());
            case OTHER ->
            {
            }
            case TRADE, AGG_TRADE, BOOK_TICKER, DEPTH ->
            {
                if (null != entry)
                {
                    entry.topic(name, topic, timeUs());
                    updateDepth(entry);
                }
            }
            default ->
            {
                if (null != entry)
                {
                    periodic.open(topic, entry.instrument(), timeUs());
                }
            }
        }
    }

    @Override
    public void onTopicClosed(final Topic topic)
    {
        final StreamName name = topic.name();
        final SyntheticTopics entry = topicsBySymbol.get(name.symbol());
        switch (name.kind())
        {
            case TRADE, AGG_TRADE, BOOK_TICKER, DEPTH ->
            {
                if (null != entry)
                {
                    entry.topic(name, null, timeUs());
                    updateDepth(entry);
                }
            }
            default -> periodic.close(topic);
        }
    }

    private void updateDepth(final SyntheticTopics entry)
    {
        withDepth.remove(entry);
        if (entry.hasDepth())
        {
            withDepth.add(entry);
        }
    }

    @Override
    public void onConsumersChanged()
    {
        // The market goes on whoever listens.
    }

    @Override
    public CompletionStage<Void> ended()
    {
        return ended;
    }
}
