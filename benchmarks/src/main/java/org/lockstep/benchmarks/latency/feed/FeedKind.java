package org.lockstep.benchmarks.latency.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.lockstep.benchmarks.latency.socket.AsciiSlots;

/** Streams of one symbol, with their messages: shapes and lengths are the venue's. */
enum FeedKind
{
    /** Best bid and ask. */
    QUOTE("bookTicker", "{\"u\":##########,\"s\":\"BTCUSDT\",\"b\":\"61837.63000000\",\"B\":\"3.!!!!!!!!\"," +
        "\"a\":\"61837.64000000\",\"A\":\"1.54698000\"}"),
    /** A trade; its quantity tells its id too, since not every client's callback does. */
    TRADE("trade", "{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"BTCUSDT\",\"t\":##########,\"p\":\"61837.63000000\"," +
        "\"q\":\"0.!!!!!!!!\",\"T\":1723161255342,\"m\":true,\"M\":true}"),
    /** A change of sixteen levels, the median of a real hour. */
    DEPTH("depth", "{\"e\":\"depthUpdate\",\"E\":1723161255208,\"s\":\"BTCUSDT\",\"U\":##########,\"u\":$$$$$$$$$$," +
        "\"b\":[" + levels(6_183_763, -7) + "],\"a\":[" + levels(6_183_764, 9) + "]}");

    /** Ids start here, so that they keep their ten digits, and the last eight never are all zeros. */
    static final long FIRST_ID = 3_735_683_259L;
    /** The part of an id that the quantity tells. */
    static final long MODULUS = 100_000_000;

    private static final int ID_WIDTH = 10;
    private static final int QUANTITY_WIDTH = 8;
    private static final int LEVELS = 8;

    private final String stream;
    private final String text;
    private final Pattern pattern;

    FeedKind(final String stream, final String text)
    {
        this.stream = stream;
        this.text = text;
        pattern = Pattern.compile("btcusdt@" + stream + "[a-z0-9@]*");
    }

    /** What a subscription calls it, or null when it does not ask for it. */
    String nameIn(final String subscription)
    {
        final Matcher matcher = pattern.matcher(subscription);
        return matcher.find() ? matcher.group() : null;
    }

    /** A message that is filled again and again; wrapped for a combined stream. */
    AsciiSlots message(final String name, final boolean isWrapped)
    {
        return new AsciiSlots(isWrapped ? "{\"stream\":\"" + name + "\",\"data\":" + text + "}" : text);
    }

    /** Fills in an id wherever the message tells it. */
    void id(final AsciiSlots message, final int[] places, final long id)
    {
        message.number(places[0], ID_WIDTH, id);
        if (DEPTH == this)
        {
            message.number(places[1], ID_WIDTH, id);
        }
        else
        {
            message.number(places[1], QUANTITY_WIDTH, id % MODULUS);
        }
    }

    /** Where the id is to be filled in. */
    int[] places(final AsciiSlots message)
    {
        return new int[]{message.indexOf("#"), message.indexOf(DEPTH == this ? "$" : "!")};
    }

    @Override
    public String toString()
    {
        return stream;
    }

    private static String levels(final int fromCents, final int stepCents)
    {
        final StringBuilder levels = new StringBuilder();
        for (int i = 0; i < LEVELS; i++)
        {
            final int cents = fromCents + i * stepCents;
            levels.append(0 == i ? "" : ",").append("[\"").append(cents / 100).append('.')
                .append("%02d".formatted(cents % 100)).append("000000\",\"")
                .append(0 != i && 0 == i % 3 ? "0.00000000" : "1.54698000").append("\"]");
        }
        return levels.toString();
    }
}
