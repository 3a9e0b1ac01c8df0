package org.lockstep.gateway.client.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.agrona.collections.Int2IntCounterMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.EpochClock;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.gateway.client.command.CommandPublisher;
import org.lockstep.gateway.client.port.InstrumentSource;
import org.lockstep.gateway.client.view.ClientView;

/**
 * Gives clients any instrument a venue lists: the first who asks starts the exchange subscription, and some time after
 * the last has gone it ends, unless configuration or bots need it. Both are commands in the journal, and are carried
 * out when they come back from there. Client event loop only.
 */
public final class InstrumentBridge
{
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_.-]{1,40}");
    private static final int TIMEOUT_MS = 15_000;
    private static final String NOT_LISTED = "unknown_symbol";

    private final InstrumentSource source;
    private final CommandPublisher commands;
    private final EpochClock clock;
    private final Executor loop;
    private final ClientLimits limits;
    private final Map<String, Bridged> bySymbol = new LinkedHashMap<>();
    private final Int2ObjectHashMap<Bridged> byInstrument = new Int2ObjectHashMap<>();
    private final Int2IntCounterMap counts = new Int2IntCounterMap(0);
    private final Map<String, Runnable> journaled = new LinkedHashMap<>();
    private ClientView view;

    /** An instrument that clients wanted, and those who still wait for it. */
    private static final class Bridged
    {
        final String venue;
        final String symbol;
        final List<Waiting> waiting = new ArrayList<>();
        int instrumentId = -1;
        long idleSinceMs = -1;
        boolean isEnding;

        Bridged(final String venue, final String symbol)
        {
            this.venue = venue;
            this.symbol = symbol;
        }

        String key()
        {
            return venue + ":" + symbol;
        }
    }

    private record Waiting(long deadlineMs, Consumer<ProtocolError> done)
    {
    }

    /**
     * A bridge to venues.
     *
     * @param source   starts and ends subscriptions.
     * @param commands way into the journal.
     * @param clock    our clock.
     * @param loop     runs on the client event loop.
     * @param limits   how many instruments, and for how long nobody may want one.
     */
    public InstrumentBridge(
        final InstrumentSource source,
        final CommandPublisher commands,
        final EpochClock clock,
        final Executor loop,
        final ClientLimits limits)
    {
        this.source = source;
        this.commands = commands;
        this.clock = clock;
        this.loop = loop;
        this.limits = limits;
    }

    void view(final ClientView newView)
    {
        view = newView;
    }

    /** @return instruments that are subscribed because clients want them. */
    public int count()
    {
        return bySymbol.size();
    }

    /**
     * Says whether a venue could list a symbol.
     *
     * @param symbol with or without its venue.
     * @return false when no venue that could be asked has such symbols.
     */
    public boolean couldBe(final String symbol)
    {
        return null != venueOf(symbol) && SYMBOL.matcher(symbolOf(symbol)).matches();
    }

    /**
     * Asks for an instrument that is not there yet.
     *
     * @param symbol with or without its venue, see {@link #couldBe}.
     * @param user   who asks.
     * @param done   told null once it is there, or why it cannot be had.
     */
    void request(final String symbol, final String user, final Consumer<ProtocolError> done)
    {
        final Bridged wanted = new Bridged(venueOf(symbol), symbolOf(symbol));
        final Bridged known = bySymbol.get(wanted.key());
        if (null == known && bySymbol.size() >= limits.bridgedInstruments())
        {
            done.accept(new ProtocolError("busy", "at most " + limits.bridgedInstruments() +
                " instruments besides the configured ones at a time", null, limits.bridgeGraceMs()));
            return;
        }
        final Bridged bridged = null == known ? wanted : known;
        bridged.waiting.add(new Waiting(clock.time() + TIMEOUT_MS, done));
        if (null == known)
        {
            start(bridged, user);
        }
    }

    /** A subscription names an instrument. */
    void retain(final int instrumentId, final String user)
    {
        final int count = counts.getAndIncrement(instrumentId);
        final Bridged bridged = byInstrument.get(instrumentId);
        if (null != bridged)
        {
            bridged.idleSinceMs = -1;
        }
        else if (0 == count)
        {
            revive(instrumentId, user);
        }
    }

    /** A subscription names an instrument no longer. */
    void release(final int instrumentId)
    {
        if (counts.decrementAndGet(instrumentId) > 0)
        {
            return;
        }
        final Bridged bridged = byInstrument.get(instrumentId);
        if (null != bridged)
        {
            bridged.idleSinceMs = clock.time();
        }
    }

    /** A command came back from the journal. */
    void onJournaled(final String requestId)
    {
        final Runnable action = journaled.remove(requestId);
        if (null != action)
        {
            action.run();
        }
    }

    /** Tells those who waited, and ends what nobody wants. */
    void poll(final long nowMs)
    {
        if (bySymbol.isEmpty())
        {
            return;
        }
        for (final Bridged bridged : List.copyOf(bySymbol.values()))
        {
            if (bridged.instrumentId < 0 && !view.resolve(bridged.key()).isEmpty())
            {
                onKnown(bridged, view.resolve(bridged.key()).getInt(0));
            }
            final Iterator<Waiting> waiting = bridged.waiting.iterator();
            while (waiting.hasNext())
            {
                final Waiting next = waiting.next();
                if (next.deadlineMs() - nowMs <= 0)
                {
                    waiting.remove();
                    next.done().accept(new ProtocolError("unconfirmed", "the venue has not confirmed " +
                        bridged.key() + " yet; ask again", null, TIMEOUT_MS));
                }
            }
            if (bridged.idleSinceMs >= 0 && !bridged.isEnding &&
                nowMs - bridged.idleSinceMs >= limits.bridgeGraceMs())
            {
                end(bridged);
            }
        }
    }

    /** An instrument of an earlier run that a client now names: nobody has subscribed it in this one. */
    private void revive(final int instrumentId, final String user)
    {
        final String key = view.qualifiedSymbol(instrumentId);
        if (null == key || !couldBe(key) || bySymbol.size() >= limits.bridgedInstruments())
        {
            return;
        }
        final Bridged bridged = new Bridged(venueOf(key), symbolOf(key));
        if (!source.isNeeded(bridged.venue, bridged.symbol) && !bySymbol.containsKey(bridged.key()))
        {
            if (start(bridged, user))
            {
                onKnown(bridged, instrumentId);
            }
        }
    }

    private boolean start(final Bridged bridged, final String user)
    {
        bySymbol.put(bridged.key(), bridged);
        final boolean isPublished = publish(CommandAction.SUBSCRIBE_INSTRUMENT, user, bridged,
            () -> subscribe(bridged));
        if (!isPublished)
        {
            fail(bridged, new ProtocolError("busy", "the engine's input is full; nothing was done", null, 100));
        }
        return isPublished;
    }

    private void subscribe(final Bridged bridged)
    {
        try
        {
            source.subscribe(bridged.venue, bridged.symbol).whenComplete((id, failure) ->
                loop.execute(() -> onSubscribed(bridged, id, failure)));
        }
        catch (final RuntimeException ex)
        {
            onSubscribed(bridged, -1, ex);
        }
    }

    private void end(final Bridged bridged)
    {
        bridged.isEnding = publish(CommandAction.UNSUBSCRIBE_INSTRUMENT, "lockstep", bridged, () ->
        {
            if (counts.containsKey(bridged.instrumentId))
            {
                bridged.isEnding = false;       // somebody came while the command was on its way
                bridged.idleSinceMs = -1;
                return;
            }
            bySymbol.remove(bridged.key());
            byInstrument.remove(bridged.instrumentId);
            source.unsubscribe(bridged.venue, bridged.instrumentId);
        });
    }

    private boolean publish(
        final CommandAction action, final String user, final Bridged bridged, final Runnable onJournaled)
    {
        final String requestId = "bridge-" + UUID.randomUUID();
        journaled.put(requestId, onJournaled);
        final boolean isPublished = CommandPublisher.Outcome.PUBLISHED == commands.tryPublish(
            action, user, requestId, "", Map.of("venue", bridged.venue, "symbol", bridged.symbol));
        if (!isPublished)
        {
            journaled.remove(requestId);
        }
        return isPublished;
    }

    private void onSubscribed(final Bridged bridged, final Integer instrumentId, final Throwable failure)
    {
        if (null != failure)
        {
            final Throwable cause = null == failure.getCause() ? failure : failure.getCause();
            fail(bridged, new ProtocolError(NOT_LISTED,
                bridged.key() + " cannot be had: " + cause.getMessage(), null, 0));
        }
        else if (bridged.instrumentId < 0 && !view.resolve(bridged.key()).isEmpty())
        {
            onKnown(bridged, instrumentId);
        }
    }

    private void onKnown(final Bridged bridged, final int instrumentId)
    {
        bridged.instrumentId = instrumentId;
        byInstrument.put(instrumentId, bridged);
        final List<Waiting> waiting = List.copyOf(bridged.waiting);
        bridged.waiting.clear();
        waiting.forEach(next -> next.done().accept(null));
        if (!counts.containsKey(instrumentId))
        {
            bridged.idleSinceMs = clock.time();     // whoever asked has gone meanwhile
        }
    }

    private void fail(final Bridged bridged, final ProtocolError error)
    {
        bySymbol.remove(bridged.key());
        byInstrument.remove(bridged.instrumentId);
        final List<Waiting> waiting = List.copyOf(bridged.waiting);
        bridged.waiting.clear();
        waiting.forEach(next -> next.done().accept(error));
    }

    private String venueOf(final String symbol)
    {
        final int colon = symbol.indexOf(':');
        final List<String> venues = source.venues();
        if (colon < 0)
        {
            return venues.isEmpty() ? null : venues.get(0);
        }
        final String venue = symbol.substring(0, colon).toLowerCase(Locale.ROOT);
        return venues.contains(venue) ? venue : null;
    }

    private static String symbolOf(final String symbol)
    {
        return symbol.substring(symbol.indexOf(':') + 1);
    }
}
