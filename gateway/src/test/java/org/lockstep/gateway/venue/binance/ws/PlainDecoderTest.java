package org.lockstep.gateway.venue.binance.ws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.SymbolTable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A blank before a message makes the plain decoder leave it, so that the scanner tells what it has to be. */
class PlainDecoderTest
{
    private static final int MESSAGES = 60_000;

    /** Names that begin alike, and some of every length that is remembered or is not. */
    private static final String[] NAMES = {"btcusdt@bookTicker", "btcusdt@bookTicket", "btcusdt@trade", "btcusdt@depth",
        "btcusdt@depth@100ms", "btcusdt@depth@200ms", "", "b", "b@bookTic", "b@bookTick", "1000satsusdt@bookTicker",
        "1000satsusdt@bookTickerAndMore", "1000satsusdt@bookTickerAndMore12", "1000satsusdt@bookTickerAndMore123",
        "a@trade\\u0041nd", "a@trade,\\\"s\\\":\\\"ETHUSDT\\\""};
    private static final String[] SYMBOLS = {"BTCUSDT", "1000CHEEMSUSDT", "SIXTEENLETTERSOK", "SEVENTEENLETTERSX", "B",
        "BTCUSDTX", "UNKNOWN", ""};

    private final FeedCounters counters = new FeedCounters("plain");
    private final MarketDataPublisher publisher =
        new MarketDataPublisher(new MemoryPublisher(false), counters, Venue.BINANCE);
    private final Recorder recorder = new Recorder();
    private final StreamMessage message = new StreamMessage(counters);
    private final PlainDecoder plain = new PlainDecoder(message, recorder);
    private final StreamDecoder decoder = new StreamDecoder(recorder, counters);
    private final UnsafeBuffer mutated = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
    private final UnsafeBuffer spaced = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));

    @ParameterizedTest
    @ValueSource(strings = {StreamFixtures.QUOTE, StreamFixtures.TRADE, StreamFixtures.DEPTH})
    void shouldTakeWhatTheVenueSends(final String text)
    {
        know(2, 5);

        assertTrue(takes(text), text);
        assertFalse(takes(" " + text), "with a blank before it");
        assertFalse(takes(text.replace("BTCUSDT", "BTCUSDC")), "an unknown symbol");
        assertFalse(takes(text.replace("61837.64", "61837.645").replace("0.020", "-0.02")), "too precise, negative");
        for (int length = 0; length < text.length(); length++)
        {
            assertFalse(takes(text.substring(0, length)), "cut to " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamFixtures.QUOTE, StreamFixtures.TRADE, StreamFixtures.DEPTH})
    void shouldSayWhatTheScannerSaysWhenMessagesAreDamaged(final String text)
    {
        know(2, 5);
        final FrameMutator mutator = new FrameMutator(text.length());
        final UnsafeBuffer good = StreamFixtures.direct(text);
        for (int i = 0; i < MESSAGES; i++)
        {
            check(mutator.mutate(good, good.capacity(), mutated));
        }
    }

    @Test
    void shouldSayWhatTheScannerSaysWhateverNumbersLookLike()
    {
        final SplittableRandom random = new SplittableRandom(7);
        int taken = 0;
        int priceScale = 0;
        int quantityScale = 0;
        for (int i = 0; i < MESSAGES; i++)
        {
            if (0 == i % 100)
            {
                priceScale = random.nextInt(10);
                quantityScale = random.nextInt(10);
                know(priceScale, quantityScale);
            }
            final String text = "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":" + digits(random, 20) +
                ",\"s\":\"BTCUSDT\",\"b\":\"" + decimal(random, priceScale) + "\",\"B\":\"" +
                decimal(random, quantityScale) + "\",\"a\":\"" + decimal(random, priceScale) + "\",\"A\":\"" +
                decimal(random, quantityScale) + "\"}}";
            taken += takes(text) ? 1 : 0;
            check(text.length());
        }
        assertTrue(taken > MESSAGES / 20 && taken < MESSAGES, "taken " + taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamFixtures.QUOTE, StreamFixtures.TRADE, StreamFixtures.DEPTH})
    void shouldSayWhatTheScannerSaysWhicheverByteIsAnother(final String text)
    {
        know(2, 5);
        final byte[] good = text.getBytes(StandardCharsets.US_ASCII);
        for (int index = 0; index < good.length; index++)
        {
            for (int value = 0; value < 256; value++)
            {
                if (0 == value % 64)
                {
                    put(text);
                    check(good.length);
                }
                final byte[] bytes = good.clone();
                bytes[index] = (byte)value;
                mutated.putBytes(0, bytes);
                check(bytes.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamFixtures.QUOTE, StreamFixtures.TRADE, StreamFixtures.DEPTH})
    void shouldSayWhatTheScannerSaysWhereverTheMessageEnds(final String text)
    {
        know(2, 5);
        for (int length = 0; length <= text.length(); length++)
        {
            put(text);
            check(text.length());
            // What lies behind the end is the rest of the message.
            check(length);
            for (int left = length; left < text.length(); left++)
            {
                put(text.substring(0, length) + text.substring(left));
                check(length + text.length() - left);
            }
        }
    }

    @Test
    void shouldSayWhatTheScannerSaysWhenWidthsChange()
    {
        final SplittableRandom random = new SplittableRandom(11);
        final int[] widths = {5, 1, 5, 1, 11, 11, 13, 13};
        int taken = 0;
        know(2, 5);
        for (int i = 0; i < MESSAGES; i++)
        {
            if (0 == i % 1000)
            {
                know(random.nextInt(9), random.nextInt(9));
            }
            // Mostly as the last one, so that what is expected is often right, and often only at first.
            final int field = random.nextInt(widths.length);
            if (0 == random.nextInt(3))
            {
                widths[field] = 1 + random.nextInt(field < 4 ? 9 : 19);
            }
            final String name = NAMES[random.nextInt(NAMES.length)];
            final String symbol = SYMBOLS[0 == random.nextInt(10) ? random.nextInt(SYMBOLS.length) : name.length() % 2];
            final String text = switch (random.nextInt(3))
            {
                case 0 -> quote(random, name, symbol, widths);
                case 1 -> trade(random, name, symbol, widths);
                default -> depth(random, name, symbol, widths);
            };
            taken += takes(text) ? 1 : 0;
            check(text.length());
        }
        assertTrue(taken > MESSAGES / 3 && taken < MESSAGES, "taken " + taken);
    }

    private static String quote(
        final SplittableRandom random, final String name, final String symbol, final int[] widths)
    {
        return "{\"stream\":\"" + name + "\",\"data\":{\"u\":" + whole(random, widths[4]) + ",\"s\":\"" + symbol +
            "\",\"b\":\"" + plain(random, widths[0]) + "\",\"B\":\"" + plain(random, widths[1]) + "\",\"a\":\"" +
            plain(random, widths[2]) + "\",\"A\":\"" + plain(random, widths[3]) + "\"}}";
    }

    private static String trade(
        final SplittableRandom random, final String name, final String symbol, final int[] widths)
    {
        return "{\"stream\":\"" + name + "\",\"data\":{\"e\":\"trade\",\"E\":" + whole(random, widths[6]) +
            ",\"s\":\"" + symbol + "\",\"t\":" + whole(random, widths[4]) + ",\"p\":\"" + plain(random, widths[0]) +
            "\",\"q\":\"" + plain(random, widths[1]) + "\",\"T\":" + whole(random, widths[7]) + ",\"m\":" +
            random.nextBoolean() + ",\"M\":" + random.nextBoolean() + "}}";
    }

    private static String depth(
        final SplittableRandom random, final String name, final String symbol, final int[] widths)
    {
        final String first = whole(random, widths[4]);
        return "{\"stream\":\"" + name + "\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + whole(random, widths[6]) +
            ",\"s\":\"" + symbol + "\",\"U\":" + first + ",\"u\":" +
            (random.nextBoolean() ? first : whole(random, widths[5])) + ",\"b\":[" + levels(random, widths) +
            "],\"a\":[" + levels(random, widths) + "]}}";
    }

    private static String levels(final SplittableRandom random, final int[] widths)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--)
        {
            text.append(text.isEmpty() ? "" : ",").append("[\"").append(plain(random, width(random, widths[0])))
                .append("\",\"").append(plain(random, width(random, widths[1]))).append("\"]");
        }
        return text.toString();
    }

    private static int width(final SplittableRandom random, final int usual)
    {
        return 0 == random.nextInt(8) ? 1 + random.nextInt(9) : usual;
    }

    private static String plain(final SplittableRandom random, final int width)
    {
        final String decimals = 0 == random.nextInt(30) ? whole(random, 8) : "00000000";
        return whole(random, width) + "." + decimals;
    }

    private static String whole(final SplittableRandom random, final int width)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < width; i++)
        {
            text.append((char)('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    private void put(final String text)
    {
        mutated.putBytes(0, text.getBytes(StandardCharsets.US_ASCII));
    }

    private void check(final int length)
    {
        spaced.putByte(0, (byte)' ');
        spaced.putBytes(1, mutated, 0, length);
        final String expected = recorded(spaced, length + 1);

        assertEquals(expected, recorded(mutated, length), () -> mutated.getStringWithoutLengthAscii(0, length));
    }

    private String recorded(final DirectBuffer buffer, final int length)
    {
        recorder.text.setLength(0);
        final long decoded = counters.decoded();
        final long rejected = counters.rejected();
        final long inexact = counters.inexactLevels();
        decoder.onMessage(buffer, 0, length);
        return recorder.text + " decoded " + (counters.decoded() - decoded) + " rejected " +
            (counters.rejected() - rejected) + " inexact " + (counters.inexactLevels() - inexact);
    }

    private boolean takes(final String text)
    {
        put(text);
        final UnsafeBuffer buffer = new UnsafeBuffer(mutated, 0, text.length());
        recorder.text.setLength(0);
        final boolean isTaken = plain.decode(buffer, 0, buffer.capacity());
        assertEquals(isTaken, recorder.text.length() > 0, text);
        return isTaken;
    }

    private void know(final int priceScale, final int quantityScale)
    {
        SymbolTable<InstrumentFeed> symbols = new SymbolTable<>();
        for (int i = 0; i < 6; i++)
        {
            final Instrument instrument = new Instrument(i, Venue.BINANCE, SYMBOLS[i], "BTC", "USDT", priceScale,
                quantityScale, 1, 1, 1, 900_000_000L, 0, InstrumentStatus.TRADING);
            symbols = symbols.with(SYMBOLS[i], new InstrumentFeed(instrument, publisher, counters));
        }
        message.symbols(symbols);
        decoder.symbols(symbols);
    }

    /** Mostly eight decimals of which no more than the scale are not zero; sometimes anything. */
    private static String decimal(final SplittableRandom random, final int scale)
    {
        final int kept = 0 == random.nextInt(20) ? random.nextInt(12) : random.nextInt(Math.min(scale, 8) + 1);
        final String decimals = digits(random, 12).concat("00000000").substring(0, 8);
        final String padded = decimals.substring(0, Math.min(8, kept)) + "00000000".substring(Math.min(8, kept));
        return switch (random.nextInt(40))
        {
            case 0 -> digits(random, 20);
            case 1 -> digits(random, 10) + "." + digits(random, 12);
            case 2 -> digits(random, 12) + "." + padded;
            default -> digits(random, 8) + "." + padded;
        };
    }

    private static String digits(final SplittableRandom random, final int most)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--)
        {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }

    /** What was handed on, in words. */
    private static final class Recorder implements StreamEvents
    {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onQuote(
            final InstrumentFeed feed, final long updateId, final long bidPrice, final long bidQuantity,
            final long askPrice, final long askQuantity)
        {
            text.append("quote ").append(feed.instrument().symbol()).append(' ').append(updateId).append(' ')
                .append(bidPrice).append(' ').append(bidQuantity).append(' ').append(askPrice).append(' ')
                .append(askQuantity);
        }

        @Override
        public void onTrade(
            final InstrumentFeed feed, final long tradeId, final long price, final long quantity,
            final boolean isSellAggressor, final long venueTimeNs)
        {
            text.append("trade ").append(feed.instrument().symbol()).append(' ').append(tradeId).append(' ')
                .append(price).append(' ').append(quantity).append(' ').append(isSellAggressor).append(' ')
                .append(venueTimeNs);
        }

        @Override
        public void onDepth(
            final InstrumentFeed feed, final long firstUpdateId, final long lastUpdateId, final long venueTimeNs,
            final LevelBuffer levels)
        {
            text.append("depth ").append(feed.instrument().symbol()).append(' ').append(firstUpdateId).append(' ')
                .append(lastUpdateId).append(' ').append(venueTimeNs);
            for (int i = 0; i < levels.size(); i++)
            {
                text.append(' ').append(levels.isBid(i)).append(levels.price(i)).append(':').append(levels.quantity(i));
            }
        }

        @Override
        public void onBar(
            final InstrumentFeed feed, final BarInterval interval, final boolean isClosed, final long openTimeNs,
            final BarValues values, final long venueTimeNs)
        {
            text.append("bar");
        }

        @Override
        public void onTicker(
            final InstrumentFeed feed, final BarValues values, final long quoteVolume, final long venueTimeNs)
        {
            text.append("ticker");
        }

        @Override
        public void onControl(
            final long id, final boolean isError, final DirectBuffer buffer, final int offset, final int length)
        {
            text.append("control ").append(id).append(isError);
        }

        @Override
        public void onServerShutdown()
        {
            text.append("shutdown");
        }
    }
}
