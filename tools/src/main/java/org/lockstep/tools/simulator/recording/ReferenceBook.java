package org.lockstep.tools.simulator.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.lockstep.tools.simulator.market.E8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The plainest possible order book, to compare others with: two sorted maps, a snapshot, and diffs applied in order.
 * Prices and quantities have eight decimals. One thread.
 */
public final class ReferenceBook
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Long> asks = new TreeMap<>();
    private long lastUpdateId;
    private long gaps;

    /** Creates an empty book. */
    public ReferenceBook()
    {
    }

    /**
     * Replays a whole recording.
     *
     * @param file   JSON lines, plain or .gz.
     * @param symbol upper case.
     * @return the symbol's book at the end of it.
     * @throws IOException when the recording cannot be read.
     */
    public static ReferenceBook finalBook(final Path file, final String symbol) throws IOException
    {
        final Recording recording = Recording.scan(file);
        final ReferenceBook book = new ReferenceBook();
        final RecordedMessage first = recording.firstSnapshot(symbol);
        if (null != first)
        {
            book.reset(parse(first));
        }
        try (RecordingReader reader = RecordingReader.open(file))
        {
            for (RecordedMessage message = reader.next(); null != message; message = reader.next())
            {
                if (!message.isSnapshot() && symbol.equals(message.symbol()) && message.stream().contains("@depth"))
                {
                    book.apply(parse(message));
                }
            }
        }
        return book;
    }

    static JsonNode parse(final RecordedMessage message)
    {
        try
        {
            return MAPPER.readTree(message.line(), message.dataOffset(), message.dataLength());
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException("recorded message is not JSON: " + ex.getMessage(), ex);
        }
    }

    /**
     * Loads a snapshot.
     *
     * @param snapshot a REST order book.
     */
    public void reset(final JsonNode snapshot)
    {
        bids.clear();
        asks.clear();
        set(bids, snapshot.get("bids"));
        set(asks, snapshot.get("asks"));
        lastUpdateId = snapshot.get("lastUpdateId").longValue();
    }

    /** Says that nothing is known before an update id. */
    void startAt(final long updateId)
    {
        lastUpdateId = updateId;
    }

    /**
     * Applies a diff, unless the book is newer already.
     *
     * @param diff a depth event.
     */
    public void apply(final JsonNode diff)
    {
        final long last = diff.get("u").longValue();
        if (last <= lastUpdateId)
        {
            return;
        }
        if (diff.get("U").longValue() > lastUpdateId + 1)
        {
            gaps++;
        }
        set(bids, diff.get("b"));
        set(asks, diff.get("a"));
        lastUpdateId = last;
    }

    private static void set(final NavigableMap<Long, Long> side, final JsonNode levels)
    {
        for (final JsonNode level : levels)
        {
            final long price = E8.parse(level.get(0).textValue());
            final long quantity = E8.parse(level.get(1).textValue());
            if (0 == quantity)
            {
                side.remove(price);
            }
            else
            {
                side.put(price, quantity);
            }
        }
    }

    /** @return id of the newest change. */
    public long lastUpdateId()
    {
        return lastUpdateId;
    }

    /** @return diffs that did not follow on the one before. */
    public long gaps()
    {
        return gaps;
    }

    /**
     * One side of the book.
     *
     * @param buy which.
     * @return quantities by price, best first; live, read only.
     */
    public NavigableMap<Long, Long> side(final boolean buy)
    {
        return buy ? bids : asks;
    }
}
