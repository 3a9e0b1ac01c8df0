package org.lockstep.engine.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.state.StateHasher;
import org.lockstep.engine.state.StateYaml;

class InstrumentsTest
{
    private final Instruments instruments = new Instruments();

    @Test
    void shouldFindInstrumentByIdAndByName()
    {
        final Instrument btc = instrument(0, "BTCUSDT", 2);
        final Instrument eth = instrument(200, "ETHUSDT", 2);

        assertTrue(instruments.define(btc));
        assertTrue(instruments.define(eth));

        assertEquals(2, instruments.count());
        assertEquals(201, instruments.idLimit());
        assertSame(btc, instruments.get(0));
        assertSame(eth, instruments.get(200));
        assertSame(eth, instruments.byQualifiedSymbol("binance:ETHUSDT"));
        assertSame(eth, instruments.bySymbol(Venue.BINANCE, "ETHUSDT"));
        assertNull(instruments.get(Frame.NULL_INSTRUMENT_ID));
        assertNull(instruments.get(1));
        assertNull(instruments.get(100_000));
        assertNull(instruments.bySymbol(Venue.KRAKEN, "ETHUSDT"));
    }

    @Test
    void shouldReplaceInstrumentWhenItIsDefinedAgain()
    {
        instruments.define(instrument(0, "BTCUSDT", 2));
        final Instrument halted = new Instrument(0, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", 2, 5, 10, 1, 0,
            Long.MAX_VALUE, 0, InstrumentStatus.HALTED);

        assertTrue(instruments.define(halted));

        assertEquals(1, instruments.count());
        assertSame(halted, instruments.get(0));
        assertSame(halted, instruments.byQualifiedSymbol("binance:BTCUSDT"));
    }

    @Test
    void shouldRefuseWhatWouldChangeTheMeaningOfTheJournal()
    {
        final Instrument btc = instrument(0, "BTCUSDT", 2);
        instruments.define(btc);
        instruments.define(instrument(1, "ETHUSDT", 2));

        assertFalse(instruments.define(instrument(0, "BTCUSDT", 3)));
        assertFalse(instruments.define(instrument(0, "XRPUSDT", 2)));
        assertFalse(instruments.define(instrument(2, "BTCUSDT", 2)));
        assertFalse(instruments.define(instrument(1, "BTCUSDT", 2)));
        assertFalse(instruments.define(instrument(Instruments.MAX_COUNT, "XRPUSDT", 2)));

        assertSame(btc, instruments.get(0));
        assertEquals(2, instruments.count());
    }

    @Test
    void shouldDescribeEveryInstrument()
    {
        final StateHasher before = new StateHasher();
        instruments.describe(before);
        instruments.define(instrument(0, "BTCUSDT", 2));
        final StateHasher after = new StateHasher();
        final StateYaml yaml = new StateYaml();

        instruments.describe(after);
        instruments.describe(yaml);

        assertNotEquals(before.value(), after.value());
        assertTrue(yaml.toString().contains("instrument 0:\n  venue: \"binance\"\n  symbol: \"BTCUSDT\""),
            yaml.toString());
    }

    @Test
    void shouldReadBackTheFrameItWrote()
    {
        final Instrument instrument = new Instrument(17, Venue.BINANCE, "这是测试币456", "这是测试币", "456", 8, 12, 1, 1000,
            5, 9_000_000_000L, 500_000_000L, InstrumentStatus.CANCEL_ONLY);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH + 8]);

        final int length = InstrumentFrame.encode(instrument, buffer, 8, FrameSource.PROCESS, 111, 222);

        assertEquals(InstrumentFrame.encodedLength(instrument), length);
        assertEquals(length, Frame.length(buffer, 8));
        assertEquals(InstrumentDefinedEncoder.TEMPLATE_ID, Frame.templateId(buffer, 8));
        assertEquals(InstrumentDefinedDecoder.BLOCK_LENGTH, Frame.blockLength(buffer, 8));
        assertEquals(111, Frame.ingressTimeNs(buffer, 8));
        assertEquals(222, Frame.venueTimeNs(buffer, 8));
        assertEquals(FrameSource.PROCESS, Frame.sourceId(buffer, 8));
        assertEquals(instrument, InstrumentFrame.decode(buffer, 8));
    }

    @Test
    void shouldRefuseFramesThatMakeNoSense()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        InstrumentFrame.encode(instrument(0, "BTCUSDT", 2), buffer, 0, 0, 0, 0);
        final InstrumentDefinedEncoder encoder = new InstrumentDefinedEncoder().wrap(buffer, Frame.HEADER_LENGTH);

        encoder.venueId(999);
        assertThrows(IllegalArgumentException.class, () -> InstrumentFrame.decode(buffer, 0));
        encoder.venueId(1).status(InstrumentStatus.NULL_VAL);
        assertThrows(IllegalArgumentException.class, () -> InstrumentFrame.decode(buffer, 0));
        encoder.status(InstrumentStatus.TRADING).tickSize(0);
        assertThrows(IllegalArgumentException.class, () -> InstrumentFrame.decode(buffer, 0));
        assertThrows(IllegalArgumentException.class,
            () -> InstrumentFrame.encodedLength(instrument(0, "X".repeat(1000), 2)));
    }

    private static Instrument instrument(final int id, final String symbol, final int priceScale)
    {
        return new Instrument(id, Venue.BINANCE, symbol, "BTC", "USDT", priceScale, 5, 1, 1, 0,
            Long.MAX_VALUE, 0, InstrumentStatus.TRADING);
    }
}
