package org.lockstep.gateway.venue.binance.ws;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.InstrumentDirectory;

/** Messages in the venue's own form, shared by the tests of the streams. */
final class StreamFixtures
{
    static final String QUOTE = "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":50093239212,\"s\":\"BTCUSDT\"," +
        "\"b\":\"61837.63000000\",\"B\":\"3.78826000\",\"a\":\"61837.64000000\",\"A\":\"1.54698000\"}}";
    static final String TRADE = "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1723161255343," +
        "\"s\":\"BTCUSDT\",\"t\":3735683259,\"p\":\"61837.63000000\",\"q\":\"0.02000000\",\"T\":1723161255342," +
        "\"m\":true,\"M\":true}}";
    static final String DEPTH = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\"," +
        "\"E\":1723161255208,\"s\":\"BTCUSDT\",\"U\":50093239189,\"u\":50093239202,\"b\":[[\"61737.63000000\"," +
        "\"0.00000000\"],[\"61730.17000000\",\"0.50000000\"]],\"a\":[[\"61837.64000000\",\"1.54698000\"]]}}";
    static final String BAR = "{\"stream\":\"btcusdt@kline_1m\",\"data\":{\"e\":\"kline\",\"E\":1672515782136," +
        "\"s\":\"BTCUSDT\",\"k\":{\"t\":1672515780000,\"T\":1672515839999,\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":100," +
        "\"L\":200,\"o\":\"0.10\",\"c\":\"0.20\",\"h\":\"0.25\",\"l\":\"0.15\",\"v\":\"1000\",\"n\":100,\"x\":false," +
        "\"q\":\"1.0000\",\"V\":\"500\",\"Q\":\"0.500\",\"B\":\"123456\"}}}";
    static final String TICKER = "{\"stream\":\"btcusdt@ticker\",\"data\":{\"e\":\"24hrTicker\",\"E\":1672515782136," +
        "\"s\":\"BTCUSDT\",\"p\":\"0.0015\",\"P\":\"250.00\",\"w\":\"0.0018\",\"x\":\"0.0009\",\"c\":\"0.25\"," +
        "\"Q\":\"10\",\"b\":\"0.0024\",\"B\":\"10\",\"a\":\"0.0026\",\"A\":\"100\",\"o\":\"0.10\",\"h\":\"0.26\"," +
        "\"l\":\"0.09\",\"v\":\"10000\",\"q\":\"18.005\",\"O\":0,\"C\":86400000,\"F\":0,\"L\":18150,\"n\":18151}}";
    static final String ACK = "{\"result\":null,\"id\":1}";
    static final String ERROR =
        "{\"error\":{\"code\":2,\"msg\":\"Invalid request: unknown variant `X`, expected one of \"},\"id\":4}";

    private StreamFixtures()
    {
    }

    static Instrument instrument()
    {
        return new InstrumentDirectory().define(new InstrumentDescriptor(
            Venue.BINANCE, "BTCUSDT", "BTC", "USDT", new BigDecimal("0.01000000"), new BigDecimal("0.00001000"),
            new BigDecimal("0.00001"), new BigDecimal("9000"), new BigDecimal("5"), 5, InstrumentStatus.TRADING));
    }

    static UnsafeBuffer direct(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        buffer.putBytes(0, bytes);
        return buffer;
    }
}
