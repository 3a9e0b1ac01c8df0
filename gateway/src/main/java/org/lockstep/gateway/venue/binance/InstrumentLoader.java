package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.List;
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
 * answers; one that knows no such symbol is believed. Threading: the feed's loop. Cold.
 */
final class InstrumentLoader
{
    private static final Logger LOG = LoggerFactory.getLogger(InstrumentLoader.class);
    private static final int SYMBOLS_PER_REQUEST = 100;
    private static final int BAD_REQUEST = 400;

    private final EventLoop loop;
    private final BinanceRest rest;
    private final InstrumentDirectory directory;
    private final FeedGuard guard;
    private final Backoff backoff;

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

    /** Loads some symbols; the outcome is all of them, in the order given, or a reason. */
    void load(
        final List<String> symbols, final Consumer<List<Instrument>> onSuccess, final Consumer<String> onFailure)
    {
        new Load(symbols, onSuccess, onFailure).next();
    }

    /** One load, request by request. */
    private final class Load
    {
        private final List<String> symbols;
        private final Consumer<List<Instrument>> onSuccess;
        private final Consumer<String> onFailure;
        private final List<Instrument> loaded = new ArrayList<>();

        Load(
            final List<String> symbols, final Consumer<List<Instrument>> onSuccess, final Consumer<String> onFailure)
        {
            this.symbols = symbols;
            this.onSuccess = onSuccess;
            this.onFailure = onFailure;
        }

        void next()
        {
            if (loaded.size() == symbols.size())
            {
                onSuccess.accept(loaded);
                return;
            }
            final List<String> batch =
                symbols.subList(loaded.size(), Math.min(symbols.size(), loaded.size() + SYMBOLS_PER_REQUEST));
            final boolean isSent = rest.exchangeInfo(
                batch,
                body -> guard.run(() -> onResponse(batch, body)),
                (status, reason) -> guard.run(() -> onRefused(status, reason)));
            if (!isSent)
            {
                retry("too many requests wait");
            }
        }

        private void onResponse(final List<String> batch, final JsonNode body)
        {
            try
            {
                final List<InstrumentDescriptor> descriptors = ExchangeInfo.read(body);
                for (final String symbol : batch)
                {
                    final InstrumentDescriptor descriptor = descriptors.stream()
                        .filter(candidate -> candidate.symbol().equals(symbol))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("the venue does not list " + symbol));
                    loaded.add(directory.define(descriptor));
                }
            }
            catch (final IllegalArgumentException ex)
            {
                onFailure.accept(ex.getMessage());
                return;
            }
            backoff.reset();
            next();
        }

        private void onRefused(final int status, final String reason)
        {
            if (BAD_REQUEST == status)
            {
                onFailure.accept("the venue refused the symbols " + symbols + ": " + reason);
            }
            else
            {
                retry(reason);
            }
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
