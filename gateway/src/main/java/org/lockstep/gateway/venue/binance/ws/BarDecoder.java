package org.lockstep.gateway.venue.binance.ws;

import java.nio.charset.StandardCharsets;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.RejectKind;

/** Takes bars and rolling statistics out of the message in hand. Threading: the feed's loop. Allocation: none. */
final class BarDecoder
{
    private static final byte[][] INTERVAL_TEXTS = {ascii("1m"), ascii("5m"), ascii("15m"), ascii("1h"), ascii("1d")};
    private static final BarInterval[] INTERVALS =
        {BarInterval.M1, BarInterval.M5, BarInterval.M15, BarInterval.H1, BarInterval.D1};
    private static final int QUOTE_VOLUME_SCALE = 2;

    private final StreamMessage message;
    private final StreamEvents events;
    private final BarValues values = new BarValues();

    BarDecoder(final StreamMessage message, final StreamEvents events)
    {
        this.message = message;
        this.events = events;
    }

    /** A bar. */
    void onBar()
    {
        if (!message.hasBar)
        {
            message.reject(RejectKind.MISSING_FIELD);
            return;
        }
        if (!message.resolve())
        {
            return;
        }
        final Instrument instrument = message.feed.instrument();
        final long venueTimeNs = message.time(message.fields, 'E');
        final long openTimeNs = message.time(message.barFields, 't');
        readValues(message.barFields, instrument, 'c');
        values.volume = message.quantity(message.barFields, 'v', instrument.quantityScale());
        final int isClosed = message.flag(message.barFields, 'x');
        final BarInterval interval = interval();
        if (message.isGood())
        {
            events.onBar(message.feed, interval, 1 == isClosed, openTimeNs, values, venueTimeNs);
        }
    }

    /** Rolling statistics. */
    void onTicker()
    {
        if (!message.resolve())
        {
            return;
        }
        final Instrument instrument = message.feed.instrument();
        final long venueTimeNs = message.time(message.fields, 'E');
        readValues(message.fields, instrument, 'c');
        values.volume = message.quantity(message.fields, 'v', instrument.quantityScale());
        long quoteVolume = 0;
        if (message.fields.has('q'))
        {
            quoteVolume = Decimals.parseRounded(
                message.buffer, message.fields.offset('q'), message.fields.length('q'), QUOTE_VOLUME_SCALE, true);
            if (quoteVolume < 0)
            {
                message.reject(RejectKind.DOES_NOT_FIT);
            }
        }
        else
        {
            message.reject(RejectKind.MISSING_FIELD);
        }
        if (message.isGood())
        {
            events.onTicker(message.feed, values, quoteVolume, venueTimeNs);
        }
    }

    private void readValues(final StreamFields source, final Instrument instrument, final int closeKey)
    {
        values.openPrice = message.decimal(source, 'o', instrument.priceScale());
        values.highPrice = message.decimal(source, 'h', instrument.priceScale());
        values.lowPrice = message.decimal(source, 'l', instrument.priceScale());
        values.closePrice = message.decimal(source, closeKey, instrument.priceScale());
        if (source.has('n'))
        {
            values.tradeCount = source.id(message.buffer, 'n');
            if (values.tradeCount < 0)
            {
                message.reject(RejectKind.BAD_FIELD);
            }
        }
        else
        {
            message.reject(RejectKind.MISSING_FIELD);
        }
    }

    private BarInterval interval()
    {
        if (!message.barFields.has('i'))
        {
            message.reject(RejectKind.MISSING_FIELD);
            return null;
        }
        final int offset = message.barFields.offset('i');
        final int length = message.barFields.length('i');
        for (int i = 0; i < INTERVAL_TEXTS.length; i++)
        {
            if (StreamFields.isText(message.buffer, offset, length, INTERVAL_TEXTS[i]))
            {
                return INTERVALS[i];
            }
        }
        message.reject(RejectKind.UNKNOWN_EVENT);
        return null;
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
