package org.lockstep.tools.check;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.tools.config.Nearest;

/**
 * Tests the connection to Binance step by step: name, TCP, TLS, clock, metadata of all symbols, limits, first ticks. A
 * step that fails says what to try; steps that need it are left out.
 */
public final class VenueCheck
{
    private static final int CLOCK_SAMPLES = 5;
    private static final int SYMBOLS_AT_ONCE = 100;
    private static final int UNKNOWN_SYMBOL = -1121;
    private static final long TICK_TIMEOUT_MS = 15_000;
    private static final long OTHERS_TIMEOUT_MS = 5_000;
    private static final long TOLERABLE_OFFSET_MS = 500;
    private static final int SHOWN = 6;
    private static final String TRADING = "TRADING";

    private final CheckSteps steps;
    private final URI stream;
    private final List<String> symbols;
    private final PlainRest http;
    private final Reach reach;
    private final URI rest;
    private final Set<String> assets = new LinkedHashSet<>();
    private long weightPerMinute;

    /**
     * A test to be run.
     *
     * @param rest    REST address.
     * @param stream  address of the market streams.
     * @param symbols to ask for, at least one.
     * @param steps   runs its steps.
     */
    public VenueCheck(final URI rest, final URI stream, final List<String> symbols, final CheckSteps steps)
    {
        this.rest = rest;
        this.stream = stream;
        this.symbols = List.copyOf(symbols);
        this.steps = steps;
        http = new PlainRest(rest);
        reach = new Reach(steps);
    }

    /**
     * Runs all steps.
     *
     * @return whether REST, which keys need too, can be reached.
     */
    public boolean run()
    {
        final boolean isReached = reach.test("rest", rest);
        if (isReached)
        {
            clock();
            metadata();
            steps.run("weight", null, "the venue does not say what weight was used", this::weight);
        }
        if (reach.test("stream", stream))
        {
            firstTicks();
        }
        return isReached;
    }

    /** @return what the symbols are bought with and what is bought, known once it has run. */
    public Set<String> assets()
    {
        return assets;
    }

    private void clock()
    {
        final String advice = "synchronise this host's clock (chrony or systemd-timesyncd): sessions allow for a " +
            "steady difference when they sign, but not for a clock that runs away, and latencies are wrong by it";
        steps.run("clock", null, advice, () ->
        {
            long bestRoundTripNs = Long.MAX_VALUE;
            long offsetMs = 0;
            for (int i = 0; i < CLOCK_SAMPLES; i++)
            {
                final long sentNs = System.nanoTime();
                final long sentMs = System.currentTimeMillis();
                final JsonNode answer = http.get("/api/v3/time");
                final long roundTripNs = System.nanoTime() - sentNs;
                if (null == answer || !answer.path("serverTime").isIntegralNumber())
                {
                    throw new CheckSteps.Failure("GET /api/v3/time tells no time",
                        "rest is not the address of a Binance: check it");
                }
                if (roundTripNs < bestRoundTripNs)
                {
                    bestRoundTripNs = roundTripNs;
                    offsetMs = answer.path("serverTime").asLong() -
                        (sentMs + TimeUnit.NANOSECONDS.toMillis(roundTripNs / 2));
                }
            }
            final String found = String.format(Locale.ROOT,
                "venue is %+d ms from this host, best round trip %.1f ms of %d",
                offsetMs, bestRoundTripNs / 1e6, CLOCK_SAMPLES);
            if (Math.abs(offsetMs) > TOLERABLE_OFFSET_MS)
            {
                throw new CheckSteps.Failure(found, advice);
            }
            return CheckSteps.Found.good(found);
        });
    }

    private void metadata()
    {
        steps.run("metadata", null, "check the symbols; the venue lists them under GET /api/v3/exchangeInfo", () ->
        {
            final Map<String, String> status = new LinkedHashMap<>();
            for (int i = 0; i < symbols.size(); i += SYMBOLS_AT_ONCE)
            {
                load(symbols.subList(i, Math.min(symbols.size(), i + SYMBOLS_AT_ONCE)), status);
            }
            final List<String> missing = symbols.stream().filter(symbol -> !status.containsKey(symbol)).toList();
            if (!missing.isEmpty())
            {
                throw new CheckSteps.Failure(described(missing) + " not listed by the venue",
                    "put it right under venues.binance.symbols: " + nearest(missing));
            }
            final List<String> halted = new ArrayList<>();
            status.forEach((symbol, word) ->
            {
                if (!TRADING.equals(word))
                {
                    halted.add(symbol + " is " + word);
                }
            });
            return new CheckSteps.Found(described(symbols) + " listed" +
                (halted.isEmpty() ? ", all are " + TRADING : "; " + String.join(", ", halted)),
                halted.isEmpty() ? null : "no order is taken for what does not trade");
        });
    }

    /** The venue refuses a whole question over one unknown symbol. */
    private void load(final List<String> wanted, final Map<String, String> status)
        throws IOException, InterruptedException
    {
        try
        {
            final String list = "[\"" + String.join("\",\"", wanted) + "\"]";
            read(http.get("/api/v3/exchangeInfo?symbols=" + URLEncoder.encode(list, StandardCharsets.UTF_8)), status);
        }
        catch (final VenueRefusal ex)
        {
            if (UNKNOWN_SYMBOL != ex.code())
            {
                throw ex;
            }
            if (wanted.size() > 1)
            {
                for (final String symbol : wanted)
                {
                    load(List.of(symbol), status);
                }
            }
        }
    }

    private void read(final JsonNode info, final Map<String, String> status) throws IOException
    {
        if (null == info || !info.path("symbols").isArray())
        {
            throw new IOException("GET /api/v3/exchangeInfo lists no symbols");
        }
        for (final JsonNode symbol : info.path("symbols"))
        {
            status.put(symbol.path("symbol").asText(), symbol.path("status").asText());
            assets.add(symbol.path("quoteAsset").asText());
            assets.add(symbol.path("baseAsset").asText());
        }
        for (final JsonNode limit : info.path("rateLimits"))
        {
            if ("REQUEST_WEIGHT".equals(limit.path("rateLimitType").asText()))
            {
                weightPerMinute = limit.path("limit").asLong();
            }
        }
    }

    private String nearest(final List<String> missing) throws IOException, InterruptedException
    {
        final List<String> all = new ArrayList<>();
        final JsonNode info = http.get("/api/v3/exchangeInfo");
        if (null != info)
        {
            info.path("symbols").forEach(symbol -> all.add(symbol.path("symbol").asText()));
        }
        final List<String> hints = new ArrayList<>();
        for (final String symbol : missing.subList(0, Math.min(SHOWN, missing.size())))
        {
            final String near = Nearest.of(symbol, all);
            hints.add(symbol + (null == near ? " is like nothing it lists" : " may mean " + near));
        }
        return String.join(", ", hints);
    }

    private CheckSteps.Found weight() throws IOException
    {
        final long used = http.usedWeight();
        if (used < 0)
        {
            throw new IOException("no X-MBX-USED-WEIGHT-1M in the answers");
        }
        if (0 == weightPerMinute)
        {
            return CheckSteps.Found.good(used + " used in this minute; the limit is not known");
        }
        return new CheckSteps.Found(used + " of " + weightPerMinute + " a minute used by this address",
            2 * used < weightPerMinute ? null :
                "others use this address too: sessions keep to half of the limit, and will have to wait");
    }

    private void firstTicks()
    {
        steps.run("first tick", null,
            "the venue accepts connections but sends nothing: look at its status page, or try later", () ->
            {
                final Map<String, String> first = new LinkedHashMap<>();
                try (TextSocket socket = TextSocket.open(http.http(), stream.resolve("/stream")))
                {
                    socket.send(Map.of("method", "SUBSCRIBE", "id", 1, "params", symbols.stream()
                        .map(symbol -> symbol.toLowerCase(Locale.ROOT) + "@bookTicker").toList()));
                    await(socket, first);
                }
                if (first.isEmpty())
                {
                    throw new IOException("nothing within " + TICK_TIMEOUT_MS / 1000 + " s");
                }
                final List<String> quiet = symbols.stream().filter(symbol -> !first.containsKey(symbol)).toList();
                return new CheckSteps.Found(first.values().iterator().next() +
                    (symbols.size() == 1 ? "" : "; " + first.size() + " of " + symbols.size() + " symbols ticked"),
                    quiet.isEmpty() ? null : described(quiet) +
                        " quiet so far, which seldom traded symbols are; look again if they should not be");
            });
    }

    /** Up to the first tick of each symbol, or as long as one may wait for the first, and then for the others. */
    private void await(final TextSocket socket, final Map<String, String> first)
        throws IOException, InterruptedException
    {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_TIMEOUT_MS);
        while (first.size() < symbols.size() && System.nanoTime() - deadlineNs < 0)
        {
            final JsonNode message =
                socket.next(TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime()) + 1);
            if (null != message && message.has("error"))
            {
                throw new IOException("the subscription was refused: " + message.path("error"));
            }
            final JsonNode tick = null == message ? null : message.path("data");
            if (null != tick && symbols.contains(tick.path("s").asText()))
            {
                if (first.isEmpty())
                {
                    deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OTHERS_TIMEOUT_MS);
                }
                first.putIfAbsent(tick.path("s").asText(), tick.path("s").asText() + " bid " +
                    trimmed(tick.path("b").asText()) + ", ask " + trimmed(tick.path("a").asText()));
            }
        }
    }

    /** A price without the zeros that the venue fills it up with. */
    static String trimmed(final String price)
    {
        return price.contains(".") ? price.replaceFirst("0+$", "").replaceFirst("\\.$", "") : price;
    }

    private static String described(final List<String> all)
    {
        return String.join(", ", all.subList(0, Math.min(SHOWN, all.size()))) +
            (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "") + (1 == all.size() ? " is" : " are");
    }
}
