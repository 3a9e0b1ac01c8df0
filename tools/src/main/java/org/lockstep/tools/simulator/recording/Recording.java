package org.lockstep.tools.simulator.recording;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a recording holds, found by reading it once: symbols with the steps that fit all their prices and quantities,
 * stream names, the first order book of each symbol. Immutable after {@link #scan}.
 */
public final class Recording
{
    private static final String[] QUOTES =
        {"FDUSD", "USDT", "USDC", "BUSD", "TUSD", "BTC", "ETH", "BNB", "EUR", "TRY", "GBP", "BRL", "USD"};

    private final Path file;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Set<String> streams = new LinkedHashSet<>();
    private final List<RecordedMessage> unnamedSnapshots = new ArrayList<>();
    private long messages;
    private long firstEventMs;

    private Recording(final Path file)
    {
        this.file = file;
    }

    /** What is known of one symbol. */
    private static final class Found
    {
        private long tick;
        private long step;
        private long price;
        private long firstUpdateId;
        private RecordedMessage snapshot;
    }

    /**
     * Reads a recording from end to end.
     *
     * @param file JSON lines, plain or .gz.
     * @return what it holds.
     * @throws IOException when it cannot be opened or holds nothing to serve.
     */
    public static Recording scan(final Path file) throws IOException
    {
        final Recording recording = new Recording(file);
        try (RecordingReader reader = RecordingReader.open(file))
        {
            for (RecordedMessage message = reader.next(); null != message; message = reader.next())
            {
                recording.look(message);
            }
        }
        if (1 == recording.found.size() && !recording.unnamedSnapshots.isEmpty())
        {
            final Found only = recording.found.values().iterator().next();
            only.snapshot = recording.unnamedSnapshots.get(0);
            recording.lookAtLevels(only, ReferenceBook.parse(only.snapshot));
        }
        if (recording.streams.isEmpty())
        {
            throw new IOException(file + " holds no market message; expected JSON lines such as " +
                "{\"recv_ns\":1,\"src\":\"ws\",\"raw\":{\"stream\":\"btcusdt@trade\",\"data\":{...}}}");
        }
        return recording;
    }

    private void look(final RecordedMessage message)
    {
        if (message.isSnapshot() && null == message.symbol())
        {
            unnamedSnapshots.add(message);
            return;
        }
        final JsonNode data = ReferenceBook.parse(message);
        final Found symbol = null == message.symbol() ? new Found() :
            found.computeIfAbsent(message.symbol(), name -> new Found());
        if (message.isSnapshot())
        {
            symbol.snapshot = null == symbol.snapshot ? message : symbol.snapshot;
        }
        else
        {
            messages++;
            streams.add(message.stream());
            firstEventMs = 0 == firstEventMs ? data.path("E").asLong(0) : firstEventMs;
            final boolean depth = data.has("U") && data.has("u");
            symbol.firstUpdateId = 0 == symbol.firstUpdateId && depth ? data.get("U").asLong() : symbol.firstUpdateId;
        }
        lookAtLevels(symbol, data);
        lookAtPrice(symbol, data, "p", "q");
        lookAtPrice(symbol, data, "b", "B");
        lookAtPrice(symbol, data, "a", "A");
    }

    private void lookAtLevels(final Found symbol, final JsonNode data)
    {
        for (final String name : List.of("b", "a", "bids", "asks"))
        {
            if (data.path(name).isArray())
            {
                for (final JsonNode level : data.get(name))
                {
                    see(symbol, level.path(0).asText(), level.path(1).asText());
                }
            }
        }
    }

    private static void lookAtPrice(final Found symbol, final JsonNode data, final String price, final String quantity)
    {
        if (data.path(price).isTextual() && data.path(quantity).isTextual() && !data.has("k"))
        {
            see(symbol, data.get(price).textValue(), data.get(quantity).textValue());
        }
    }

    private static void see(final Found symbol, final String price, final String quantity)
    {
        final long priceE8 = E8.parse(price);
        symbol.price = 0 == symbol.price ? priceE8 : symbol.price;
        symbol.tick = greatestCommonDivisor(symbol.tick, priceE8);
        symbol.step = greatestCommonDivisor(symbol.step, E8.parse(quantity));
    }

    private static long greatestCommonDivisor(final long left, final long right)
    {
        long a = left;
        long b = right;
        while (0 != b)
        {
            final long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** The largest power of ten that divides a step found by looking. */
    private static long decimalStep(final long value)
    {
        long step = 1;
        while (0 != value && step < E8.ONE && 0 == value % (step * 10))
        {
            step *= 10;
        }
        return step;
    }

    /** @return where it is. */
    public Path file()
    {
        return file;
    }

    /** @return names of all streams in it, in order of appearance. */
    public Set<String> streams()
    {
        return streams;
    }

    /** @return market messages, without REST order books. */
    public long messages()
    {
        return messages;
    }

    /** @return time of the first event that has one, epoch milliseconds. */
    public long firstEventMs()
    {
        return firstEventMs;
    }

    /** @return the symbols, in order of appearance. */
    public List<MarketSymbol> symbols()
    {
        final List<MarketSymbol> symbols = new ArrayList<>();
        for (final Map.Entry<String, Found> entry : found.entrySet())
        {
            final String name = entry.getKey();
            String quote = name.substring(name.length() / 2);
            for (final String candidate : QUOTES)
            {
                if (name.endsWith(candidate) && name.length() > candidate.length())
                {
                    quote = candidate;
                    break;
                }
            }
            final Found symbol = entry.getValue();
            symbols.add(new MarketSymbol(name, name.substring(0, name.length() - quote.length()), quote,
                decimalStep(symbol.tick), decimalStep(symbol.step), symbol.price, 1));
        }
        return symbols;
    }

    /**
     * The first recorded REST order book of a symbol.
     *
     * @param symbol upper case.
     * @return null when there is none.
     */
    public RecordedMessage firstSnapshot(final String symbol)
    {
        final Found known = found.get(symbol);
        return null == known ? null : known.snapshot;
    }

    long firstUpdateId(final String symbol)
    {
        return found.get(symbol).firstUpdateId;
    }
}
