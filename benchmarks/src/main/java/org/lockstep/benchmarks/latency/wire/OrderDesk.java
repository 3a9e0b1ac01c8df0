package org.lockstep.benchmarks.latency.wire;

import java.nio.charset.StandardCharsets;
import org.lockstep.benchmarks.latency.socket.AsciiSlots;
import org.lockstep.benchmarks.latency.socket.ServerConnection;

/**
 * Takes orders as the venue does one that must not rest and finds nobody: accepted, then expired, two messages. No
 * allocation. One thread.
 */
final class OrderDesk
{
    private static final byte[] ID = ascii("\"id\":");
    private static final byte[] PRICE = ascii("\"price\":\"");
    private static final byte[] CLIENT_ID = ascii("\"newClientOrderId\":\"");
    private static final int ORDER_ID_WIDTH = 12;
    private static final long FIRST_ORDER_ID = 100_000_000_000L;
    private static final int CLIENT_ID_WIDTH = 36;
    private static final String TIME = "TTTTTTTTTTTTT";

    private final AsciiSlots accepted = new AsciiSlots(
        "{\"id\":##########,\"status\":200,\"result\":{\"symbol\":\"BTCUSDT\",\"orderId\":!!!!!!!!!!!!," +
        "\"orderListId\":-1,\"clientOrderId\":\"" + "$".repeat(CLIENT_ID_WIDTH) + "\",\"transactTime\":" + TIME +
        "},\"rateLimits\":[]}");
    private final AsciiSlots expired = new AsciiSlots(
        "{\"subscriptionId\":0,\"event\":{\"e\":\"executionReport\",\"E\":" + TIME + ",\"s\":\"BTCUSDT\",\"c\":\"" +
        "$".repeat(CLIENT_ID_WIDTH) + "\",\"S\":\"BUY\",\"o\":\"LIMIT\",\"f\":\"IOC\",\"q\":\"0.00100000\"," +
        "\"p\":\"60000.00000000\",\"P\":\"0.00000000\",\"F\":\"0.00000000\",\"g\":-1,\"C\":\"\",\"x\":\"EXPIRED\"," +
        "\"X\":\"EXPIRED\",\"r\":\"NONE\",\"i\":!!!!!!!!!!!!,\"l\":\"0.00000000\",\"z\":\"0.00000000\"," +
        "\"L\":\"0.00000000\",\"n\":\"0\",\"N\":null,\"T\":" + TIME + ",\"t\":-1,\"v\":3,\"I\":8641984,\"w\":false," +
        "\"m\":false,\"M\":false,\"O\":1700000000499,\"Z\":\"0.00000000\",\"Y\":\"0.00000000\"," +
        "\"Q\":\"0.00000000\",\"W\":1700000000499,\"V\":\"NONE\"}}");
    private final int acceptedId = accepted.indexOf("#");
    private final int acceptedOrderId = accepted.indexOf("!");
    private final int acceptedClientId = accepted.indexOf("$");
    private final int acceptedTime = accepted.indexOf("T".repeat(3));
    private final int expiredOrderId = expired.indexOf("!");
    private final int expiredClientId = expired.indexOf("$");
    private final int expiredEventTime = expired.indexOf(TIME);
    private final int expiredTime = expired.indexOf("\"T\":" + TIME) + 4;
    private long orderId = FIRST_ORDER_ID;

    /** Price of an order in cents, or -1. */
    static long priceCents(final byte[] text, final int length)
    {
        int at = AsciiSlots.indexAfter(text, length, PRICE);
        long cents = at < 0 ? -1 : 0;
        int decimals = -1;
        while (at >= 0 && at < length && '"' != text[at] && decimals < 2)
        {
            if ('.' == text[at])
            {
                decimals = 0;
            }
            else
            {
                cents = cents * 10 + text[at] - '0';
                decimals += decimals < 0 ? 0 : 1;
            }
            at++;
        }
        for (int i = Math.max(0, decimals); i < 2; i++)
        {
            cents *= 10;
        }
        return at < 0 ? -1 : cents;
    }

    /** Writes both answers to an order. */
    void answer(final ServerConnection connection, final byte[] text, final int length)
    {
        final long timeMs = System.currentTimeMillis();
        orderId++;
        copyPadded(text, length, ID, accepted.bytes(), acceptedId, 10);
        copyPadded(text, length, CLIENT_ID, accepted.bytes(), acceptedClientId, CLIENT_ID_WIDTH);
        System.arraycopy(
            accepted.bytes(), acceptedClientId, expired.bytes(), expiredClientId, CLIENT_ID_WIDTH + 1);
        accepted.number(acceptedOrderId, ORDER_ID_WIDTH, orderId);
        expired.number(expiredOrderId, ORDER_ID_WIDTH, orderId);
        accepted.number(acceptedTime, TIME.length(), timeMs);
        expired.number(expiredTime, TIME.length(), timeMs);
        expired.number(expiredEventTime, TIME.length(), timeMs);
        send(connection);
    }

    /** Writes the answers to the last order once more, for a client that does not read them. */
    void send(final ServerConnection connection)
    {
        connection.text(accepted.bytes(), 0, accepted.bytes().length);
        connection.text(expired.bytes(), 0, expired.bytes().length);
        connection.flush();
    }

    /** Copies a value up to its end; what is left of the place is closed, then filled with blanks behind it. */
    private static void copyPadded(
        final byte[] text, final int length, final byte[] key, final byte[] target, final int index, final int width)
    {
        final boolean isText = '"' == key[key.length - 1];
        int from = AsciiSlots.indexAfter(text, length, key);
        int to = index;
        while (from >= 0 && from < length && to < index + width &&
            '"' != text[from] && ',' != text[from] && '}' != text[from])
        {
            target[to++] = text[from++];
        }
        if (isText)
        {
            target[to++] = '"';
        }
        final int end = index + width + (isText ? 1 : 0);
        while (to < end)
        {
            target[to++] = ' ';
        }
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
