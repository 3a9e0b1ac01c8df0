package org.lockstep.gateway.venue.binance.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.binance.rest.DepthSnapshot;
import org.lockstep.gateway.venue.binance.rest.ExchangeInfo;

/** Decodes recordings of the real venue and compares every number with what a plain JSON reader makes of it. */
class RecordedStreamsTest
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SAMPLES =
        Path.of(System.getProperty("lockstep.root", "."), "..", "shared", "venues", "binance", "samples");

    private final FeedCounters counters = new FeedCounters("recorded");
    private final MemoryPublisher frames = new MemoryPublisher(true);
    private final MarketDataPublisher publisher = new MarketDataPublisher(frames, counters, Venue.BINANCE);
    private final EventRouter router = new EventRouter(publisher, counters);
    private final InstrumentDirectory directory = new InstrumentDirectory();
    private final FrameHeaderDecoder header = new FrameHeaderDecoder();
    private final TreeMap<Long, Long> bids = new TreeMap<>();
    private final TreeMap<Long, Long> asks = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(strings = {
        "spot_btcusdt_20240808_full.jsonl.gz", "spot_btcusdt_20240808_head.jsonl", "spot_ethusdt_20240808_head.jsonl"
    })
    void shouldPublishExactlyWhatWasRecorded(final String file) throws IOException
    {
        final List<JsonNode> lines = read(file);
        final String symbol = file.contains("eth") ? "ETHUSDT" : "BTCUSDT";
        final InstrumentFeed feed = add(symbol, symbol.startsWith("B") ? "0.00001" : "0.0001");
        new SyncBuffers(1, 100_000).lend(feed.book());
        int messages = 0;
        int quotes = 0;
        int trades = 0;
        int diffs = 0;
        for (final JsonNode line : lines)
        {
            final String raw = line.get("raw").toString();
            if (line.get("raw").has("lastUpdateId"))
            {
                final DepthSnapshot snapshot = new DepthSnapshot();
                final UnsafeBuffer body = StreamFixtures.direct(raw);
                assertEquals(null, snapshot.read(body, 0, body.capacity(), feed.instrument()));
                assertEquals(BookSync.Outcome.SYNCED,
                    feed.book().onSnapshot(snapshot.lastUpdateId(), snapshot.levels()));
                continue;
            }
            messages++;
            send(raw);
            final JsonNode data = line.get("raw").get("data");
            switch (line.get("raw").get("stream").asText().replaceAll(".*?@", ""))
            {
                case "bookTicker" -> checkQuote(quotes++, data);
                case "trade" -> checkTrade(trades++, data);
                default -> diffs++;
            }
        }

        assertEquals(messages, counters.received());
        assertEquals(messages, counters.decoded());
        assertEquals(0, counters.gaps());
        assertEquals(0, counters.inexactLevels());
        assertEquals(quotes, count(QuoteDecoder.TEMPLATE_ID));
        assertEquals(trades, count(TradeDecoder.TEMPLATE_ID));
        assertTrue(diffs > 10 && quotes > 10, "a recording with substance");
        checkBook(lines);
    }

    @Test
    void shouldDecodeTheTestNetworkAndTheDocumentation() throws IOException
    {
        final List<InstrumentDescriptor> described = ExchangeInfo.read(
            MAPPER.readTree(sample("testnet_exchangeInfo_BTCUSDT_20260913.json").toFile()));
        assertEquals("BTCUSDT", described.get(0).symbol());
        add("BTCUSDT", "0.00001");

        for (final JsonNode line : read("testnet_btcusdt_20260913.jsonl"))
        {
            send(line.toString());
        }

        assertEquals(counters.received(), counters.decoded());
        assertEquals(23, counters.received());
        for (final JsonNode line : read("docs_streams_and_user_data.jsonl"))
        {
            send(line.get("msg").toString());
        }
        assertEquals(counters.received(), counters.decoded() + counters.control() + counters.rejected());
    }

    @Test
    void shouldSyncFourQuietMarkets() throws IOException
    {
        for (final JsonNode node : MAPPER.readTree(sample("rest_exchangeInfo_20211012_trimmed.json").toFile())
            .path("symbols"))
        {
            final ObjectMapper mapper = MAPPER;
            final InstrumentDescriptor descriptor =
                ExchangeInfo.read(mapper.createObjectNode().set("symbols", mapper.createArrayNode().add(node))).get(0);
            router.add(new InstrumentFeed(directory.define(descriptor), publisher, counters));
        }
        long unknown = 0;
        for (final JsonNode line : read("spot_4symbols_20211012.jsonl"))
        {
            if ("ws".equals(line.get("src").asText()))
            {
                send(line.get("raw").toString());
                unknown += line.get("raw").get("stream").asText().contains("aggTrade") ? 1 : 0;
            }
        }

        assertTrue(counters.decoded() > 200, counters.toString());
        assertEquals(counters.received(), counters.decoded() + counters.rejected());
        assertTrue(unknown <= counters.rejected(), counters.toString());
    }

    private void checkQuote(final int index, final JsonNode data)
    {
        final QuoteDecoder quote = new QuoteDecoder().wrapAndApplyHeader(frames.last(), 0, header);
        assertEquals(data.get("u").asLong(), quote.updateId(), () -> "quote " + index);
        assertEquals(mantissa(data.get("b"), 2), quote.bidPrice());
        assertEquals(mantissa(data.get("a"), 2), quote.askPrice());
        assertEquals(mantissa(data.get("B"), quantityScale()), quote.bidQuantity());
        assertEquals(mantissa(data.get("A"), quantityScale()), quote.askQuantity());
    }

    private void checkTrade(final int index, final JsonNode data)
    {
        final TradeDecoder trade = new TradeDecoder().wrapAndApplyHeader(frames.last(), 0, header);
        assertEquals(data.get("t").asLong(), trade.tradeId(), () -> "trade " + index);
        assertEquals(mantissa(data.get("p"), 2), trade.price());
        assertEquals(mantissa(data.get("q"), quantityScale()), trade.quantity());
        assertEquals(data.get("m").asBoolean() ? Side.SELL : Side.BUY, trade.aggressor());
        assertEquals(data.get("T").asLong() * 1_000_000, header.venueTimeNs());
    }

    /** The published book against one built from the recording with a plain JSON reader. */
    private void checkBook(final List<JsonNode> lines)
    {
        for (final UnsafeBuffer frame : frames.frames(BookSnapshotDecoder.TEMPLATE_ID))
        {
            new BookSnapshotDecoder().wrapAndApplyHeader(frame, 0, header).levels()
                .forEach(level -> set(level.side(), level.price(), level.quantity()));
        }
        for (final UnsafeBuffer frame : frames.frames(BookDeltaDecoder.TEMPLATE_ID))
        {
            new BookDeltaDecoder().wrapAndApplyHeader(frame, 0, header).levels()
                .forEach(level -> set(level.side(), level.price(), level.quantity()));
        }
        final List<TreeMap<Long, Long>> published = List.of(new TreeMap<>(bids), new TreeMap<>(asks));
        bids.clear();
        asks.clear();
        long last = 0;
        for (final JsonNode line : lines)
        {
            final JsonNode raw = line.get("raw");
            if (raw.has("lastUpdateId"))
            {
                last = raw.get("lastUpdateId").asLong();
                setAll(raw.get("bids"), raw.get("asks"));
            }
        }
        for (final JsonNode line : lines)
        {
            final JsonNode data = line.get("raw").path("data");
            if (data.has("U") && data.get("u").asLong() > last)
            {
                setAll(data.get("b"), data.get("a"));
            }
        }
        assertTrue(bids.size() > 900, "a deep book");
        assertEquals(List.of(bids, asks), published);
    }

    private void setAll(final JsonNode bidLevels, final JsonNode askLevels)
    {
        bidLevels.forEach(level -> set(Side.BUY, mantissa(level.get(0), 2), mantissa(level.get(1), quantityScale())));
        askLevels.forEach(level -> set(Side.SELL, mantissa(level.get(0), 2), mantissa(level.get(1), quantityScale())));
    }

    private void set(final Side side, final long price, final long quantity)
    {
        final TreeMap<Long, Long> levels = Side.BUY == side ? bids : asks;
        if (0 == quantity)
        {
            levels.remove(price);
        }
        else
        {
            levels.put(price, quantity);
        }
    }

    private InstrumentFeed add(final String symbol, final String lot)
    {
        final InstrumentFeed feed = new InstrumentFeed(
            directory.define(new InstrumentDescriptor(
                Venue.BINANCE, symbol, symbol.substring(0, 3), "USDT", new BigDecimal("0.01"), new BigDecimal(lot),
                BigDecimal.ZERO, new BigDecimal("9000"), BigDecimal.ZERO, 8, InstrumentStatus.TRADING)),
            publisher,
            counters);
        router.add(feed);
        return feed;
    }

    private int quantityScale()
    {
        return directory.byId(0).quantityScale();
    }

    private void send(final String raw)
    {
        final UnsafeBuffer buffer = StreamFixtures.direct(raw);
        router.onMessage(null, buffer, 0, buffer.capacity(), 1);
    }

    private long count(final int templateId)
    {
        return frames.frames(templateId).size();
    }

    private static long mantissa(final JsonNode node, final int scale)
    {
        return new BigDecimal(node.asText()).setScale(scale).unscaledValue().longValueExact();
    }

    private static Path sample(final String file)
    {
        final Path path = SAMPLES.resolve(file);
        assumeTrue(Files.exists(path), "skipped: there is no recording at " + path.toAbsolutePath().normalize());
        return path;
    }

    private static List<JsonNode> read(final String file) throws IOException
    {
        final List<JsonNode> lines = new ArrayList<>();
        try (InputStream in = Files.newInputStream(sample(file));
            BufferedReader reader = new BufferedReader(new InputStreamReader(
                file.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8)))
        {
            for (String line = reader.readLine(); null != line; line = reader.readLine())
            {
                lines.add(MAPPER.readTree(line));
            }
        }
        return lines;
    }
}
