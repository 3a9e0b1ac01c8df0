package org.lockstep.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Decimals;

/** A real recording of Binance BTCUSDT: snapshot, every diff and every best bid and ask of 346 seconds. */
class RecordedBookTest
{
    private static final Path RECORDING = Path.of(System.getProperty("lockstep.root", "."),
        "../shared/venues/binance/samples/spot_btcusdt_20240808_full.jsonl.gz").normalize();
    private static final int LEVELS_PER_CHUNK = 50;
    private static final int SCALE = 8;
    private static final Pattern LEVEL = Pattern.compile("\\[\"([0-9.]+)\",\"([0-9.]+)\"]");
    private static final Pattern TICKER = Pattern.compile(
        "\"u\":(\\d+),\"s\":\"BTCUSDT\"," +
        "\"b\":\"([0-9.]+)\",\"B\":\"([0-9.]+)\",\"a\":\"([0-9.]+)\",\"A\":\"([0-9.]+)\"");
    private static final Pattern DIFF = Pattern.compile("\"U\":(\\d+),\"u\":(\\d+),\"b\":(.*),\"a\":(.*)}}}");
    private static final Pattern SNAPSHOT = Pattern.compile(
        "\"lastUpdateId\":(\\d+),\"bids\":(.*),\"asks\":(.*)}}");

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final OrderBook book = new OrderBook(0);
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private final TreeMap<Long, long[]> tickers = new TreeMap<>();
    private final List<Matcher> waiting = new ArrayList<>();
    private int comparedCount;

    @Test
    void shouldShowTheSameTopAsTheVenueAfterEachDiff() throws IOException
    {
        assumeTrue(Files.exists(RECORDING), () -> "SKIPPED: there is no recording at " + RECORDING);

        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(RECORDING)), StandardCharsets.UTF_8)))
        {
            lines.lines().forEach(this::onLine);
        }

        assertEquals(3_449, comparedCount);
        assertEquals(0, book.gapCount());
        assertEquals(0, book.prunedCount());
        assertFalse(book.isCrossed());
        assertSameLevels();
    }

    private void onLine(final String line)
    {
        if (line.contains("@bookTicker"))
        {
            final Matcher ticker = matched(TICKER, line);
            tickers.put(Long.parseLong(ticker.group(1)), new long[]{
                decimal(ticker.group(2)), decimal(ticker.group(3)),
                decimal(ticker.group(4)), decimal(ticker.group(5))});
        }
        else if (line.contains("\"lastUpdateId\""))
        {
            onSnapshot(matched(SNAPSHOT, line));
            waiting.forEach(this::onDiff);
            waiting.clear();
        }
        else if (line.contains("@depth"))
        {
            final Matcher diff = matched(DIFF, line);
            if (book.isReady())
            {
                onDiff(diff);
            }
            else
            {
                waiting.add(diff);
            }
        }
    }

    private void onSnapshot(final Matcher snapshot)
    {
        final List<long[]> levels = levels(snapshot.group(2), snapshot.group(3));
        boolean isComplete = false;
        for (int from = 0; from < levels.size(); from += LEVELS_PER_CHUNK)
        {
            final int to = Math.min(levels.size(), from + LEVELS_PER_CHUNK);
            final BookSnapshotEncoder encoder = new BookSnapshotEncoder().wrap(buffer, 0)
                .updateId(Long.parseLong(snapshot.group(1)))
                .first(0 == from ? YesNo.YES : YesNo.NO)
                .last(to == levels.size() ? YesNo.YES : YesNo.NO);
            final BookSnapshotEncoder.LevelsEncoder group = encoder.levelsCount(to - from);
            for (final long[] level : levels.subList(from, to))
            {
                group.next().price(level[1]).quantity(level[2]).side(0 == level[0] ? Side.BUY : Side.SELL);
                setPlain(level);
            }
            isComplete = book.onSnapshot(new BookSnapshotDecoder().wrap(
                buffer, 0, BookSnapshotEncoder.BLOCK_LENGTH, BookSnapshotEncoder.SCHEMA_VERSION));
        }
        assertTrue(isComplete);
    }

    private void onDiff(final Matcher diff)
    {
        final long updateId = Long.parseLong(diff.group(2));
        if (updateId <= book.lastUpdateId())
        {
            return;
        }
        final List<long[]> levels = levels(diff.group(3), diff.group(4));
        boolean isComplete = false;
        for (int from = 0; from < levels.size(); from += LEVELS_PER_CHUNK)
        {
            final int to = Math.min(levels.size(), from + LEVELS_PER_CHUNK);
            final BookDeltaEncoder encoder = new BookDeltaEncoder().wrap(buffer, 0)
                .firstUpdateId(Long.parseLong(diff.group(1)))
                .lastUpdateId(updateId)
                .last(to == levels.size() ? YesNo.YES : YesNo.NO);
            final BookDeltaEncoder.LevelsEncoder group = encoder.levelsCount(to - from);
            for (final long[] level : levels.subList(from, to))
            {
                group.next().price(level[1]).quantity(level[2]).side(0 == level[0] ? Side.BUY : Side.SELL);
                setPlain(level);
            }
            isComplete = book.onDelta(new BookDeltaDecoder().wrap(
                buffer, 0, BookDeltaEncoder.BLOCK_LENGTH, BookDeltaEncoder.SCHEMA_VERSION));
        }
        assertTrue(isComplete);
        assertSameTop(updateId);
    }

    private void assertSameTop(final long updateId)
    {
        final Map.Entry<Long, long[]> ticker = tickers.floorEntry(updateId);
        assertNotNull(ticker);
        final String where = "update " + updateId + " ticker " + ticker.getKey();
        assertEquals(ticker.getValue()[0], book.bestBid(), where);
        assertEquals(ticker.getValue()[1], book.bestBidQuantity(), where);
        assertEquals(ticker.getValue()[2], book.bestAsk(), where);
        assertEquals(ticker.getValue()[3], book.bestAskQuantity(), where);
        comparedCount++;
    }

    private void assertSameLevels()
    {
        assertEquals(bids.size(), book.bidCount());
        assertEquals(asks.size(), book.askCount());
        int level = 0;
        for (final Map.Entry<Long, Long> bid : bids.entrySet())
        {
            assertEquals(bid.getKey(), book.bidPrice(level));
            assertEquals(bid.getValue(), book.bidQuantity(level++));
        }
        level = 0;
        for (final Map.Entry<Long, Long> ask : asks.entrySet())
        {
            assertEquals(ask.getKey(), book.askPrice(level));
            assertEquals(ask.getValue(), book.askQuantity(level++));
        }
    }

    private void setPlain(final long[] level)
    {
        final TreeMap<Long, Long> side = 0 == level[0] ? bids : asks;
        if (0 == level[2])
        {
            side.remove(level[1]);
        }
        else
        {
            side.put(level[1], level[2]);
        }
    }

    private static List<long[]> levels(final String bidText, final String askText)
    {
        final List<long[]> levels = new ArrayList<>();
        final Matcher bid = LEVEL.matcher(bidText);
        while (bid.find())
        {
            levels.add(new long[]{0, decimal(bid.group(1)), decimal(bid.group(2))});
        }
        final Matcher ask = LEVEL.matcher(askText);
        while (ask.find())
        {
            levels.add(new long[]{1, decimal(ask.group(1)), decimal(ask.group(2))});
        }
        return levels;
    }

    private static Matcher matched(final Pattern pattern, final String line)
    {
        final Matcher matcher = pattern.matcher(line);
        assertTrue(matcher.find(), line);
        return matcher;
    }

    private static long decimal(final String text)
    {
        final long mantissa = Decimals.parse(text, SCALE);
        assertFalse(Decimals.isError(mantissa), text);
        return mantissa;
    }
}
