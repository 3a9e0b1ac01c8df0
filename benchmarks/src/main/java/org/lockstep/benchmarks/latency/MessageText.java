package org.lockstep.benchmarks.latency;

import java.nio.charset.StandardCharsets;

/** Market data as the gateway writes it, for those who only broadcast bytes. One thread. */
final class MessageText
{
    private final SentTimes sent;
    private final int symbols;
    private long offset = 1_000_000;

    MessageText(final int symbols, final SentTimes sent)
    {
        this.symbols = symbols;
        this.sent = sent;
    }

    byte[] next(final long timeNs)
    {
        offset++;
        sent.sent(offset, timeNs);
        return ("{\"type\":\"data\",\"channel\":\"market-data\",\"timestamp\":1700000000000,\"data\":{\"symbol\":\"S" +
            offset % symbols + "USDT\",\"venue\":\"binance\",\"bid\":\"6" + offset % 10_000 +
            ".01\",\"bidQuantity\":\"1.00000\",\"ask\":\"61234.02\",\"askQuantity\":\"2.00000\"," +
            "\"status\":\"trading\"," +
            "\"feed\":null,\"offset\":" + offset + ",\"ageMs\":12}}").getBytes(StandardCharsets.US_ASCII);
    }
}
