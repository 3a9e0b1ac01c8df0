package org.lockstep.gateway.venue.binance.ws;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.SymbolTable;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Decodes the messages of the market streams: scans one, then has it taken apart by what it is about. A message is
 * checked completely before any of it is handed on; a bad one is counted and logged and changes nothing.
 * <p>
 * Threading: the feed's loop. Allocation: none.
 */
final class StreamDecoder
{
    private static final byte[] TRADE = ascii("trade");
    private static final byte[] DEPTH_UPDATE = ascii("depthUpdate");
    private static final byte[] KLINE = ascii("kline");
    private static final byte[] TICKER = ascii("24hrTicker");
    private static final byte[] SERVER_SHUTDOWN = ascii("serverShutdown");

    private final StreamEvents events;
    private final FeedCounters counters;
    private final JsonCursor cursor = new JsonCursor();
    private final StreamMessage message;
    private final StreamScanner scanner;
    private final PlainDecoder plain;
    private final TickDecoder ticks;
    private final DepthDecoder depths;
    private final BarDecoder bars;

    StreamDecoder(final StreamEvents events, final FeedCounters counters)
    {
        this.events = events;
        this.counters = counters;
        this.message = new StreamMessage(counters);
        this.scanner = new StreamScanner(message, cursor);
        this.plain = new PlainDecoder(message, events);
        this.ticks = new TickDecoder(message, events);
        this.depths = new DepthDecoder(message, cursor, events, counters);
        this.bars = new BarDecoder(message, events);
    }

    /** Sets which symbols are known; any thread. */
    void symbols(final SymbolTable<InstrumentFeed> newSymbols)
    {
        message.symbols(newSymbols);
    }

    SymbolTable<InstrumentFeed> symbols()
    {
        return message.symbols();
    }

    /** Takes one message; counts it as exactly one of decoded, control and rejected. */
    void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        counters.onReceived(length);
        if (plain.decode(buffer, offset, length))
        {
            counters.onDecoded();
            return;
        }
        message.reset(buffer);
        cursor.wrap(buffer, offset, length);
        if (scanner.scan())
        {
            dispatch(offset, length);
        }
        else
        {
            message.reject(RejectKind.MALFORMED);
        }

        if (!message.isGood())
        {
            counters.onRejected(message.problem, buffer, offset, length);
        }
        else if (message.isControl)
        {
            counters.onControl();
        }
        else
        {
            counters.onDecoded();
        }
        message.buffer = null;
        message.feed = null;
    }

    private void dispatch(final int offset, final int length)
    {
        if (message.isControl && !message.hasData && !message.fields.has('e'))
        {
            events.onControl(message.controlId, message.isError, message.buffer, offset, length);
            return;
        }
        message.isControl = false;
        if (message.fields.has('e'))
        {
            final int typeOffset = message.fields.offset('e');
            final int typeLength = message.fields.length('e');
            if (StreamFields.isText(message.buffer, typeOffset, typeLength, TRADE))
            {
                ticks.onTrade();
            }
            else if (StreamFields.isText(message.buffer, typeOffset, typeLength, DEPTH_UPDATE))
            {
                depths.onDepth();
            }
            else if (StreamFields.isText(message.buffer, typeOffset, typeLength, KLINE))
            {
                bars.onBar();
            }
            else if (StreamFields.isText(message.buffer, typeOffset, typeLength, TICKER))
            {
                bars.onTicker();
            }
            else if (StreamFields.isText(message.buffer, typeOffset, typeLength, SERVER_SHUTDOWN))
            {
                message.isControl = true;
                events.onServerShutdown();
            }
            else
            {
                message.reject(RejectKind.UNKNOWN_EVENT);
            }
        }
        else if (message.fields.has('u') && message.fields.has('B') && message.fields.has('A'))
        {
            ticks.onQuote();
        }
        else
        {
            message.reject(RejectKind.UNKNOWN_EVENT);
        }
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
