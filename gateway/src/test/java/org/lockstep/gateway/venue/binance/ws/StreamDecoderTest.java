package org.lockstep.gateway.venue.binance.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.SymbolTable;

class StreamDecoderTest
{
    private static final String QUOTE_EVENT = "quote 50093239212 6183763 378826 6183764 154698";
    private static final String TRADE_EVENT = "trade 3735683259 6183763 2000 true 1723161255342000000";
    private static final String DEPTH_EVENT = "depth 50093239189-50093239202 1723161255208000000 " +
        "bid 6173763 0 bid 6173017 50000 ask 6183764 154698";

    private final FeedCounters counters = new FeedCounters("test");
    private final Recorder events = new Recorder();
    private final StreamDecoder decoder = new StreamDecoder(events, counters);

    @BeforeEach
    void know()
    {
        decoder.symbols(new SymbolTable<InstrumentFeed>().with("BTCUSDT", new InstrumentFeed(
            StreamFixtures.instrument(),
            new MarketDataPublisher(new MemoryPublisher(true), counters, Venue.BINANCE),
            counters)));
    }

    @Test
    void shouldDecodeEveryKindWhenWrapped()
    {
        decode(StreamFixtures.QUOTE);
        decode(StreamFixtures.TRADE);
        decode(StreamFixtures.DEPTH);
        decode(StreamFixtures.BAR);
        decode(StreamFixtures.TICKER);

        assertEquals(List.of(
            QUOTE_EVENT,
            TRADE_EVENT,
            DEPTH_EVENT,
            "bar M1 false 1672515780000000000 10 25 15 20 100000000 100 1672515782136000000",
            "ticker 10 26 9 25 1000000000 1801 18151 1672515782136000000"), events.seen);
        assertEquals(5, counters.decoded());
        assertEquals(5, counters.received());
    }

    @Test
    void shouldDecodeTheSameWhenNotWrapped()
    {
        decode(payload(StreamFixtures.QUOTE));
        decode(payload(StreamFixtures.TRADE));
        decode(payload(StreamFixtures.DEPTH));

        assertEquals(List.of(QUOTE_EVENT, TRADE_EVENT, DEPTH_EVENT), events.seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"A\":\"1.54698\",\"a\":\"61837.64\",\"B\":\"3.78826\",\"b\":\"61837.63\",\"s\":\"BTCUSDT\"," +
            "\"u\":50093239212}",
        "{\"data\":{\"A\":\"1.54698\",\"a\":\"61837.64\",\"B\":\"3.78826\",\"b\":\"61837.63\",\"s\":\"BTCUSDT\"," +
            "\"u\":50093239212},\"stream\":\"x\"}",
        " {\t\"u\" : 50093239212 ,\r\n \"s\" : \"BTCUSDT\" , \"b\" : \"61837.63\" , \"B\":\"3.78826\"," +
            "\"a\":\"61837.64\" , \"A\":\"1.54698\" } ",
        "{\"u\":50093239212,\"zz\":{\"s\":\"ETHUSDT\",\"q\":[1,{\"b\":[]}]},\"s\":\"BTCUSDT\",\"y\":[[[]],{}],\"b\":" +
            "\"61837.63\",\"B\":\"3.78826\",\"new\":null,\"a\":\"61837.64\",\"A\":\"1.54698\",\"w\":-1.5e3}",
        "{\"u\":50093239212,\"note\":\"a \\\"quoted\\\" } ] \\\\\",\"s\":\"BTCUSDT\",\"b\":\"61837.63\"," +
            "\"B\":\"3.78826\",\"a\":\"61837.64\",\"A\":\"1.54698\"}",
        "{\"u\":50093239212,\"s\":\"BTCUSDT\",\"b\":61837.63,\"B\":3.78826,\"a\":6.183764e4," +
            "\"A\":\"1.546980000000000000\"}"
    })
    void shouldDecodeAQuoteWhateverItsForm(final String message)
    {
        decode(message);

        assertEquals(List.of(QUOTE_EVENT), events.seen);
    }

    @Test
    void shouldReadLevelsThatStandBeforeTheirSymbol()
    {
        decode("{\"a\":[[\"61837.64\",\"1.54698\",[]]],\"b\":[ [ \"61737.63\" , \"0\" ] , [\"61730.17\",\"0.5\"] ]," +
            "\"u\":50093239202,\"U\":50093239189,\"s\":\"BTCUSDT\",\"E\":1723161255208,\"e\":\"depthUpdate\"}");

        assertEquals(List.of(DEPTH_EVENT), events.seen);
    }

    @Test
    void shouldRoundAQuantityAndLeaveOutAPriceThatAreFinerThanTheSteps()
    {
        decode(StreamFixtures.DEPTH.replace("0.50000000", "0.50000500"));
        decode(StreamFixtures.DEPTH.replace("1.54698000", "0.00000001"));
        decode(StreamFixtures.DEPTH.replace("61730.17000000", "61730.17500000"));

        assertEquals(List.of(
            DEPTH_EVENT.replace("50000 ask", "50001 ask"),
            DEPTH_EVENT.replace("154698", "1"),
            DEPTH_EVENT.replace(" bid 6173017 50000", "")), events.seen);
        assertEquals(3, counters.inexactLevels());
    }

    @Test
    void shouldTellMicrosecondsFromMilliseconds()
    {
        decode(StreamFixtures.TRADE.replace("1723161255342", "1723161255342123"));

        assertEquals(List.of("trade 3735683259 6183763 2000 true 1723161255342123000"), events.seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"result\":null,\"id\":1}", "{\"id\":7,\"result\":[\"btcusdt@trade\"]}", "{\"result\":true,\"id\":null}",
        "{\"result\":null,\"id\":\"a-text\"}"
    })
    void shouldCountAcknowledgementsAsControl(final String message)
    {
        decode(message);

        assertEquals(1, counters.control());
        assertTrue(events.seen.get(0).startsWith("control "));
        assertTrue(events.seen.get(0).endsWith(" false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"code\":2,\"msg\":\"Invalid request\",\"id\":4}", "{\"error\":{\"code\":2,\"msg\":\"Invalid\"},\"id\":4}",
        "{\"id\":4,\"error\":{\"code\":4,\"msg\":\"Too many subscriptions\"}}"
    })
    void shouldSeeErrorsNestedAndFlat(final String message)
    {
        decode(message);

        assertEquals(List.of("control 4 true"), events.seen);
        assertEquals(1, counters.control());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"e\":\"serverShutdown\",\"E\":1770123456789}",
        "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1770123456789}}"
    })
    void shouldSeeAServerShutdown(final String message)
    {
        decode(message);

        assertEquals(List.of("shutdown"), events.seen);
        assertEquals(1, counters.control());
        assertEquals(0, counters.decoded());
    }

    @Test
    void shouldRejectWithAKindWhenAMessageIsBad()
    {
        reject(RejectKind.MALFORMED, "");
        reject(RejectKind.MALFORMED, "garbage");
        reject(RejectKind.MALFORMED, "[]");
        reject(RejectKind.MALFORMED, StreamFixtures.DEPTH.substring(0, 150));
        reject(RejectKind.MALFORMED, StreamFixtures.QUOTE + "}");
        reject(RejectKind.MALFORMED, StreamFixtures.QUOTE.replace("\"s\":", "\"s\""));
        reject(RejectKind.MALFORMED, "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}");
        reject(RejectKind.UNKNOWN_EVENT, "{}");
        reject(RejectKind.UNKNOWN_EVENT, StreamFixtures.TRADE.replace("\"trade\"", "\"aggTrade\""));
        reject(RejectKind.UNKNOWN_EVENT, StreamFixtures.BAR.replace("\"1m\"", "\"3m\""));
        reject(RejectKind.UNKNOWN_SYMBOL, StreamFixtures.QUOTE.replace("BTCUSDT", "ETHUSDT"));
        reject(RejectKind.UNKNOWN_SYMBOL, StreamFixtures.QUOTE.replace("BTCUSDT", "BTCUSD\\u0054"));
        reject(RejectKind.MISSING_FIELD, StreamFixtures.TRADE.replace("\"m\":true,", ""));
        reject(RejectKind.MISSING_FIELD, StreamFixtures.DEPTH.replace("\"a\":", "\"aa\":"));
        reject(RejectKind.MISSING_FIELD, StreamFixtures.BAR.replace("\"k\":", "\"kk\":"));
        reject(RejectKind.BAD_FIELD, StreamFixtures.TRADE.replace("3735683259", "-1"));
        reject(RejectKind.BAD_FIELD, StreamFixtures.TRADE.replace("\"m\":true", "\"m\":1"));
        reject(RejectKind.BAD_FIELD, StreamFixtures.DEPTH.replace("\"U\":50093239189", "\"U\":60093239189"));
        reject(RejectKind.BAD_TIME, StreamFixtures.TRADE.replace("1723161255342", "999999999999999999"));
        reject(RejectKind.DOES_NOT_FIT, StreamFixtures.QUOTE.replace("61837.63000000", "61837.63100000"));
        reject(RejectKind.DOES_NOT_FIT, StreamFixtures.QUOTE.replace("61837.63000000", "-1"));
        reject(RejectKind.DOES_NOT_FIT, StreamFixtures.QUOTE.replace("61837.63000000", "92233720368547758.08"));
        reject(RejectKind.DOES_NOT_FIT, StreamFixtures.DEPTH.replace("61730.17000000", "NaN"));
        reject(RejectKind.DOES_NOT_FIT, StreamFixtures.TRADE.replace("0.02000000", "0.00000000"));

        assertEquals(List.of(), events.seen);
        decode(StreamFixtures.QUOTE);
        assertEquals(List.of(QUOTE_EVENT), events.seen);
    }

    @Test
    void shouldRejectAMessageWithTooManyLevelsAndGoOn()
    {
        final StringBuilder levels = new StringBuilder("[\"1.00\",\"1\"]");
        for (int i = 0; i < LevelBuffer.MAX_LEVELS; i++)
        {
            levels.append(",[\"1.00\",\"1\"]");
        }

        reject(RejectKind.TOO_MANY_LEVELS, StreamFixtures.DEPTH.replace("\"b\":[", "\"b\":[" + levels + ","));
        decode(StreamFixtures.DEPTH);

        assertEquals(List.of(DEPTH_EVENT), events.seen);
    }

    private void reject(final RejectKind kind, final String message)
    {
        final long before = counters.rejected(kind);

        decode(message);

        assertEquals(before + 1, counters.rejected(kind), kind + ": " + message);
        assertEquals(counters.received(), counters.decoded() + counters.control() + counters.rejected());
    }

    private void decode(final String message)
    {
        final UnsafeBuffer buffer = StreamFixtures.direct("##" + message + "##");
        decoder.onMessage(buffer, 2, buffer.capacity() - 4);
    }

    private static String payload(final String wrapped)
    {
        return wrapped.substring(wrapped.indexOf("\"data\":") + 7, wrapped.length() - 1);
    }

    /** Writes down what the decoder finds. */
    private static final class Recorder implements StreamEvents
    {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void onQuote(
            final InstrumentFeed feed, final long updateId, final long bidPrice, final long bidQuantity,
            final long askPrice, final long askQuantity)
        {
            seen.add("quote " + updateId + " " + bidPrice + " " + bidQuantity + " " + askPrice + " " + askQuantity);
        }

        @Override
        public void onTrade(
            final InstrumentFeed feed, final long tradeId, final long price, final long quantity,
            final boolean isSellAggressor, final long venueTimeNs)
        {
            seen.add("trade " + tradeId + " " + price + " " + quantity + " " + isSellAggressor + " " + venueTimeNs);
        }

        @Override
        public void onDepth(
            final InstrumentFeed feed, final long firstUpdateId, final long lastUpdateId, final long venueTimeNs,
            final LevelBuffer levels)
        {
            final StringBuilder text = new StringBuilder();
            for (final boolean isBid : new boolean[]{true, false})
            {
                for (int i = 0; i < levels.size(); i++)
                {
                    if (isBid == levels.isBid(i))
                    {
                        text.append(isBid ? " bid " : " ask ").append(levels.price(i)).append(' ')
                            .append(levels.quantity(i));
                    }
                }
            }
            seen.add("depth " + firstUpdateId + "-" + lastUpdateId + " " + venueTimeNs + text);
        }

        @Override
        public void onBar(
            final InstrumentFeed feed, final BarInterval interval, final boolean isClosed, final long openTimeNs,
            final BarValues values, final long venueTimeNs)
        {
            seen.add("bar " + interval + " " + isClosed + " " + openTimeNs + " " + values.openPrice + " " +
                values.highPrice + " " + values.lowPrice + " " + values.closePrice + " " + values.volume + " " +
                values.tradeCount + " " + venueTimeNs);
        }

        @Override
        public void onTicker(
            final InstrumentFeed feed, final BarValues values, final long quoteVolume, final long venueTimeNs)
        {
            seen.add("ticker " + values.openPrice + " " + values.highPrice + " " + values.lowPrice + " " +
                values.closePrice + " " + values.volume + " " + quoteVolume + " " + values.tradeCount + " " +
                venueTimeNs);
        }

        @Override
        public void onControl(
            final long id, final boolean isError, final DirectBuffer buffer, final int offset, final int length)
        {
            seen.add("control " + id + " " + isError);
        }

        @Override
        public void onServerShutdown()
        {
            seen.add("shutdown");
        }
    }
}
