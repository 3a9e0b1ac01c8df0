package org.lockstep.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.binance.rest.ExchangeInfo;

class InstrumentDirectoryTest
{
    private final InstrumentDirectory directory = new InstrumentDirectory();

    @Test
    void shouldAllotDenseIdsAndKeepThem()
    {
        final Instrument first = directory.define(descriptor("AAA", "0.01", "0.1", "0"));
        final Instrument second = directory.define(descriptor("BBB", "1", "10", "0"));
        final Instrument again = directory.define(descriptor("AAA", "0.05", "0.1", "0"));

        assertEquals(0, first.id());
        assertEquals(1, second.id());
        assertEquals(0, again.id());
        assertEquals(5, again.tickSize());
        assertEquals(0, second.quantityScale());
        assertEquals(10, second.lotSize());
        assertSame(again, directory.byId(0));
        assertNull(directory.byId(2));
        assertEquals(2, directory.size());
    }

    @Test
    void shouldTakeTheQuantityDecimalsOfTheWireWhereTheyFit()
    {
        assertEquals(8, directory.define(descriptor("BTC", "0.01", "0.00001", "9000")).quantityScale());
        assertEquals(2, directory.define(descriptor("PEPE", "0.00000001", "1", "46116860414")).quantityScale());
        assertEquals(5, directory.define(descriptor("X", "0.01", "0.00001", "0")).quantityScale());
    }

    @Test
    void shouldRefuseStepsFinerThanTheJournalHolds()
    {
        directory.define(descriptor("AAA", "0.01", "0.1", "0"));

        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> directory.define(descriptor("AAA", "0.001", "0.1", "0")));

        assertTrue(ex.getMessage().contains("binance:AAA"), ex.getMessage());
        assertEquals(1, directory.byId(0).tickSize());
    }

    @Test
    void shouldRefuseToSeedWhatClashes()
    {
        final Instrument seeded = directory.define(descriptor("AAA", "0.01", "0.1", "0"));
        directory.seed(seeded);

        assertThrows(IllegalArgumentException.class, () -> directory.seed(new Instrument(
            0, Venue.BINANCE, "BBB", "B", "U", 2, 2, 1, 1, 0, 1, 0, InstrumentStatus.TRADING)));
        assertThrows(IllegalArgumentException.class, () -> directory.seed(new Instrument(
            5, Venue.BINANCE, "AAA", "A", "U", 2, 2, 1, 1, 0, 1, 0, InstrumentStatus.TRADING)));
    }

    @Test
    void shouldFindEverySymbolByItsBytes()
    {
        SymbolTable<Integer> table = new SymbolTable<>();
        for (int i = 0; i < 3000; i++)
        {
            table = table.with("SYM" + i + "USDT", i);
        }
        table = table.with("\u8fd9\u662f", -1).with("SYM7USDT", 7000);

        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        for (int i = 0; i < 3000; i++)
        {
            final int length = buffer.putStringWithoutLengthUtf8(3, "SYM" + i + "USDT");
            assertEquals(7 == i ? 7000 : i, table.get(buffer, 3, length));
        }
        final byte[] chinese = "\u8fd9\u662f".getBytes(StandardCharsets.UTF_8);
        buffer.putBytes(0, chinese);
        assertEquals(-1, table.get(buffer, 0, chinese.length));
        assertNull(table.get(buffer, 0, chinese.length - 1));
        assertNull(table.get(buffer, 0, 0));
        assertEquals(3001, table.size());
    }

    @Test
    void shouldSayWhereInstrumentMetadataIsWrong() throws Exception
    {
        final String good = "{\"symbols\":[{\"symbol\":\"AAA\",\"status\":\"BREAK\",\"baseAsset\":\"A\"," +
            "\"quoteAsset\":\"U\",\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.010\"}," +
            "{\"filterType\":\"LOT_SIZE\",\"stepSize\":\"0\"},{\"filterType\":\"MIN_NOTIONAL\"," +
            "\"minNotional\":\"10\"}]}]}";

        final InstrumentDescriptor descriptor = read(good);

        assertEquals(InstrumentStatus.HALTED, descriptor.status());
        assertEquals(new BigDecimal("0.00000001"), descriptor.lotSize());
        assertEquals(new BigDecimal("10"), descriptor.minNotional());
        refuses(good.replace("0.010", "abc"), "AAA: tickSize");
        refuses(good.replace("0.010", "-1"), "AAA: tickSize");
        refuses(good.replace("0.010", "1e999999"), "AAA: tickSize");
        refuses(good.replace("\"baseAsset\":\"A\",", ""), "baseAsset");
        refuses("{\"symbols\":{}}", "symbols");
    }

    private static void refuses(final String json, final String where)
    {
        final IllegalArgumentException ex = assertThrows(IllegalArgumentException.class, () -> read(json));
        assertTrue(ex.getMessage().contains(where), ex.getMessage());
    }

    private static InstrumentDescriptor read(final String json) throws Exception
    {
        return ExchangeInfo.read(new ObjectMapper().readTree(json)).get(0);
    }

    private static InstrumentDescriptor descriptor(
        final String symbol, final String tick, final String lot, final String maxQuantity)
    {
        return new InstrumentDescriptor(Venue.BINANCE, symbol, symbol, "USDT", new BigDecimal(tick),
            new BigDecimal(lot), BigDecimal.ZERO, new BigDecimal(maxQuantity), BigDecimal.ZERO, 8,
            InstrumentStatus.TRADING);
    }
}
