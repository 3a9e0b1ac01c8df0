package org.lockstep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.benchmarks.VenueMessages.Kind;

/**
 * Messages of the Binance market streams as bytes, each given its next id before it is sent again. Values are made up,
 * shapes and lengths are the venue's. One thread; no allocation.
 */
public final class MessageTexts
{
    /** The id before that of the first depth change. */
    public static final long SNAPSHOT_ID = 50_093_239_188L;

    private static final String STREAM = "{\"stream\":\"btcusdt@%s\",\"data\":%s}";

    private final UnsafeBuffer[] messages = new UnsafeBuffer[Kind.values().length];
    private final int[][] idOffsets = new int[messages.length][];
    private final AsciiCounter[] ids = new AsciiCounter[messages.length];
    private final boolean isDirect;

    /**
     * One message of each kind.
     *
     * @param isDirect outside of the heap, as a socket's buffer; else in a byte array, see {@link #bytes}.
     */
    public MessageTexts(final boolean isDirect)
    {
        this.isDirect = isDirect;
        final AsciiCounter depthId = new AsciiCounter(Long.toString(SNAPSHOT_ID));
        add(Kind.BOOK_TICKER, "bookTicker", new AsciiCounter("50093239212"), "{\"u\":#,\"s\":\"BTCUSDT\"," +
            "\"b\":\"61837.63000000\",\"B\":\"3.78826000\",\"a\":\"61837.64000000\",\"A\":\"1.54698000\"}");
        add(Kind.TRADE, "trade", new AsciiCounter("3735683259"), "{\"e\":\"trade\",\"E\":1723161255343," +
            "\"s\":\"BTCUSDT\",\"t\":#,\"p\":\"61837.63000000\",\"q\":\"0.02000000\",\"T\":1723161255342," +
            "\"m\":true,\"M\":true}");
        add(Kind.DEPTH_10, "depth@100ms", depthId, depth(10));
        add(Kind.DEPTH_MEDIAN, "depth@100ms", depthId, depth(SampleMarket.MEDIAN_LEVELS));
        add(Kind.KLINE, "kline_1m", new AsciiCounter("1723161255343"), "{\"e\":\"kline\",\"E\":#," +
            "\"s\":\"BTCUSDT\",\"k\":{\"t\":1723161240000,\"T\":1723161299999,\"s\":\"BTCUSDT\",\"i\":\"1m\"," +
            "\"f\":3735683000,\"L\":3735683259,\"o\":\"61830.01000000\",\"c\":\"61837.63000000\"," +
            "\"h\":\"61840.00000000\",\"l\":\"61829.99000000\",\"v\":\"12.34567000\",\"n\":260,\"x\":false," +
            "\"q\":\"763415.12345678\",\"V\":\"6.12345000\",\"Q\":\"378600.87654321\",\"B\":\"0\"}}");
        add(Kind.TICKER, "ticker", new AsciiCounter("1723161255343"), "{\"e\":\"24hrTicker\",\"E\":#," +
            "\"s\":\"BTCUSDT\",\"p\":\"6699.63000000\",\"P\":\"12.151\",\"w\":\"58563.20114411\"," +
            "\"x\":\"55138.00000000\",\"c\":\"61837.63000000\",\"Q\":\"0.00810000\",\"b\":\"61837.63000000\"," +
            "\"B\":\"3.78826000\",\"a\":\"61837.64000000\",\"A\":\"1.54698000\",\"o\":\"55138.00000000\"," +
            "\"h\":\"62745.14000000\",\"l\":\"54730.00000000\",\"v\":\"44722.19345000\"," +
            "\"q\":\"2619074812.66141180\",\"O\":1723074855340,\"C\":1723161255340,\"F\":3731571660," +
            "\"L\":3735683258,\"n\":4111599}");
    }

    /**
     * Gives a message its next id.
     *
     * @param kind which.
     * @return it, all of the buffer.
     */
    public UnsafeBuffer next(final Kind kind)
    {
        final int index = kind.ordinal();
        final UnsafeBuffer message = messages[index];
        final AsciiCounter id = ids[index];
        id.increment();
        for (final int offset : idOffsets[index])
        {
            id.putInto(message, offset);
        }
        return message;
    }

    /**
     * The array below a message.
     *
     * @param kind which.
     * @return what {@link #next} changes; null when direct.
     */
    public byte[] bytes(final Kind kind)
    {
        return messages[kind.ordinal()].byteArray();
    }

    private void add(final Kind kind, final String stream, final AsciiCounter id, final String data)
    {
        final String text = STREAM.formatted(stream, data);
        final StringBuilder message = new StringBuilder();
        final List<Integer> offsets = new ArrayList<>();
        for (final String part : text.split("#"))
        {
            if (message.length() > 0)
            {
                offsets.add(message.length());
                message.append(id);
            }
            message.append(part);
        }
        final byte[] bytes = message.toString().getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer buffer = isDirect ?
            new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length)) : new UnsafeBuffer(new byte[bytes.length]);
        buffer.putBytes(0, bytes);
        messages[kind.ordinal()] = buffer;
        idOffsets[kind.ordinal()] = offsets.stream().mapToInt(Integer::intValue).toArray();
        ids[kind.ordinal()] = id;
    }

    private static String depth(final int count)
    {
        final StringBuilder text = new StringBuilder();
        text.append("{\"e\":\"depthUpdate\",\"E\":1723161255208,\"s\":\"BTCUSDT\",\"U\":#,\"u\":#,\"b\":[");
        for (int i = 0; i < count; i++)
        {
            final boolean isBid = i < count / 2;
            text.append(0 == i ? "" : count / 2 == i ? "],\"a\":[" : ",");
            final int cents = isBid ? 6_183_763 - 7 * i : 6_183_764 + 9 * (i - count / 2);
            text.append("[\"").append(cents / 100).append('.').append("%02d".formatted(cents % 100))
                .append("000000\",\"").append(0 == i % 3 && 0 != i % (count / 2) ? "0.00000000" : "1.54698000")
                .append("\"]");
        }
        return text.append("]}").toString();
    }
}
