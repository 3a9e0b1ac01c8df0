package org.lockstep.gateway.venue.binance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.EventLoop;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;
import org.lockstep.gateway.venue.binance.rest.ExchangeInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads instruments from exchangeInfo into the directory. An unreachable venue is asked again, with back-off, until it
 * answers; one that knows no such symbol is believed. The venue refuses a whole request over one symbol it does not
 * list, so a refused request is halved until that symbol stands alone. Threading: the feed's loop. Cold.
 */
final class InstrumentLoader
{
    /**
     * What became of some symbols.
     *
     * @param instruments by symbol, in the order asked for.
     * @param refused     why the venue or the directory does not take a symbol, by symbol.
     * @param unlisted    those of the refused that the venue does not know.
     */
    record Outcome(Map<String, Instrument> instruments, Map<String, String> refused, Set<String> unlisted)
    {
    }

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentLoader.class);
    private static final int SYMBOLS_PER_REQUEST = 100;
    private static final int BAD_REQUEST = 400;
    private static final String INVALID_SYMBOL = "-1121";

    private final EventLoop loop;
    private final BinanceRest rest;
    private final InstrumentDirectory directory;
    private final FeedGuard guard;
    private final Backoff backoff;
    private final Map<String, List<Consumer<Outcome>>> wanted = new LinkedHashMap<>();
    private boolean isGathering;

    InstrumentLoader(
        final EventLoop loop,
        final BinanceRest rest,
        final InstrumentDirectory directory,
        final FeedGuard guard,
        final Backoff backoff)
    {
        this.loop = loop;
        this.rest = rest;
        this.directory = directory;
        this.guard = guard;
        this.backoff = backoff;
    }

    /** Loads some symbols. */
    void load(final List<String> symbols, final Consumer<Outcome> onOutcome)
    {
        new Load(symbols, onOutcome).next();
    }

    /** Loads one symbol; those asked for while a request is on its way share the next one. */
    void gather(final String symbol, final Consumer<Outcome> onOutcome)
    {
        wanted.computeIfAbsent(symbol, key -> new ArrayList<>()).add(onOutcome);
        if (!isGathering)
        {
            loadWanted();
        }
    }

    private void loadWanted()
    {
        final Map<String, List<Consumer<Outcome>>> taken = new LinkedHashMap<>(wanted);
        wanted.clear();
        isGathering = !taken.isEmpty();
        if (isGathering)
        {
            load(List.copyOf(taken.keySet()), outcome ->
            {
                guard.run(this::loadWanted);
                taken.values().forEach(waiting -> waiting.forEach(each -> guard.run(() -> each.accept(outcome))));
            });
        }
    }

    /** One load, request by request. */
    private final class Load
    {
        private final ArrayDeque<List<String>> batches = new ArrayDeque<>();
        private final Consumer<Outcome> onOutcome;
        private final Outcome outcome = new Outcome(new LinkedHashMap<>(), new LinkedHashMap<>(), new HashSet<>());

        Load(final List<String> symbols, final Consumer<Outcome> onOutcome)
        {
            this.onOutcome = onOutcome;
            for (int i = 0; i < symbols.size(); i += SYMBOLS_PER_REQUEST)
            {
                batches.add(symbols.subList(i, Math.min(symbols.size(), i + SYMBOLS_PER_REQUEST)));
            }
        }

        void next()
        {
            if (batches.isEmpty())
            {
                onOutcome.accept(outcome);
                return;
            }
            final boolean isSent = rest.exchangeInfo(
                batches.peek(),
                body -> guard.run(() -> onResponse(body)),
                (status, reason) -> guard.run(() -> onFailure(status, reason)));
            if (!isSent)
            {
                retry("too many requests wait");
            }
        }

        private void onResponse(final JsonNode body)
        {
            final Map<String, InstrumentDescriptor> listed = new LinkedHashMap<>();
            try
            {
                ExchangeInfo.read(body).forEach(descriptor -> listed.put(descriptor.symbol(), descriptor));
            }
            catch (final IllegalArgumentException ex)
            {
                onUnreadable(ex.getMessage(), false);
                return;
            }
            for (final String symbol : batches.remove())
            {
                final InstrumentDescriptor descriptor = listed.get(symbol);
                if (null == descriptor)
                {
                    outcome.refused.put(symbol, "the venue does not list " + symbol);
                    outcome.unlisted.add(symbol);
                }
                else
                {
                    define(descriptor);
                }
            }
            backoff.reset();
            next();
        }

        private void define(final InstrumentDescriptor descriptor)
        {
            try
            {
                outcome.instruments.put(descriptor.symbol(), directory.define(descriptor));
            }
            catch (final IllegalArgumentException ex)
            {
                outcome.refused.put(descriptor.symbol(), ex.getMessage());
            }
        }

        private void onFailure(final int status, final String reason)
        {
            if (BAD_REQUEST == status)
            {
                onUnreadable("the venue refused: " + reason, reason.contains(INVALID_SYMBOL));
            }
            else
            {
                retry(reason);
            }
        }

        /** One symbol of the batch is to blame; which one, only asking for less can tell. */
        private void onUnreadable(final String reason, final boolean isUnlisted)
        {
            final List<String> batch = batches.remove();
            if (1 == batch.size())
            {
                outcome.refused.put(batch.get(0), batch.get(0) + ": " + reason);
                if (isUnlisted)
                {
                    outcome.unlisted.add(batch.get(0));
                }
            }
            else
            {
                batches.addFirst(batch.subList(batch.size() / 2, batch.size()));
                batches.addFirst(batch.subList(0, batch.size() / 2));
            }
            next();
        }

        private void retry(final String reason)
        {
            final long delayNs = backoff.nextDelayNs();
            LOG.warn("binance: instruments not loaded, next attempt in {} ms: {}", delayNs / 1_000_000, reason);
            if (!loop.isShuttingDown())
            {
                loop.schedule(() -> guard.run(this::next), delayNs, TimeUnit.NANOSECONDS);
            }
        }
    }
}
